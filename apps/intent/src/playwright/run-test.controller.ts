import { Controller, Get, Inject, Param } from '@nestjs/common';
import { AppError, RunTestSchema, TERMINAL_RUN_STATES } from '@showrunner/contracts';
import type { RunTest } from '@showrunner/contracts';
import type { TenantDatabases } from '@showrunner/database';
import { Operation, Tag } from '@showrunner/openapi';
import { exportTest } from '@showrunner/playwright-test';
import { DATABASE, Tenant } from '@showrunner/service';
import { planOfRun } from '../runs/plan-of-run';

@Tag('runs')
@Controller('api/runs/:id')
export class RunTestController {
  constructor(@Inject(DATABASE) private readonly database: TenantDatabases) {}

  /**
   * What the run has shown as a file for `@playwright/test`.
   * @throws {AppError} `run_not_ended`, `nothing_to_test` (409)
   */
  @Operation({
    id: 'getRunTest',
    permission: 'read',
    summary: 'What the run has shown, as a Playwright test',
    answer: RunTestSchema,
    problems: [409],
  })
  @Get('test')
  async test(@Tenant() tenant: string, @Param('id') id: string): Promise<RunTest> {
    const owned = this.database.forTenant(tenant);
    const run = await owned.runs.get(id);
    if (!TERMINAL_RUN_STATES.includes(run.state)) {
      throw new AppError('run_not_ended', `Run ${id} is still ${run.state}.`, {
        status: 409,
        remedy: 'Wait for its end, then ask for its test.',
      });
    }
    const [plan, actions] = await Promise.all([planOfRun(owned, run), owned.actions.list(id)]);
    const { outcomes, size } = run;
    if (plan === null || !outcomes.some(({ verified }) => verified)) {
      throw new AppError('nothing_to_test', `Run ${id} has shown nothing that a test could hold.`, {
        status: 409,
        remedy: 'Ask for the test of a run that has shown at least one feature.',
      });
    }
    const records = actions.map(({ record }) => record);
    return exportTest({ runId: id, plan: plan.body, outcomes, actions: records, size });
  }
}
