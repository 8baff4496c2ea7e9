import { join } from 'node:path';
import {
  sidesTakeIdOf,
  storageKeys,
  type Clip,
  type CoveredSpan,
  type FrameSize,
  type RenderExportInput,
} from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import type { FilmFeature, FilmedAction } from '@showrunner/timeline';
import type { TakeIndex } from '@showrunner/recorder';
import type { ObjectStore } from '@showrunner/storage';
import type { Logger } from '@showrunner/telemetry';
import { fetchTake } from '../stored-take';

interface Deps {
  store: Pick<ObjectStore, 'put' | 'get' | 'head' | 'read'>;
  database: Database;
  logger: Logger;
  signal: () => AbortSignal;
}

/** Everything of a run that a film is made of, on this machine. */
export interface FilmSource {
  runId: string;
  title: string;
  features: FilmFeature[];
  clips: Clip[];
  /** As it was filmed. */
  size: FrameSize;
  takePaths: Map<string, string>;
  takeIndexes: Map<string, TakeIndex>;
  /** Where its takes would show secrets, by take id. */
  covered?: ReadonlyMap<string, readonly CoveredSpan[]>;
  /** Boxes in px of the take. */
  actions: FilmedAction[];
}

/** Fetches what a film is made of; takes become files in `folder`. @throws {NotFoundError}, `take_unreadable` */
export async function filmSource(deps: Deps, input: RenderExportInput, folder: string): Promise<FilmSource> {
  const [{ body: plan }, takes, actions] = await Promise.all([
    deps.database.plans.get(input.planId),
    fetchTakes(deps, input, folder),
    actionsOnTakes(deps, input),
  ]);
  const { title, features } = plan;
  const covered = new Map(input.takes.map((take) => [take.takeId, take.covered ?? []]));
  const { runId, clips, size } = input;
  return { runId, title, features, clips, size, covered, ...takes, actions };
}

/** The takes that clips lie in, as files, and what is in them. */
async function fetchTakes(
  deps: Deps,
  { takes, clips }: RenderExportInput,
  folder: string,
): Promise<Pick<FilmSource, 'takePaths' | 'takeIndexes'>> {
  const wanted = new Set<string>(clips.map(({ takeId }) => takeId));
  const takePaths = new Map<string, string>();
  const takeIndexes = new Map<string, TakeIndex>();
  for (const [n, take] of takes.entries()) {
    if (!wanted.has(take.takeId)) continue;
    const path = join(folder, `take-${n}.mkv`);
    takeIndexes.set(take.takeId, await fetchTake(deps, take, path));
    takePaths.set(take.takeId, path);
  }
  return { takePaths, takeIndexes };
}

async function actionsOnTakes(deps: Deps, { runId, takes }: RenderExportInput): Promise<FilmedAction[]> {
  const stored = await deps.database.actions.list(runId);
  const hasSides = takes.some(({ takeId }) => takeId === sidesTakeIdOf(runId));
  // Made from both sides, not done in any browser: they are no actions of the run.
  const sides = hasSides ? ((await readJson(deps, storageKeys.sideActions(runId))) as FilmedAction[]) : [];
  const own = stored.flatMap(({ takeId, record }) => {
    const isKept = takes.some((take) => take.takeId === takeId);
    return isKept ? [{ ...record, takeId }] : [];
  });
  return [...own, ...sides];
}

const readJson = async ({ store }: Deps, key: string): Promise<unknown> =>
  JSON.parse((await store.read(key)).toString('utf8')) as unknown;
