import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { requireTool } from '@showrunner/config';
import { FILM_ASPECTS, FILM_THEMES, InvalidInputError } from '@showrunner/contracts';
import {
  filmSize,
  openFootage,
  renderFrame,
  runFfmpeg,
  takePictures,
  type TakeFootage,
} from '@showrunner/media';
import { indexTake } from '@showrunner/recorder';
import { autoEdit, durationOf, type Timeline } from '@showrunner/timeline';
import type { KeptDrive } from './export-drive';
import { main as drive } from './main';

/** Moments of a film on one sheet: so many, evenly apart. */
const MOMENTS = 8;
const COLUMNS = 4;
/** Shorter side of a picture, px. */
const SHORT_SIDE = 360;
const ASPECTS = FILM_ASPECTS.filter((aspect) => aspect !== 'source');

/**
 * `npm run reel -- <folder>... --out <folder> [--themes plain,midnight,aurora]`: films small apps of our own once, and shows what their films look like
 * in every format and in these themes: a sheet of moments each. A film that lies there already is not made again.
 * @throws InvalidInputError `invalid_input`
 */
export async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string' }, themes: { type: 'string', default: 'plain,midnight,aurora' } },
  });
  const out = resolve(values.out ?? 'out/reel');
  const themes = values.themes.split(',').map((name) => {
    const theme = FILM_THEMES.find((known) => known === name);
    if (theme !== undefined) return theme;
    throw new InvalidInputError('invalid_input', `There is no theme "${name}".`, {
      remedy: `Name some of ${FILM_THEMES.join(', ')}.`,
    });
  });
  for (const folder of positionals) {
    const filmed = join(out, basename(resolve(folder)));
    if (!existsSync(join(filmed, 'drive.json'))) await drive([folder, '--film', out]);
    if (existsSync(join(filmed, 'drive.json'))) await sheetsOf(filmed, themes);
    else console.log(`   ${folder}: nothing to make a reel of`);
  }
}

async function sheetsOf(filmed: string, themes: readonly Timeline['theme'][]): Promise<void> {
  const kept = JSON.parse(await readFile(join(filmed, 'drive.json'), 'utf8')) as KeptDrive;
  const takeId = kept.clips[0]?.takeId ?? '';
  const path = join(filmed, 'take.mkv');
  const edited = autoEdit({ ...kept, runId: 'reel', takes: [takePictures(takeId, await indexTake(path))] });
  const { footage, close } = await openFootage(takeId, path);
  try {
    for (const theme of themes)
      for (const aspect of ASPECTS) {
        const file = join(filmed, `${theme}-${aspect.replace(':', 'x')}.jpg`);
        await writeSheet({ ...edited, theme, aspect }, new Map([[takeId, footage]]), file);
        console.log(`   ${file}`);
      }
  } finally {
    await close();
  }
}

/** Moments of a film, from its first to its last, in rows. */
async function writeSheet(
  timeline: Timeline,
  footage: ReadonlyMap<string, TakeFootage>,
  file: string,
): Promise<void> {
  const ffmpegPath = requireTool('ffmpeg').path;
  const folder = await mkdtemp(join(tmpdir(), 'showrunner-reel-'));
  const { width, height } = filmSize(timeline);
  const scale = SHORT_SIDE / Math.min(width, height);
  const size = { width: 2 * Math.round((width * scale) / 2), height: 2 * Math.round((height * scale) / 2) };
  try {
    for (let n = 0; n < MOMENTS; n += 1) {
      const atMs = (durationOf(timeline) * (n + 0.5)) / MOMENTS;
      const picture = await renderFrame({ timeline, atMs, footage, size, ffmpegPath });
      await writeFile(join(folder, `${n}.jpg`), picture);
    }
    const tile = `tile=${COLUMNS}x${MOMENTS / COLUMNS}:padding=8:color=gray`;
    const args = ['-v', 'error', '-y', '-start_number', '0', '-i', '%d.jpg', '-vf', tile];
    await runFfmpeg({ program: ffmpegPath, args: [...args, '-frames:v', '1', file], cwd: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
