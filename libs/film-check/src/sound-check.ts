import type { FilmCheck } from '@showrunner/contracts';
import { FILM_LUFS, loudnessOf, runFfmpeg } from '@showrunner/media';
import type { Span } from '@showrunner/timeline';
import type { CheckInput } from './check-film';
import { at, failed, passed, skipped } from './outcomes';
import type { FileFacts } from './probe-file';

/** From what is wanted; encoders change it by less. */
const TOLERANCE_LU = 1;
const HIGHEST_DBTP = -1;
const RATE = 8000;
/** Root mean square of what is heard, of 32768: -46 dBFS. Quiet speech has ten times as much. */
const HEARD = 164;

/** Whether a film that speaks is heard: at the loudness that is wanted, without clipping, and wherever something is said. */
export async function soundCheck(input: CheckInput, { streams }: FileFacts): Promise<FilmCheck> {
  const { spoken } = input.expected;
  const { videoPath, ffmpegPath: program, signal } = input;
  if (spoken === undefined || spoken.length === 0) return skipped('sound', 'Nothing is said in this film.');
  if (!streams.some(({ kind }) => kind === 'audio')) return failed('sound', 'The film has no sound.');
  const [{ lufs, truePeak }, samples] = await Promise.all([
    loudnessOf(['-i', videoPath], { program, signal }),
    decoded(input),
  ]);
  const silent = spoken.find((span) => levelIn(samples, span) < HEARD);
  if (silent !== undefined)
    return failed('sound', `Nothing is heard at ${at(silent.startMs)}, where something is said.`);
  const told = `${lufs.toFixed(1)} LUFS, true peak ${truePeak.toFixed(1)} dBTP`;
  if (Math.abs(lufs - FILM_LUFS) > TOLERANCE_LU)
    return failed('sound', `${FILM_LUFS} LUFS are wanted; the film has ${told}.`);
  return truePeak > HIGHEST_DBTP
    ? failed('sound', `At most ${HIGHEST_DBTP} dBTP are wanted; the film has ${told}.`)
    : passed('sound', `${told}; heard wherever something is said, ${spoken.length} times.`);
}

async function decoded({ videoPath, ffmpegPath, signal }: CheckInput): Promise<Int16Array> {
  const args = ['-v', 'error', '-nostdin', '-i', videoPath, '-map', '0:a:0', '-ac', '1', '-ar', String(RATE)];
  const raw = await runFfmpeg({ program: ffmpegPath, args: [...args, '-f', 's16le', 'pipe:1'], signal });
  // A buffer of Node.js may begin at an odd byte of its memory.
  return new Int16Array(Uint8Array.from(raw.subarray(0, raw.length & ~1)).buffer);
}

function levelIn(samples: Int16Array, { startMs, endMs }: Span): number {
  const part = samples.subarray(Math.round((startMs * RATE) / 1000), Math.round((endMs * RATE) / 1000));
  const energy = part.reduce((sum, sample) => sum + sample * sample, 0);
  return part.length === 0 ? 0 : Math.sqrt(energy / part.length);
}
