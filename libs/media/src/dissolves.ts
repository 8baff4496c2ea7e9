import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DISSOLVE_FRAMES } from '@showrunner/timeline';
import { runFfmpeg } from './ffmpeg';

/** Two still pictures that follow each other, JPEGs of one size. */
export interface Cut {
  from: Buffer;
  to: Buffer;
}

/**
 * For each cut the pictures that lead from one to the other, all made in one short run of ffmpeg. Both sides stand still, so that nothing
 * else has to be composed. Equal pictures need none. Files are left in `folder`.
 * @throws AppError `ffmpeg_failed`, `ffmpeg_missing`; the signal's reason
 */
export async function dissolves(input: {
  cuts: readonly Cut[];
  folder: string;
  ffmpegPath: string;
  signal?: AbortSignal;
}): Promise<Buffer[][]> {
  const { cuts, folder, ffmpegPath, signal } = input;
  const changing = cuts.filter(({ from, to }) => !from.equals(to));
  if (changing.length === 0) return cuts.map(() => []);
  await Promise.all(
    changing.flatMap(({ from, to }, n) => [
      writeFile(join(folder, `from-${n}.jpg`), from),
      writeFile(join(folder, `to-${n}.jpg`), to),
    ]),
  );
  const frames = Array.from({ length: DISSOLVE_FRAMES }, (_, n) => n);
  const named = (name: string): string => frames.map((n) => `[${name}${n}]`).join('');
  const graph = [
    `[0:v]split=${DISSOLVE_FRAMES}${named('a')}`,
    `[1:v]split=${DISSOLVE_FRAMES}${named('b')}`,
    ...frames.map((n) => `[b${n}][a${n}]blend=all_mode=normal:all_opacity=${eased(n).toFixed(4)}[o${n}]`),
  ].join(';');
  const images = (name: string): string[] => ['-start_number', '0', '-i', `${name}-%d.jpg`];
  const outputs = frames.flatMap((n) => [
    ...['-map', `[o${n}]`, '-q:v', '2', '-start_number', '0', `dissolve-${n}-%d.jpg`],
  ]);
  await runFfmpeg({
    program: ffmpegPath,
    args: [
      '-v',
      'error',
      '-nostdin',
      ...images('from'),
      ...images('to'),
      '-filter_complex',
      graph,
      ...outputs,
    ],
    cwd: folder,
    signal,
  });
  return Promise.all(
    cuts.map(async (cut) => {
      const at = changing.indexOf(cut);
      return at === -1
        ? []
        : Promise.all(frames.map((n) => readFile(join(folder, `dissolve-${n}-${at}.jpg`))));
    }),
  );
}

/** Share of the second picture, slow at both ends. */
function eased(frame: number): number {
  const t = (frame + 1) / (DISSOLVE_FRAMES + 1);
  return t * t * (3 - 2 * t);
}
