import { Inject } from '@nestjs/common';
import { QUERIES, SessionStateSchema, TERMINAL_RUN_STATES, workflowIds } from '@showrunner/contracts';
import type { SessionState } from '@showrunner/contracts';
import type { RunRecord, TenantDatabases } from '@showrunner/database';
import { DATABASE, LOGGER, TEMPORAL } from '@showrunner/service';
import type { Resources, Temporal } from '@showrunner/service';

/** A worker answers queries at once; without one the database knows enough. */
const QUERY_TIMEOUT_MS = 1_500;

/** Where a run stands, as its workflow says; as the database says when no worker answers. */
export class RunStates {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(TEMPORAL) private readonly temporal: Temporal,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {}

  async get(tenantId: string, runId: string): Promise<SessionState> {
    const run = await this.database.forTenant(tenantId).runs.get(runId);
    if (TERMINAL_RUN_STATES.includes(run.state)) return this.fromDatabase(run);
    const filming = run.state === 'filming' ? await this.query(workflowIds.film(runId)) : null;
    return filming ?? (await this.query(workflowIds.run(runId))) ?? this.fromDatabase(run);
  }

  private async query(workflowId: string): Promise<SessionState | null> {
    try {
      const answer = await this.temporal.call(
        (client) => client.workflow.getHandle(workflowId).query<unknown>(QUERIES.state),
        { timeoutMs: QUERY_TIMEOUT_MS, retryMs: 0 },
      );
      return SessionStateSchema.parse(answer);
    } catch (error) {
      this.logger.debug({ err: error, workflowId }, 'A workflow did not tell its state');
      return null;
    }
  }

  private async fromDatabase({ id, tenantId, state, message }: RunRecord): Promise<SessionState> {
    const last = (await this.database.forTenant(tenantId).actions.list(id)).at(-1);
    const isFilming = state === 'filming';
    return {
      session_id: last?.sessionId ?? null,
      current_feature: isFilming ? (last?.record.feature ?? null) : null,
      step_index: isFilming ? (last?.record.step ?? -1) : -1,
      browser_session: null,
      run_state: state,
      message,
    };
  }
}
