import { AppError, type SpokenAudio } from '@showrunner/contracts';

/**
 * Reads 16-bit PCM of one channel. A length that a program could not know when it began to write (a pipe) is taken to the end.
 * @see http://soundfile.sapp.org/doc/WaveFormat/
 * @throws AppError `speech_failed`
 */
export function readWav(file: Buffer): SpokenAudio {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') throw noWav();
  let format: { channels: number; sampleRate: number; bits: number } | null = null;
  for (let at = 12; at + 8 <= file.length;) {
    const name = file.toString('latin1', at, at + 4);
    const length = file.readUInt32LE(at + 4);
    const begin = at + 8;
    if (name === 'fmt ' && begin + 16 <= file.length)
      format = {
        channels: file.readUInt16LE(begin + 2),
        sampleRate: file.readUInt32LE(begin + 4),
        bits: file.readUInt16LE(begin + 14),
      };
    if (name === 'data') {
      if (format?.channels !== 1 || format.bits !== 16) throw noWav();
      const samples = file.subarray(begin, Math.min(file.length, begin + length));
      return audioOf(format.sampleRate, samples);
    }
    at = begin + length + (length % 2);
  }
  throw noWav();
}

const RATES = { min: 8000, max: 96_000 };

/** @throws AppError `speech_failed` when that is no sound */
export function audioOf(sampleRate: number, samples: Buffer): SpokenAudio {
  if (sampleRate < RATES.min || sampleRate > RATES.max || samples.length < 2) throw noWav();
  return { sampleRate, samples: samples.subarray(0, samples.length - (samples.length % 2)) };
}

/** As a file: 16-bit PCM of one channel. */
export function writeWav({ sampleRate, samples }: SpokenAudio): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

const noWav = (): AppError =>
  new AppError('speech_failed', 'What the voice said is no sound of one channel with 16 bits.', {
    remedy: 'Choose another voice, or export without one.',
    retryable: true,
  });
