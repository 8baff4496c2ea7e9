import { Inject } from '@nestjs/common';
import { AppError, TERMINAL_RUN_STATES, newPlanId } from '@showrunner/contracts';
import type { Plan, RecordedAction, RunSummary } from '@showrunner/contracts';
import type { PlanRecord, StoredAction, TenantDatabase, TenantDatabases } from '@showrunner/database';
import { DATABASE } from '@showrunner/service';
import { parseHistory, toRecorded } from '../history/parse-history';
import type { RecordedRun } from '../history/parse-history';
import { planOfRun } from '../runs/plan-of-run';
import { RunsService } from '../runs/runs.service';

/** Replays: new runs that do the actions of an earlier one again. */
export class ReplayService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(RunsService) private readonly runs: RunsService,
  ) {}

  /** @throws {AppError} `run_not_ended`, `nothing_to_replay` (409) */
  async ofRun(tenantId: string, id: string, earlierId: string): Promise<RunSummary> {
    const owned = this.database.forTenant(tenantId);
    const earlier = await owned.runs.get(earlierId);
    if (!TERMINAL_RUN_STATES.includes(earlier.state)) {
      throw new AppError('run_not_ended', `Run ${earlierId} is still ${earlier.state}.`, {
        status: 409,
        remedy: 'Wait for its end, then replay it.',
      });
    }
    await owned.projects.get(earlier.projectId);
    const plan = await planOfRun(owned, earlier);
    const recorded = recordedActions(await owned.actions.list(earlierId));
    if (plan === null || recorded.length === 0) throw nothingToReplay(earlierId);
    return this.runs.begin({
      id,
      tenantId,
      projectId: earlier.projectId,
      intent: earlier.intent,
      provider: earlier.provider,
      size: earlier.size,
      pace: earlier.pace,
      ...(earlier.aspect === null ? {} : { aspect: earlier.aspect }),
      ...(earlier.theme === null ? {} : { theme: earlier.theme }),
      ...(earlier.voice === null ? {} : { voice: earlier.voice }),
      keepSandbox: false,
      overrides: { ...earlier.overrides, env: await owned.runs.openEnvironment(earlierId) },
      secrets: await owned.runs.openSecrets(earlierId),
      ...(earlier.limits === null ? {} : { limits: earlier.limits }),
      planId: plan.id,
      planHash: plan.hash,
      replayOf: earlierId,
      recorded,
    });
  }

  /**
   * By the history alone: nothing else of the run need be here.
   * @param givenProjectId of the same source
   * @throws {InvalidInputError} `history_invalid` @throws {AppError} `source_gone` (422), `project_not_found`
   */
  async ofHistory(
    tenantId: string,
    id: string,
    history: unknown,
    givenProjectId?: string,
  ): Promise<RunSummary> {
    const owned = this.database.forTenant(tenantId);
    const given = givenProjectId === undefined ? undefined : await owned.projects.get(givenProjectId);
    const recorded = parseHistory(history);
    const projectId = given?.id ?? (await this.projectFor(owned, id, recorded));
    const plan = await this.planFor(owned, projectId, recorded);
    return this.runs.begin({
      id,
      tenantId,
      projectId,
      intent: recorded.intent,
      provider: recorded.provider,
      size: recorded.size,
      pace: recorded.pace,
      ...(recorded.aspect === undefined ? {} : { aspect: recorded.aspect }),
      ...(recorded.theme === undefined ? {} : { theme: recorded.theme }),
      ...(recorded.voice === undefined ? {} : { voice: recorded.voice }),
      keepSandbox: false,
      // A history has no values any more: those of the run count, where it is here.
      overrides: {
        ...recorded.overrides,
        env: { ...(await owned.runs.openEnvironment(recorded.runId)), ...recorded.overrides.env },
      },
      secrets: await owned.runs.openSecrets(recorded.runId),
      ...(recorded.limits === undefined ? {} : { limits: recorded.limits }),
      planId: plan.id,
      planHash: plan.hash,
      replayOf: recorded.runId,
      recorded: recorded.actions,
    });
  }

  /** The project of the history when it is here; otherwise a new one of the same repository at the same commit. */
  private async projectFor(
    { projects }: TenantDatabase,
    id: string,
    { projectId, source, commit }: RecordedRun,
  ): Promise<string> {
    if ((await projects.find(projectId)) !== null) return projectId;
    if (source.kind === 'archive') {
      throw new AppError('source_gone', `The archive "${source.fileName}" that was filmed is not here.`, {
        status: 422,
        remedy: 'Give its source: showrunner replay history.json --source <folder or archive>.',
      });
    }
    const pinned = commit === undefined ? source : { ...source, commit };
    const project = await projects.create({
      id,
      name: `replay of ${projectId}`,
      source: pinned,
    });
    return project.id;
  }

  /** The plan of the history when it is here unchanged; otherwise its features as a plan of their own. */
  private async planFor(
    { plans }: TenantDatabase,
    projectId: string,
    { plan, intent }: RecordedRun,
  ): Promise<PlanRecord> {
    const stored = await plans.find(plan.planId);
    if (stored !== null && stored.hash === plan.hash && stored.projectId === projectId) return stored;
    const body: Plan = {
      schemaVersion: 1,
      videoType: 'demo',
      title: plan.title,
      intent,
      planner: 'history',
      features: plan.features,
      rejected: [],
    };
    return plans.store({ id: newPlanId(), projectId, body });
  }
}

/** Actions to reproduce: of a feature that was filmed again, in a later session or from a clean page, only the last filming counts. */
export function recordedActions(actions: readonly StoredAction[]): RecordedAction[] {
  const lastSession = new Map(actions.map(({ record, sessionId }) => [record.feature, sessionId]));
  const lastBegin = new Map(
    actions.flatMap(({ record }, at) => (record.step === -1 ? [[record.feature, at] as const] : [])),
  );
  return actions
    .filter(
      ({ record, sessionId }, at) =>
        lastSession.get(record.feature) === sessionId && at >= (lastBegin.get(record.feature) ?? 0),
    )
    .map(({ record }) => toRecorded(record));
}

function nothingToReplay(runId: string): AppError {
  return new AppError('nothing_to_replay', `Run ${runId} ended before anything was filmed.`, {
    status: 409,
    remedy: 'Replay a run that got as far as filming, or start a new one.',
  });
}
