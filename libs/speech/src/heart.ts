import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError, type Speech, type SpokenAudio } from '@showrunner/contracts';
import program from './heart.py';
import { runEngine } from './run-engine';
import { speakable } from './speakable';
import { audioOf } from './wav';

const SAMPLE_RATE = 24_000;
const STARTING_MS = 60_000;
const LINE_MS = 10_000;

/**
 * Hibari's voice `heart`: American English, 45 times as fast as it is said on one core.
 * @param hibariPath the program that its package installs; the Python beside it runs it
 */
export function heartSpeech({ hibariPath, bwrapPath }: { hibariPath: string; bwrapPath: string }): Speech {
  return {
    name: 'hibari-0.2/heart',
    async speak(lines, signal) {
      const said = await runEngine({
        ...{ bwrapPath, signal, program: join(dirname(realpathSync(hibariPath)), 'python') },
        args: ['-I', '-c', program],
        input: JSON.stringify(lines.map(({ text }) => speakable(text))),
        deadlineMs: STARTING_MS + lines.length * LINE_MS,
      });
      return piecesOf(said, lines.length);
    },
  };
}

function piecesOf(said: Buffer, count: number): SpokenAudio[] {
  const pieces: SpokenAudio[] = [];
  let at = 0;
  while (pieces.length < count && at + 4 <= said.length) {
    const end = at + 4 + said.readUInt32LE(at) * 2;
    pieces.push(audioOf(SAMPLE_RATE, said.subarray(at + 4, end)));
    at = end;
  }
  if (pieces.length === count && at === said.length) return pieces;
  throw new AppError('speech_failed', 'The voice did not say every line.', {
    remedy: 'Run `npm run setup` to install the voice again, or export with the voice espeak.',
    retryable: true,
  });
}
