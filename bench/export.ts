import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clipIdOf, takeIdOf } from '@showrunner/contracts';
import { requireTool } from '@showrunner/config';
import { renderFilm, takePictures } from '@showrunner/media';
import { filmBoard, SIZE } from '@showrunner/media/testing';
import { editTake } from '@showrunner/media/testing/edit-take';
import { writeMovingTake } from '@showrunner/media/testing/moving-take';
import { decodeTakeIndex, encodeTakeIndex, openTakeFile } from '@showrunner/recorder';
import { autoEdit, type Timeline } from '@showrunner/timeline';
import { durationOf, figure, quantile } from './measure/figures';
import { inScratch } from './measure/scratch';
import { strainOf } from './measure/strain';

const ROUNDS = 3;

/**
 * Seconds of rendering for a second of film at 1280x720: titles, pointer, captions and all. Baseline in the same run: ffmpeg's plain
 * transcode of the same take with the same encoder to a constant 30 frames a second, by the second of its own length.
 */
export const benchExport = async (): Promise<void> => {
  await inScratch(renderBoard);
  await inScratch(renderLongTake);
};

const LONG_SIZE = { width: 1920, height: 1080 };

/**
 * A take of a page that moves at every refresh, 1920x1080, as long as `EXPORT_BENCH_MINUTES` says (30 for the figures of bench/README.md: 5 GB of
 * scratch, and at least a quarter of an hour): memory, and for how long nothing else could run in the worker.
 */
async function renderLongTake(folder: string): Promise<void> {
  const minutes = Number(process.env['EXPORT_BENCH_MINUTES'] ?? 0.5);
  const path = join(folder, 'take.mkv');
  const ffmpegPath = requireTool('ffmpeg').path;
  const durationMs = minutes * 60_000;
  const takeId = takeIdOf('bench');
  const written = await writeMovingTake({ path, size: LONG_SIZE, durationMs, quality: 14, ffmpegPath });
  const file = await openTakeFile(path);
  const stored = await encodeTakeIndex(written, file);
  let wallMs = 0;
  let filmMs = 0;
  const strain = await strainOf(async () => {
    const index = await decodeTakeIndex(stored, file);
    if (index === null) throw new RangeError('the index of a take that was just written is valid');
    wallMs = await durationOf(async () => {
      const timeline = autoEdit({
        runId: 'bench',
        title: 'A page that moves',
        features: [{ id: 'moves', title: 'It moves', description: 'At every refresh.' }],
        size: LONG_SIZE,
        clips: [
          {
            clipId: clipIdOf('bench', 1),
            number: 1,
            feature: 'moves',
            takeId,
            startMs: 0,
            endMs: durationMs,
          },
        ],
        takes: [takePictures(takeId, index)],
        actions: [],
      });
      const film = await renderFilm({
        timeline,
        takePaths: new Map([[takeId, path]]),
        takeIndexes: new Map([[takeId, index]]),
        outputPath: join(folder, 'film.mp4'),
        ffmpegPath,
      });
      filmMs = film.durationMs;
    });
  });
  await file.close();
  figure('export.long', 's/s', [wallMs / filmMs], undefined, {
    take: `${minutes}min`,
    frames: written.frames.length,
    takeMib: Math.round(file.bytes / 2 ** 20),
    indexMib: (stored.length / 2 ** 20).toFixed(1),
    ownMib: Math.round(strain.ownMib),
    ffmpegMib: Math.round(strain.childrenMib),
    togetherMib: Math.round(strain.togetherMib),
    longestBlockMs: Math.round(strain.longestBlockMs),
    longestBeatMs: Math.round(strain.longestBeatMs),
  });
}

async function renderBoard(folder: string): Promise<void> {
  const board = await filmBoard(folder);
  const { takeId } = board.take;
  const ffmpegPath = requireTool('ffmpeg').path;
  const titles = new Map([
    ['add-card', 'Add a card'],
    ['dark-theme', 'Switch to the dark theme'],
  ]);
  const clips = board.milestones.map(({ feature, startMs, endMs }, n) => ({
    clipId: clipIdOf('bench', n + 1),
    number: n + 1,
    feature,
    takeId,
    startMs,
    endMs,
  }));
  const edit = (zooms: boolean): Promise<Timeline> =>
    editTake(
      { takeId, path: board.path },
      {
        title: 'Launch board',
        features: [...titles].map(([id, title]) => ({ id, title, description: 'A part of the board.' })),
        size: SIZE,
        clips,
        actions: board.actions.map((action) => ({ ...action, takeId })),
        zooms,
      },
    );
  const plain = await edit(false);
  const zoomed = await edit(true);
  const looks: [string, Timeline][] = [
    ['export.render', plain],
    ['export.zoomed', zoomed],
    ['export.framed', { ...zoomed, theme: 'midnight' }],
    ['export.upright', { ...zoomed, theme: 'aurora', aspect: '9:16' }],
  ];
  const transcoded: number[] = [];
  const rendered = new Map<string, number[]>();
  const films = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, timeline] of looks) {
      const outputPath = join(folder, 'film.mp4');
      const takePaths = new Map([[takeId, board.path]]);
      const ms = await durationOf(async () => {
        const film = await renderFilm({ timeline, takePaths, outputPath, ffmpegPath });
        films.set(name, film.durationMs);
      });
      rendered.set(name, [...(rendered.get(name) ?? []), ms / (films.get(name) ?? 1)]);
    }
    const ms = await durationOf(() => transcode(ffmpegPath, board.path, join(folder, 'plain.mp4')));
    transcoded.push(ms / board.take.durationMs);
  }
  for (const [name, values] of rendered) {
    const filmMs = films.get(name) ?? 0;
    const ms = quantile(values, 0.5) * filmMs;
    const baseline = { what: 'ffmpeg transcode', values: transcoded };
    const length = { film: `${(filmMs / 1000).toFixed(1)}s`, render: `${(ms / 1000).toFixed(1)}s` };
    figure(name, 's/s', values, baseline, length);
  }
}

const transcode = (program: string, take: string, output: string): Promise<unknown> =>
  promisify(execFile)(program, [
    ...['-v', 'error', '-nostdin', '-y', '-i', take, '-r', '30', '-pix_fmt', 'yuv420p'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', output],
  ]);
