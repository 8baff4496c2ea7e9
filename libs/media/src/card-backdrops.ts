import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dimFilter } from './card-dim';
import { runFfmpeg } from './ffmpeg';
import type { FilmLook } from './film-look';

/** Blur of a card's backdrop, then of the frames in which it comes into focus, in px at 720p. */
const BLUR_STEPS = [20, 11, 5.5, 2.2] as const;

/**
 * For one picture: `dark` stands behind the card, `steps[0]` is the same before it is darkened, and the others follow one frame each while it
 * comes into focus.
 */
export interface Backdrop {
  dark: Buffer;
  steps: Buffer[];
}

/** Blurs the first picture of each clip, all in one short run of ffmpeg. Files are left in `folder`. */
export async function cardBackdrops(input: {
  pictures: Buffer[];
  look: FilmLook;
  folder: string;
  ffmpegPath: string;
  signal?: AbortSignal;
}): Promise<Backdrop[]> {
  const { pictures, look, folder, ffmpegPath, signal } = input;
  await Promise.all(pictures.map((jpeg, n) => writeFile(join(folder, `card-${n}.jpg`), jpeg)));
  const blurs = BLUR_STEPS.map((sigma) => `gblur=sigma=${(sigma * look.unit).toFixed(2)}:steps=2`);
  const filters = [...blurs, `${blurs[0] ?? ''},${dimFilter(look)}`];
  const graph = [
    `[0:v]split=${filters.length}${filters.map((_, n) => `[s${n}]`).join('')}`,
    ...filters.map((filter, n) => `[s${n}]${filter}[b${n}]`),
  ].join(';');
  const outputs = filters.flatMap((_, n) => [
    ...['-map', `[b${n}]`, '-q:v', '2', '-start_number', '0', `blur-${n}-%d.jpg`],
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
    pictures.map(async (_, picture) => {
      const made = (n: number): Promise<Buffer> => readFile(join(folder, `blur-${n}-${picture}.jpg`));
      return {
        dark: await made(BLUR_STEPS.length),
        steps: await Promise.all(BLUR_STEPS.map((__, n) => made(n))),
      };
    }),
  );
}
