import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { clipIdOf } from '@showrunner/contracts';
import { requireTool } from '@showrunner/config';
import { renderFilm } from '@showrunner/media';
import { filmBoard, SIZE } from '@showrunner/media/testing';
import { durationOf, figure, quantile } from './measure/figures';
import { inScratch } from './measure/scratch';

const ROUNDS = 3;

/**
 * Seconds of rendering for a second of film at 1280x720: titles, pointer, captions and all. Baseline in the same run: ffmpeg's plain
 * transcode of the same take with the same encoder to a constant 30 frames a second, by the second of its own length.
 */
export const benchExport = (): Promise<void> =>
  inScratch(async (folder) => {
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
    const rendered: number[] = [];
    const transcoded: number[] = [];
    let filmMs = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const ms = await durationOf(async () => {
        const film = await renderFilm({
          title: 'Launch board',
          features: [...titles].map(([id, title]) => ({ id, title, description: 'A part of the board.' })),
          size: SIZE,
          clips,
          takePaths: new Map([[takeId, board.path]]),
          actions: board.actions.map((action) => ({ ...action, takeId })),
          outputPath: join(folder, 'film.mp4'),
          ffmpegPath,
        });
        filmMs = film.durationMs;
      });
      rendered.push(ms / filmMs);
      const plain = await durationOf(() => transcode(ffmpegPath, board.path, join(folder, 'plain.mp4')));
      transcoded.push(plain / board.take.durationMs);
    }
    const ms = quantile(rendered, 0.5) * filmMs;
    figure(
      'export.render',
      's/s',
      rendered,
      { what: 'ffmpeg transcode', values: transcoded },
      { film: `${(filmMs / 1000).toFixed(1)}s`, render: `${(ms / 1000).toFixed(1)}s` },
    );
  });

const transcode = (program: string, take: string, output: string): Promise<unknown> =>
  promisify(execFile)(program, [
    ...['-v', 'error', '-nostdin', '-y', '-i', take, '-r', '30', '-pix_fmt', 'yuv420p'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', output],
  ]);
