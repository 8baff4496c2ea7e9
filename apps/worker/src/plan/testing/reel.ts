import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { requireTool } from '@showrunner/config';
import {
  FILM_ASPECTS,
  FILM_THEMES,
  InvalidInputError,
  VoiceNameSchema,
  type ExportOutput,
} from '@showrunner/contracts';
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
import { exportDrive, type KeptDrive } from './export-drive';
import { checksOfUntrue, toldChecks } from './filmed-drive';
import { main as drive } from './main';

/** Moments of a film on one sheet: so many, evenly apart. */
const MOMENTS = 8;
const COLUMNS = 4;
/** Shorter side of a picture, px. */
const SHORT_SIDE = 360;
const ASPECTS = FILM_ASPECTS.filter((aspect) => aspect !== 'source');

/**
 * `npm run reel -- <folder>... --out <folder> [--themes plain,midnight,aurora]`: films small apps of our own once, and shows what their films look like
 * in every format and in these themes: a sheet of moments each. A film that lies there already is not made again. `--films` makes each of them whole,
 * spoken with `--voice <name>`, and tells what of it is not as it should be.
 * @throws InvalidInputError `invalid_input`
 */
export async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      themes: { type: 'string', default: 'plain,midnight,aurora' },
      aspects: { type: 'string', default: ASPECTS.join(',') },
      films: { type: 'boolean', default: false },
      voice: { type: 'string' },
    },
  });
  const out = resolve(values.out ?? 'out/reel');
  const themes = values.themes.split(',').map((name) => oneOf('theme', FILM_THEMES, name));
  const aspects = values.aspects.split(',').map((name) => oneOf('aspect', FILM_ASPECTS, name));
  const looks = themes.flatMap((theme) => aspects.map((aspect): Look => ({ theme, aspect })));
  const voice = values.voice === undefined ? undefined : VoiceNameSchema.parse(values.voice);
  for (const folder of positionals) {
    const filmed = join(out, basename(resolve(folder)));
    if (!existsSync(join(filmed, 'drive.json'))) await drive([folder, '--film', out]);
    if (!existsSync(join(filmed, 'drive.json'))) console.log(`   ${folder}: nothing to make a reel of`);
    else if (values.films) await filmsOf(filmed, looks, voice);
    else await sheetsOf(filmed, looks);
  }
}

type Look = Pick<Timeline, 'theme' | 'aspect'>;

function oneOf<T extends string>(what: string, all: readonly T[], name: string): T {
  const found = all.find((known) => known === name);
  if (found !== undefined) return found;
  throw new InvalidInputError('invalid_input', `There is no ${what} "${name}".`, {
    remedy: `Name some of ${all.join(', ')}.`,
  });
}

const nameOf = ({ theme, aspect }: Look): string => `${theme}-${aspect.replace(':', 'x')}`;

const keptIn = async (filmed: string): Promise<KeptDrive> =>
  JSON.parse(await readFile(join(filmed, 'drive.json'), 'utf8')) as KeptDrive;

/** Each film whole, held against what happened as an export is. */
async function filmsOf(filmed: string, looks: readonly Look[], voice: ExportOutput['voice']): Promise<void> {
  const kept = await keptIn(filmed);
  for (const look of looks) {
    const into = join(filmed, 'films', `${nameOf(look)}${voice === undefined ? '' : `-${voice}`}`);
    const output = { format: 'mp4' as const, ...look, ...(voice && { voice }) };
    const checks = await exportDrive(filmed, kept, output, into).catch(checksOfUntrue);
    const wrong = checks.filter(({ result }) => result === 'failed');
    console.log(
      `   ${into}: ${checks.length - wrong.length} of ${checks.length} checks passed or had nothing to do`,
    );
    if (wrong.length > 0) console.log(toldChecks(wrong));
  }
}

async function sheetsOf(filmed: string, looks: readonly Look[]): Promise<void> {
  const kept = await keptIn(filmed);
  const takeId = kept.clips[0]?.takeId ?? '';
  const path = join(filmed, 'take.mkv');
  const edited = autoEdit({ ...kept, runId: 'reel', takes: [takePictures(takeId, await indexTake(path))] });
  const { footage, close } = await openFootage(takeId, path);
  try {
    for (const look of looks) {
      const file = join(filmed, `${nameOf(look)}.jpg`);
      await writeSheet({ ...edited, ...look }, new Map([[takeId, footage]]), file);
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
