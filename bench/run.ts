import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { durationOf, figure } from './measure/figures';
import { ownPlatform } from './measure/own-platform';
import { inScratch } from './measure/scratch';

const SOURCE = 'examples/kanban';
const ROUNDS = 3;
/** Installing and starting the app: its own time, not ours. */
const APP_STAGES = ['install', 'start'];

interface RunFacts {
  createdAt: string;
  stages: { stage: string; startedAt: string; durationMs: number }[];
  video: { durationMs: number };
}

/**
 * A film from the command to the video in its folder, on a platform that runs and has filmed before. `run.wall` has the length of the film
 * as its baseline; `run.overhead` is what of it is neither the app's install and start nor filmed time.
 */
export const benchRun = (): Promise<void> =>
  inScratch(async (folder) => {
    const platform = await ownPlatform(join(folder, 'home'));
    const walls: number[] = [];
    const films: number[] = [];
    const overheads: number[] = [];
    const parts = new Map<string, number[]>();
    try {
      await platform.up();
      for (let round = 0; round <= ROUNDS; round++) {
        const out = join(folder, `out-${round}`);
        const wall = await durationOf(() => platform.film(SOURCE, out));
        if (round === 0) continue;
        const run = JSON.parse(await readFile(join(out, 'run.json'), 'utf8')) as RunFacts;
        const filmed = await filmedMs(out);
        const app = run.stages.filter(({ stage }) => APP_STAGES.includes(stage));
        walls.push(wall / 1000);
        films.push(run.video.durationMs / 1000);
        overheads.push((wall - filmed - app.reduce((sum, { durationMs }) => sum + durationMs, 0)) / 1000);
        for (const { stage, durationMs } of run.stages)
          parts.set(stage, [...(parts.get(stage) ?? []), durationMs / 1000]);
        parts.set('filmed', [...(parts.get('filmed') ?? []), filmed / 1000]);
      }
    } finally {
      await platform.down();
    }
    const length = { what: 'length of film', values: films };
    figure('run.wall', 's', walls, length);
    figure('run.overhead', 's', overheads, length);
    for (const [stage, values] of parts) figure(`run.stage.${stage}`, 's', values);
  });

/** From the first action's start to the last one's end: the time in which there was something to film. */
async function filmedMs(out: string): Promise<number> {
  const lines = (await readFile(join(out, 'actions.jsonl'), 'utf8')).trim().split('\n');
  const actions = lines.map((line) => JSON.parse(line) as { startMs: number; endMs: number });
  return Math.max(...actions.map(({ endMs }) => endMs)) - Math.min(...actions.map(({ startMs }) => startMs));
}
