import { AppError, TERMINAL_RUN_STATES, type ErrorCode } from '@showrunner/contracts';
import type { RenderExportInput } from '@showrunner/contracts';
import type { RunRecord, TenantDatabases } from '@showrunner/database';
import type { ObjectStore } from '@showrunner/storage';

/**
 * Everything that rendering a run's film again needs, out of what is stored. Works for every run whose clips are there, however old.
 * @throws {AppError} 409 `run_not_over`, `nothing_to_render`; 410 `plan_gone`, `take_gone`
 */
export async function storedFilm(
  { database, store }: { database: TenantDatabases; store: Pick<ObjectStore, 'head'> },
  run: RunRecord,
): Promise<Omit<RenderExportInput, 'exportId'>> {
  const { clips, plans, takes: recordings } = database.forTenant(run.tenantId);
  if (!TERMINAL_RUN_STATES.includes(run.state)) {
    throw new AppError('run_not_over', `Run ${run.id} is ${run.state}: its film is not there yet.`, {
      status: 409,
      retryable: true,
      remedy: 'Wait until the run has ended: GET /api/runs/{id}, or its events.',
    });
  }
  const records = await clips.list(run.id);
  if (records.length === 0) {
    throw new AppError('nothing_to_render', `Run ${run.id} has no clip to make a film of.`, {
      status: 409,
      remedy: 'Film again: a feature must succeed to become a clip.',
    });
  }
  const plan = (run.planId === null ? null : await plans.find(run.planId)) ?? (await plans.findByRun(run.id));
  if (plan === null) throw gone('plan_gone', `The plan of run ${run.id} is not stored any more.`);
  const wanted = new Set(records.map(({ takeId }) => takeId));
  const takes = (await recordings.list(run.id)).filter(({ takeId }) => wanted.has(takeId));
  for (const takeId of wanted) {
    const take = takes.find((candidate) => candidate.takeId === takeId);
    if (take === undefined || (await store.head(take.storageKey)) === null)
      throw gone('take_gone', `The recording ${takeId} of run ${run.id} is not stored any more.`);
  }
  return {
    runId: run.id,
    planId: plan.id,
    takes,
    clips: records.map(({ runId: _, ...clip }) => clip),
    size: run.size,
  };
}

function gone(code: ErrorCode, message: string): AppError {
  return new AppError(code, message, {
    status: 410,
    remedy: 'Film again: POST /api/runs/{id}/replay repeats the same actions.',
  });
}
