import { Inject } from '@nestjs/common';
import {
  AppError,
  CLAIMED,
  FINISH_SIGNAL,
  manualToolCall,
  ManualSessionStateSchema,
  NotFoundError,
  QUERIES,
  SESSION_UPDATES,
  TERMINAL_RUN_STATES,
  ToolAnswerSchema,
  workflowIds,
} from '@showrunner/contracts';
import type {
  CreateManualSession,
  ManualAction,
  ManualActionAnswer,
  ManualActionOutcome,
  ManualSession,
  ManualSessionState,
  Mark,
  MarkAnswer,
  SandboxProviderName,
  StopAccepted,
} from '@showrunner/contracts';
import type { Page, PageRequest, RunRecord, TenantDatabases } from '@showrunner/database';
import { sessionPreviewUrl } from '@showrunner/preview';
import { DATABASE, DEFAULT_PROVIDER, LOGGER, OBJECT_STORE, TEMPORAL } from '@showrunner/service';
import type { Resources, Temporal } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';
import { WorkflowNotFoundError } from '@temporalio/client';
import { RunsService } from '../runs/runs.service';
import { askWorkflow } from '../ask-workflow';
import { appForSession } from './session-app';

const MINUTE_MS = 60_000;
const QUERY_TIMEOUT_MS = 1_500;
/** Each is a browser of its own. */
const MOST_OPEN = 5;

/** Manual sessions: runs that somebody drives by hand. Their workflow owns them; what is asked of them goes there. */
export class ManualSessionsService {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(TEMPORAL) private readonly temporal: Temporal,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(RunsService) private readonly runs: RunsService,
    @Inject(DEFAULT_PROVIDER) private readonly defaultProvider: SandboxProviderName,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {}

  /** Opens a session under this id, once. @throws {AppError} as `appForSession`; `sessions_used_up` (429) */
  async open(tenantId: string, id: string, asked: CreateManualSession): Promise<ManualSession> {
    const owned = this.database.forTenant(tenantId);
    if ((await owned.runs.find(id)) === null) {
      const { projectId, on, provider = this.defaultProvider } = await appForSession(owned, asked);
      if ((await owned.runs.countByHand()) >= MOST_OPEN)
        throw new AppError('sessions_used_up', `You have ${MOST_OPEN} sessions open already.`);
      const { size, pace, aspect, theme, maxSteps } = asked;
      await this.runs.begin({
        ...{ id, tenantId, projectId, provider, size, pace, intent: '', keepSandbox: false },
        ...(aspect && { aspect }),
        ...(theme && { theme }),
        ...(on === undefined && { overrides: asked.overrides }),
        session: {
          ...(on && { on }),
          ...{ idleMs: asked.idleMinutes * MINUTE_MS, maxMs: asked.maxMinutes * MINUTE_MS, maxSteps },
        },
      });
    }
    return this.get(tenantId, id);
  }

  /** Newest first; what only the workflows of open ones know is told of each by itself. */
  async list(tenantId: string, page: PageRequest): Promise<Page<ManualSession>> {
    const { data, nextCursor } = await this.database.forTenant(tenantId).runs.listByHand(page);
    return { data: data.map((run) => toSession(run)), nextCursor };
  }

  /** @throws {NotFoundError} */
  async get(tenantId: string, id: string): Promise<ManualSession> {
    const run = await this.record(tenantId, id);
    const preview = run.sandboxId === null ? null : await this.previewOf(run);
    if (TERMINAL_RUN_STATES.includes(run.state)) return toSession(run, preview);
    return toSession(run, preview, await this.ask(run));
  }

  /** @throws {AppError} `tool_not_allowed`, `address_not_allowed` (403), `tool_arguments_invalid` (422), `session_not_open`, `session_steps_used_up` (409) */
  async act(tenantId: string, id: string, asked: ManualAction): Promise<ManualActionAnswer> {
    const run = await this.record(tenantId, id);
    const call = manualToolCall(asked, await this.originsOf(run));
    this.requireLive(run);
    this.noteUse(run);
    const action = { ...call, ...(asked.caption !== undefined && { caption: asked.caption }) };
    const done = await askWorkflow<ManualActionOutcome>(
      this.temporal,
      run,
      SESSION_UPDATES.act,
      action,
      notOpen,
    );
    const stored = await this.store.read(done.replyKey);
    const { text, picture } = ToolAnswerSchema.parse(JSON.parse(stored.toString('utf8')));
    return {
      ...{ session_id: id, seq: done.seq, tool: done.tool, text, action: done.action },
      result: done.isError ? 'failed' : 'succeeded',
      ...(picture !== undefined && { image: { content_type: 'image/jpeg' as const, data: picture } }),
      steps_left: done.stepsLeft,
    };
  }

  /** @throws {AppError} `condition_not_allowed` (422), `session_not_open`, `no_feature_begun`, `feature_marked_already`, `marks_used_up` (409) */
  async mark(tenantId: string, id: string, mark: Mark): Promise<MarkAnswer> {
    const run = await this.record(tenantId, id);
    requireLookable(mark);
    this.requireLive(run);
    const marked = await askWorkflow<Omit<MarkAnswer, 'session_id'>>(
      this.temporal,
      run,
      SESSION_UPDATES.mark,
      mark,
      notOpen,
    );
    return { session_id: id, ...marked };
  }

  /** Ends a session with its film. @throws {AppError} `session_not_open` (409) */
  async finish(tenantId: string, id: string): Promise<ManualSession> {
    const run = await this.record(tenantId, id);
    this.requireLive(run);
    try {
      await this.temporal.call((client) =>
        client.workflow.getHandle(workflowIds.run(id)).signal(FINISH_SIGNAL),
      );
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      // Not begun yet: there is nothing to film.
      await this.runs.stop(tenantId, id, 'cancel');
    }
    return this.get(tenantId, id);
  }

  /** Ends a session at once, without a film. @throws {AppError} `run_ended` (409) */
  async kill(tenantId: string, id: string): Promise<StopAccepted> {
    await this.record(tenantId, id);
    return this.runs.stop(tenantId, id, 'kill');
  }

  private async record(tenantId: string, id: string): Promise<RunRecord> {
    const run = await this.database.forTenant(tenantId).runs.find(id);
    if (run === null || run.session === null) throw new NotFoundError('session', id);
    return run;
  }

  private requireLive({ id, state }: RunRecord): void {
    if (TERMINAL_RUN_STATES.includes(state)) throw notOpen(id, state);
  }

  /** Under which a navigation may name the app. */
  private async originsOf(run: RunRecord): Promise<string[]> {
    const sandboxId = run.session?.on?.sandbox.sandboxId ?? run.sandboxId;
    const addresses = [await this.previewOf(run), sandboxId && sessionPreviewUrl(sandboxId)];
    return addresses.flatMap((url) => (url ? [new URL(url).origin] : []));
  }

  private async previewOf({ tenantId, session, sandboxId }: RunRecord): Promise<string | null> {
    if (session?.on) return session.on.app.previewUrl;
    if (sandboxId === null) return null;
    return (await this.database.forTenant(tenantId).previews.find(sandboxId))?.url ?? null;
  }

  /** Somebody else's sandbox is not to be stopped for lack of use meanwhile. */
  private noteUse({ tenantId, session, id }: RunRecord): void {
    const used = session?.on?.sandbox.sandboxId;
    if (used === undefined) return;
    this.database
      .forTenant(tenantId)
      .sandboxes.touch(used, new Date())
      .catch((error: unknown) => this.logger.debug({ err: error, runId: id }, 'A use was not noted'));
  }

  private async ask({ id }: RunRecord): Promise<ManualSessionState | undefined> {
    try {
      const told = await this.temporal.call(
        (client) => client.workflow.getHandle(workflowIds.run(id)).query<unknown>(QUERIES.session),
        { timeoutMs: QUERY_TIMEOUT_MS, retryMs: 0 },
      );
      return ManualSessionStateSchema.parse(told);
    } catch (error) {
      this.logger.debug({ err: error, runId: id }, 'A session did not tell its state');
      return undefined;
    }
  }
}

/** A pattern of somebody else's is not tried on addresses in a worker: some take for ever. */
function requireLookable(mark: Mark): void {
  const condition = mark.kind === 'success' ? mark.condition : undefined;
  const why =
    condition?.kind === 'done'
      ? 'that something was done proves nothing.'
      : condition?.kind === 'url' && condition.path === undefined
        ? 'an address is named by its `path`.'
        : condition?.kind === 'url' && condition.pattern !== undefined
          ? 'an address is named by its `path` alone.'
          : undefined;
  if (why === undefined) return;
  throw new AppError('condition_not_allowed', `A condition of this kind is not looked at: ${why}`);
}

function toSession(run: RunRecord, preview: string | null = null, told?: ManualSessionState): ManualSession {
  const { id, projectId, state, message, session, outcomes, createdAt, finishedAt } = run;
  return {
    ...{ session_id: id, project_id: projectId, state, message },
    preview_url: session?.on?.app.previewUrl ?? preview,
    current_feature: told?.current_feature ?? null,
    step_index: told?.step_index ?? -1,
    browser_session: told?.browser_session ?? null,
    steps_left: told?.steps_left ?? (finishedAt === null ? (session?.maxSteps ?? 0) : 0),
    features: told?.features ?? outcomes.map(toMarked),
    live: `/api/runs/${id}/live`,
    ...{ created_at: createdAt, finished_at: finishedAt },
  };
}

const toMarked = ({
  feature,
  title,
  verified,
  reason,
}: RunRecord['outcomes'][number]): ManualSession['features'][number] => ({
  ...{ feature, title, status: verified ? 'verified' : reason === CLAIMED ? 'claimed' : 'unproven' },
  ...(reason !== undefined && { reason }),
});

const notOpen = (id: string, state: string): AppError =>
  new AppError('session_not_open', `The session ${id} takes no actions: it is ${state}.`);
