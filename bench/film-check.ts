import { join } from 'node:path';
import { clipIdOf } from '@showrunner/contracts';
import { requireTool } from '@showrunner/config';
import { filmFiles } from '@showrunner/deliverables';
import { checkFilm } from '@showrunner/film-check';
import { filmOutline, openFootage, renderFilm } from '@showrunner/media';
import { filmBoard, SIZE } from '@showrunner/media/testing';
import { editTake } from '@showrunner/media/testing/edit-take';
import { figure } from './measure/figures';
import { processorMs } from './measure/processor-time';
import { inScratch } from './measure/scratch';

const ROUNDS = 3;

/**
 * What holding a finished film against what happened adds to its export, 1280x720: rendering and the files beside the film, by turns with and
 * without the check. `film-check.work` is the time of processors that both use, which a busy machine changes little.
 */
export const benchFilmCheck = (): Promise<void> =>
  inScratch(async (folder) => {
    const board = await filmBoard(folder);
    const { takeId } = board.take;
    const clips = board.milestones.map(({ feature, startMs, endMs }, n) => ({
      clipId: clipIdOf('bench', n + 1),
      number: n + 1,
      ...{ feature, takeId, startMs, endMs },
    }));
    const actions = board.actions.map((action) => ({ ...action, takeId }));
    const timeline = await editTake(
      { takeId, path: board.path },
      {
        ...{ title: 'Launch board', size: SIZE, clips, actions },
        features: clips.map(({ feature: id }) => ({ id, title: id, description: 'A part of the board.' })),
      },
    );
    const [ffmpegPath, ffprobePath] = [requireTool('ffmpeg').path, requireTool('ffprobe').path];
    const { footage, close } = await openFootage(takeId, board.path);
    const { signal } = new AbortController();
    const films: number[] = [];
    const failed = new Set<string>();
    const exported = async (isChecked: boolean): Promise<void> => {
      const videoPath = join(folder, 'film.mp4');
      const takePaths = new Map([[takeId, board.path]]);
      const film = await renderFilm({ timeline, takePaths, outputPath: videoPath, ffmpegPath });
      const outline = filmOutline(film.schedule, actions);
      const [, checks] = await Promise.all([
        filmFiles({ outline, videoPath, folder, ffmpegPath, signal }),
        isChecked
          ? checkFilm({
              ...{ videoPath, outline, schedule: film.schedule, ffmpegPath, ffprobePath },
              expected: { format: 'mp4', size: SIZE, fps: 30 },
              footage: new Map([[takeId, footage]]),
            })
          : [],
      ]);
      films.push(film.durationMs / 1000);
      for (const { name, result } of checks) if (result === 'failed') failed.add(name);
    };
    const sides = {
      with: { wall: [] as number[], work: [] as number[] },
      without: { wall: [] as number[], work: [] as number[] },
    };
    for (let round = 0; round < ROUNDS; round++)
      for (const side of ['without', 'with'] as const) {
        const [wall, work] = [performance.now(), processorMs()];
        await exported(side === 'with');
        sides[side].wall.push((performance.now() - wall) / 1000);
        sides[side].work.push((processorMs() - work) / 1000);
      }
    await close();
    const more = { film: `${(films[0] ?? 0).toFixed(1)}s`, failed: failed.size };
    for (const what of ['wall', 'work'] as const)
      figure(
        `film-check.${what}`,
        's',
        sides.with[what],
        { what: 'without', values: sides.without[what] },
        more,
      );
  });
