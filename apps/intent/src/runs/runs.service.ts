import { Inject } from '@nestjs/common';
import {
  AppError,
  InvalidInputError,
  planFromHand,
  planIdOf,
  runIdOfPlan,
  SAMPLE_PASSWORD,
  secretMissing,
  secretsNamed,
  SecretValues,
  TERMINAL_RUN_STATES,
  withPasswords,
} from '@showrunner/contracts';
import type {
  CreateRun,
  Feature,
  GivenSecrets,
  RunReport,
  RunState,
  RunSummary,
  SandboxProviderName,
  StopAccepted,
  StopReason,
} from '@showrunner/contracts';
import type {
  NewRun,
  Page,
  PageRequest,
  PlanRecord,
  RunRecord,
  RunSummaryRecord,
  TenantDatabases,
} from '@showrunner/database';
import { readTest } from '@showrunner/playwright-test';
import type { ReadTest } from '@showrunner/playwright-test';
import { DATABASE, DEFAULT_PROVIDER, LOGGER, requireLimits, requireProvider } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import { Deletions } from '@showrunner/service/deletions';
import { compareWith } from './compare-with';
import { RunQuotas } from './run-quotas';
import { RunWorkflows } from './run-workflows';

export class RunsService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(RunWorkflows) private readonly workflows: RunWorkflows,
    @Inject(RunQuotas) private readonly quotas: RunQuotas,
    @Inject(Deletions) private readonly deletions: Deletions,
    @Inject(DEFAULT_PROVIDER) private readonly defaultProvider: SandboxProviderName,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {}

  /**
   * @throws {NotFoundError} no such project, plan or intent
   * @throws {InvalidInputError} `bad_test`, `test_without_steps`, `plan_ambiguous`, `plan_of_other_project`, `intent_of_other_project`, `intent_ambiguous`, `provider_not_set_up`,
   * `limits_too_small`, `secret_missing`, `review_of_fixed_plan`, `comparison_ambiguous`, `comparison_needs_git`
   */
  async create(
    tenantId: string,
    id: string,
    { planId, plan: written, test, secrets: given = {}, ...request }: CreateRun,
  ): Promise<RunSummary> {
    const { plans, projects } = this.database.forTenant(tenantId);
    const { source } = await projects.get(request.projectId);
    const { base: _base, head: _head, baseProjectId: _project, changes: _changes, ...rest } = request;
    const { review: isReviewed, reviewMinutes, ...asked } = rest;
    const compared = await compareWith({ planId, plan: written, test, ...request }, source, projects);
    const plan = planId === undefined ? null : await plans.get(planId);
    if (plan !== null && plan.projectId !== request.projectId) {
      throw new InvalidInputError('plan_of_other_project', `Plan ${plan.id} belongs to another project.`, {
        status: 422,
        remedy: `Use a plan of project ${request.projectId}: GET /api/plans?projectId=${request.projectId}.`,
      });
    }
    requireLimits(request.limits);
    const provider = requireProvider(request.provider, this.defaultProvider);
    const intent = await this.intentOf(tenantId, request);
    if ([planId, written, test].filter((one) => one !== undefined).length > 1) {
      throw new InvalidInputError(
        'plan_ambiguous',
        'More than one of `plan`, `planId` and `test` is given.',
        {
          remedy: 'Leave all but one of them out.',
        },
      );
    }
    if (isReviewed && (planId ?? written ?? test) !== undefined)
      throw new InvalidInputError('review_of_fixed_plan', 'A plan that is given is fixed.', {
        status: 422,
        remedy: 'Leave `review` out, or the plan.',
      });
    const read = test === undefined ? undefined : readTest(test.source, test.fileName);
    const byHand = read?.plan ?? written;
    const { projectId } = request;
    if (byHand !== undefined) await this.requireRoom(tenantId, id);
    // A repeated request finds the plan that its first one has stored.
    const own = new SecretValues({ ...(await this.secretsOf(tenantId, plan)), ...given });
    const body =
      byHand && own.mask(planFromHand({ ...byHand, features: withPasswords(byHand.features) }, intent));
    const secrets = own.all;
    requireSecrets((body ?? plan?.body)?.features ?? [], secrets);
    const filmed = body === undefined ? plan : await plans.store({ id: planIdOf(id), projectId, body });
    const pinned = filmed === null ? {} : { planId: filmed.id, planHash: filmed.hash };
    const run = await this.begin({
      id,
      tenantId,
      ...asked,
      ...compared,
      intent,
      provider,
      ...pinned,
      ...(isReviewed && {
        review: { state: 'asked' as const, minutes: reviewMinutes, deadline: null, features: [] },
      }),
      secrets,
    });
    if (read !== undefined) await this.database.forTenant(tenantId).runs.addNotes(id, lostNotes(read));
    return run;
  }

  /** Those of the run that made a plan are typed wherever it is filmed. */
  private async secretsOf(tenantId: string, plan: PlanRecord | null): Promise<GivenSecrets> {
    if (plan === null) return {};
    // A plan by hand belongs to no run; the one it came with has its number.
    const madeFor = plan.runId ?? runIdOfPlan(plan.id);
    return this.database.forTenant(tenantId).runs.openSecrets(madeFor);
  }

  /** What is to be shown: as the request says it, or the stored intent that it names. */
  private async intentOf(tenantId: string, { projectId, intent, intentId }: CreateRun): Promise<string> {
    if (intentId === undefined) return intent;
    if (intent !== '') {
      throw new InvalidInputError('intent_ambiguous', 'Both `intent` and `intentId` are given.', {
        remedy: 'Leave one of them out.',
      });
    }
    const stored = await this.database.forTenant(tenantId).intents.get(intentId);
    if (stored.projectId === projectId) return stored.text;
    throw new InvalidInputError('intent_of_other_project', `Intent ${intentId} belongs to another project.`, {
      status: 422,
      remedy: `Use an intent of project ${projectId}: GET /api/intents?projectId=${projectId}.`,
    });
  }

  /**
   * Stores the run, then starts its workflow. The row is what counts: when Temporal is away now, the reconciler starts the workflow as
   * soon as it answers, so the run is accepted all the same.
   * @throws {AppError} as `RunQuotas.require`
   */
  async begin(run: NewRun & { tenantId: string }): Promise<RunSummary> {
    const stored = await this.database.forTenant(run.tenantId).transaction(async (tx) => {
      const existing = await tx.runs.find(run.id);
      if (existing !== null) return existing;
      await this.quotas.require(tx, run.tenantId);
      const created = await tx.runs.create(run);
      const { projectId, id: runId } = created;
      await tx.outbox.append({
        type: 'RUN_STATE',
        projectId,
        runId,
        data: { state: 'queued', message: 'Queued' },
      });
      return created;
    });
    if (stored.state === 'queued') {
      await this.workflows.start(stored).catch((error: unknown) => {
        this.logger.warn({ err: error, runId: stored.id }, 'The workflow of a run could not be started yet');
      });
    }
    return toSummary(stored);
  }

  /** Before anything is stored for a run that cannot be. @throws {AppError} as `begin` */
  private async requireRoom(tenantId: string, id: string): Promise<void> {
    await this.database.forTenant(tenantId).transaction(async (tx) => {
      if ((await tx.runs.find(id)) === null) await this.quotas.require(tx, tenantId);
    });
  }

  async list(
    tenantId: string,
    page: PageRequest & { projectId?: string; state?: RunState },
  ): Promise<Page<RunSummary>> {
    const { data, nextCursor } = await this.database.forTenant(tenantId).runs.list(page);
    return { data: data.map(toSummary), nextCursor };
  }

  report(tenantId: string, id: string): Promise<RunReport> {
    return this.database.forTenant(tenantId).runReports.get(id);
  }

  /**
   * Notes that the run shall end, then tells its workflow. Accepted also while Temporal is away: it is told as soon as it answers.
   * @throws {AppError} `run_ended` (409)
   */
  async stop(tenantId: string, id: string, stop: Exclude<StopReason, 'budget'>): Promise<StopAccepted> {
    const { runs } = this.database.forTenant(tenantId);
    const run = await runs.get(id);
    if (!(await runs.requestStop(id, stop))) throw ended(await runs.get(id));
    const delivered = await this.workflows.signal(run, stop).catch((error: unknown) => {
      this.logger.warn({ err: error, runId: id, stop }, 'A run could not be told to stop yet');
      return false;
    });
    const { state } = await runs.get(id);
    return { id, state, requested: stop, delivered };
  }

  /**
   * Deletes a run that has ended, with its film, takes and history. Gone for everybody from now on; its files follow at once, or as soon as
   * their store answers.
   * @throws {NotFoundError} @throws {AppError} `run_in_use` (409)
   */
  async delete(tenantId: string, id: string): Promise<void> {
    const owned = this.database.forTenant(tenantId);
    await this.deletions.begin(await owned.transaction((tx) => tx.deletions.deleteRun(id)));
  }
}

/** @throws InvalidInputError `secret_missing` */
function requireSecrets(features: readonly Feature[], secrets: GivenSecrets): void {
  const missing = secretsNamed(features).filter(
    (name) => !(name in secrets) && name !== SAMPLE_PASSWORD.name,
  );
  if (missing.length > 0) throw secretMissing(missing);
}

const MOST_NOTES = 50;

/** What of a test is not filmed, by line. */
function lostNotes({ notCarriedOver }: ReadTest): string[] {
  const notes = notCarriedOver.map(
    ({ line, what, why }) => `Not carried over from line ${line}, ${what}: ${why}.`,
  );
  const more = notes.length - MOST_NOTES;
  return more > 0 ? [...notes.slice(0, MOST_NOTES), `${more} more lines were not carried over.`] : notes;
}

function ended({ id, state }: RunRecord): AppError {
  return new AppError('run_ended', `Run ${id} has ended already: it is ${state}.`, {
    status: 409,
    remedy: TERMINAL_RUN_STATES.includes(state) ? 'Nothing is left to stop.' : 'Try again.',
  });
}

export const toSummary = (run: RunSummaryRecord): RunSummary => ({
  id: run.id,
  projectId: run.projectId,
  buildId: run.buildId,
  sandboxId: run.sandboxId,
  planId: run.planId,
  planHash: run.planHash,
  state: run.state,
  message: run.message,
  intent: run.intent,
  intentId: run.intentId,
  replayOf: run.replayOf,
  provider: run.provider,
  failure: run.failure,
  createdAt: run.createdAt,
  finishedAt: run.finishedAt,
});
