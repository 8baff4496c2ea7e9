import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import {
  ActionRecordSchema,
  NotFoundError,
  PlanResourceSchema,
  SessionStateSchema,
} from '@showrunner/contracts';
import type { ActionRecord, PlanResource, SessionState } from '@showrunner/contracts';
import type { TenantDatabases } from '@showrunner/database';
import { listOf, Operation, Tag } from '@showrunner/openapi';
import { DATABASE, Tenant } from '@showrunner/service';
import { z } from 'zod';
import { RunHistories } from '../history/run-histories';
import { planOfRun } from './plan-of-run';
import { RunLogs } from './run-logs';
import { RunStates } from './run-states';

/** Histories of Temporal by the id of their workflow, in proto JSON. */
const HistoryExportSchema = z.object({ workflows: z.record(z.string(), z.unknown()) });

/** What a run left and where it stands. */
@Tag('runs')
@Controller('api/runs/:id')
export class RunFactsController {
  constructor(
    @Inject(DATABASE) private readonly database: TenantDatabases,
    @Inject(RunStates) private readonly states: RunStates,
    @Inject(RunHistories) private readonly histories: RunHistories,
    @Inject(RunLogs) private readonly runLogs: RunLogs,
  ) {}

  /** The plan that is filmed: its own, or the one it was pinned to. */
  @Operation({
    id: 'getRunPlan',
    permission: 'read',
    summary: 'The plan that is filmed',
    answer: PlanResourceSchema,
  })
  @Get('plan')
  async plan(@Tenant() tenant: string, @Param('id') id: string): Promise<PlanResource> {
    const owned = this.database.forTenant(tenant);
    const plan = await planOfRun(owned, await owned.runs.get(id));
    if (plan === null) throw new NotFoundError('plan of run', id);
    return plan;
  }

  /** Every action so far in order of execution; times are ms since the first frame of their take. */
  @Operation({
    id: 'listRunActions',
    permission: 'read',
    summary: 'Actions in order of execution',
    answer: listOf(ActionRecordSchema),
  })
  @Get('actions')
  async actions(@Tenant() tenant: string, @Param('id') id: string): Promise<{ data: ActionRecord[] }> {
    const { actions, runs } = this.database.forTenant(tenant);
    await runs.get(id);
    const stored = await actions.list(id);
    return { data: stored.map(({ record }) => record) };
  }

  @Operation({
    id: 'getRunState',
    permission: 'read',
    summary: 'Where the session stands',
    answer: SessionStateSchema,
  })
  @Get('state')
  @Header('Cache-Control', 'no-store')
  state(@Tenant() tenant: string, @Param('id') id: string): Promise<SessionState> {
    return this.states.get(tenant, id);
  }

  /** Temporal histories of the run's workflows in proto JSON, as `Worker.runReplayHistories` takes them. */
  @Operation({
    id: 'getRunHistory',
    permission: 'read',
    summary: 'Temporal histories of the workflows',
    answer: { media: ['application/json'], schema: HistoryExportSchema },
  })
  @Get('history')
  @Header('Content-Type', 'application/json')
  history(@Tenant() tenant: string, @Param('id') id: string): Promise<string> {
    return this.histories.export(tenant, id);
  }

  @Operation({
    id: 'getRunLogs',
    permission: 'read',
    summary: 'What happened, as text',
    answer: { media: ['text/plain'] },
  })
  @Get('logs')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  logs(@Tenant() tenant: string, @Param('id') id: string): Promise<string> {
    return this.runLogs.get(tenant, id);
  }
}
