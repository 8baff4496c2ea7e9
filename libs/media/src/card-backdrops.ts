import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFfmpeg } from './ffmpeg';

/** Blur of a card's backdrop, then of the frames in which it comes into focus, in px at 720p. */
const BLUR_STEPS = [20, 11, 5.5, 2.2] as const;

/** For one picture: `steps[0]` stands behind the card, the others follow one frame each while it comes into focus. */
export interface Backdrop {
  steps: Buffer[];
}

/** Blurs the first picture of each clip, all in one short run of ffmpeg. Files are left in `folder`. */
export async function cardBackdrops(input: {
  pictures: Buffer[];
  height: number;
  folder: string;
  ffmpegPath: string;
  signal?: AbortSignal;
}): Promise<Backdrop[]> {
  const { pictures, height, folder, ffmpegPath, signal } = input;
  await Promise.all(pictures.map((jpeg, n) => writeFile(join(folder, `card-${n}.jpg`), jpeg)));
  const names = BLUR_STEPS.map((_, n) => `s${n}`);
  const graph = [
    `[0:v]split=${BLUR_STEPS.length}${names.map((name) => `[${name}]`).join('')}`,
    ...BLUR_STEPS.map(
      (sigma, n) => `[s${n}]gblur=sigma=${((sigma * height) / 720).toFixed(2)}:steps=2[b${n}]`,
    ),
  ].join(';');
  const outputs = BLUR_STEPS.flatMap((_, n) => [
    '-map',
    `[b${n}]`,
    '-q:v',
    '2',
    '-start_number',
    '0',
    `blur-${n}-%d.jpg`,
  ]);
  await runFfmpeg({
    program: ffmpegPath,
    args: [
      '-v',
      'error',
      '-nostdin',
      '-start_number',
      '0',
      '-i',
      'card-%d.jpg',
      '-filter_complex',
      graph,
      ...outputs,
    ],
    cwd: folder,
    signal,
  });
  return Promise.all(
    pictures.map(async (_, picture) => ({
      steps: await Promise.all(BLUR_STEPS.map((__, n) => readFile(join(folder, `blur-${n}-${picture}.jpg`)))),
    })),
  );
}
