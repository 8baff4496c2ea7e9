import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { NotFoundError } from '@showrunner/contracts';
import type { ActionRecord, PlanResource, SessionState } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { DATABASE } from '@showrunner/service';
import { RunHistories } from '../history/run-histories';
import { RunLogs } from './run-logs';
import { RunStates } from './run-states';

/** What a run left and where it stands. */
@Controller('api/runs/:id')
export class RunFactsController {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(RunStates) private readonly states: RunStates,
    @Inject(RunHistories) private readonly histories: RunHistories,
    @Inject(RunLogs) private readonly runLogs: RunLogs,
  ) {}

  /** The plan that is filmed: its own, or the one it was pinned to. */
  @Get('plan')
  async plan(@Param('id') id: string): Promise<PlanResource> {
    const { planId } = await this.database.runs.get(id);
    const own = await this.database.plans.findByRun(id);
    if (own !== null) return own;
    if (planId !== null) return this.database.plans.get(planId);
    throw new NotFoundError('plan of run', id);
  }

  /** Every action so far in order of execution; times are ms since the first frame of their take. */
  @Get('actions')
  async actions(@Param('id') id: string): Promise<{ data: ActionRecord[] }> {
    await this.database.runs.get(id);
    const stored = await this.database.actions.list(id);
    return { data: stored.map(({ record }) => record) };
  }

  @Get('state')
  @Header('Cache-Control', 'no-store')
  state(@Param('id') id: string): Promise<SessionState> {
    return this.states.get(id);
  }

  /** Temporal histories of the run's workflows in proto JSON, as `Worker.runReplayHistories` takes them. */
  @Get('history')
  @Header('Content-Type', 'application/json')
  history(@Param('id') id: string): Promise<string> {
    return this.histories.export(id);
  }

  @Get('logs')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  logs(@Param('id') id: string): Promise<string> {
    return this.runLogs.get(id);
  }
}
