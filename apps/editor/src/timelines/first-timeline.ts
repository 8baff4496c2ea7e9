import { AppError } from '@showrunner/contracts';
import type { RunRecord, TenantDatabases } from '@showrunner/database';
import { takePictures } from '@showrunner/media';
import { storedIndex, takeInStore } from '@showrunner/recorder';
import type { ObjectStore } from '@showrunner/storage';
import { autoEdit } from '@showrunner/timeline';
import type { TakePictures, Timeline } from '@showrunner/timeline';
import { storedFilm } from '../exports/stored-film';

/**
 * The timeline of a run that is over and has none: one from before they were stored, or whose rendering failed early. It is what the run
 * would have made itself.
 * @throws {AppError} those of `storedFilm`, `timeline_missing` (409)
 */
export async function firstTimeline(
  deps: { database: TenantDatabases; store: ObjectStore },
  run: RunRecord,
): Promise<Timeline> {
  const owned = deps.database.forTenant(run.tenantId);
  const { planId, clips, takes, size } = await storedFilm(deps, run);
  const [{ body: plan }, stored, pictures] = await Promise.all([
    owned.plans.get(planId),
    owned.actions.list(run.id),
    Promise.all(takes.map((take) => picturesOf(deps.store, run.id, take))),
  ]);
  const actions = stored.flatMap(({ takeId, record }) =>
    takes.some((take) => take.takeId === takeId) ? [{ ...record, takeId }] : [],
  );
  const { title, features } = plan;
  const edited = autoEdit({ runId: run.id, title, features, clips, size, takes: pictures, actions });
  const { aspect, theme, voice } = run;
  return {
    ...{ ...edited, aspect: aspect ?? edited.aspect, theme: theme ?? edited.theme },
    voice: voice === null || voice === 'none' ? null : { name: voice },
  };
}

async function picturesOf(
  store: ObjectStore,
  runId: string,
  { takeId, storageKey }: { takeId: string; storageKey: string },
): Promise<TakePictures> {
  const bytes = await takeInStore(store, storageKey);
  const index = bytes === null ? null : await storedIndex(store, storageKey, bytes);
  if (index !== null) return takePictures(takeId, index);
  throw new AppError(
    'timeline_missing',
    `Run ${runId} has no timeline yet: its recording was never indexed.`,
    {
      status: 409,
      remedy: 'Export the run once (POST /api/runs/{id}/exports): that makes it.',
    },
  );
}
