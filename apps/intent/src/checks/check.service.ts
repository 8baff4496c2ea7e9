import { Inject } from '@nestjs/common';
import {
  AppError,
  gitSourceAt,
  InvalidInputError,
  isRegression,
  NotFoundError,
  TERMINAL_RUN_STATES,
} from '@showrunner/contracts';
import type { CheckReport, CreateCheck, RunSummary } from '@showrunner/contracts';
import type { RunRecord, TenantDatabase, TenantDatabases } from '@showrunner/database';
import { DATABASE } from '@showrunner/service';
import { planOfRun } from '../runs/plan-of-run';
import { RunsService } from '../runs/runs.service';
import { compareCheck } from './compare-check';

/** Checks: runs that drive the plan of an earlier one again, without pace and pictures, and tell what became of each step. */
export class CheckService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(RunsService) private readonly runs: RunsService,
  ) {}

  /** @throws {AppError} `run_not_ended`, `nothing_to_check` (409) @throws {InvalidInputError} `check_needs_git` (422) */
  async begin(tenantId: string, id: string, earlierId: string, request: CreateCheck): Promise<RunSummary> {
    const owned = this.database.forTenant(tenantId);
    const earlier = await owned.runs.get(earlierId);
    requireEnded(earlier, 'Wait for its end, then check it.');
    const plan = await planOfRun(owned, earlier);
    if (plan === null || !earlier.outcomes.some(({ verified }) => verified)) {
      throw new AppError('nothing_to_check', `Run ${earlierId} has shown nothing that could be checked.`, {
        status: 409,
        remedy: 'Check a run that has shown at least one feature.',
      });
    }
    return this.runs.begin({
      ...{ id, tenantId, intent: earlier.intent, provider: earlier.provider, size: earlier.size },
      projectId: await projectFor(owned, id, earlier, request),
      pace: 'none',
      keepSandbox: false,
      overrides: { ...earlier.overrides, env: await owned.runs.openEnvironment(earlierId) },
      secrets: await owned.runs.openSecrets(earlierId),
      ...(earlier.limits === null ? {} : { limits: earlier.limits }),
      ...{ planId: plan.id, planHash: plan.hash, checkOf: earlierId },
    });
  }

  /** @throws {NotFoundError} the run is no check @throws {AppError} `run_not_ended` (409) */
  async report(tenantId: string, id: string): Promise<CheckReport> {
    const owned = this.database.forTenant(tenantId);
    const run = await owned.runs.get(id);
    const { checkOf, state, failure } = run;
    if (checkOf === null) throw new NotFoundError('check', id);
    requireEnded(run, 'Wait for its end, then ask for what it found.');
    const plan = await planOfRun(owned, run);
    if (plan === null) throw new NotFoundError('plan of run', id);
    const [before, now] = await Promise.all([owned.actions.list(checkOf), owned.actions.list(id)]);
    const records = (stored: typeof before) => stored.map(({ record }) => record);
    const isChecked = state === 'done';
    const steps = isChecked ? compareCheck(plan.body, records(before), records(now)) : [];
    const why = failure ?? { code: state, message: run.message };
    return {
      ...{ runId: id, checkOf, steps },
      regressed: !isChecked || steps.some(isRegression),
      failure: isChecked ? null : { code: why.code, message: why.message },
    };
  }
}

function requireEnded({ id, state }: RunRecord, remedy: string): void {
  if (!TERMINAL_RUN_STATES.includes(state))
    throw new AppError('run_not_ended', `Run ${id} is still ${state}.`, { status: 409, remedy });
}

/** What is checked: the project that is named, another state of the same repository, or the same source. */
async function projectFor(
  { projects }: TenantDatabase,
  id: string,
  earlier: RunRecord,
  { against, projectId }: CreateCheck,
): Promise<string> {
  if (projectId !== undefined) return (await projects.get(projectId)).id;
  const { source, name } = await projects.get(earlier.projectId);
  if (against === undefined) return earlier.projectId;
  if (source.kind !== 'git') {
    throw new InvalidInputError(
      'check_needs_git',
      `What run ${earlier.id} has filmed was uploaded, and has no other states.`,
      {
        status: 422,
        remedy:
          'Check out what is to be checked, and name its folder: showrunner check <run> --source <folder>.',
      },
    );
  }
  const token = await projects.openSourceToken(earlier.projectId);
  const project = await projects.create({
    id,
    name: `${name} at ${against}`.slice(0, 200),
    source: gitSourceAt(source, against),
    ...(token !== null && { sourceToken: token }),
  });
  return project.id;
}
