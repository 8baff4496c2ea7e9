import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CheckReportSchema, CreateCheckSchema, RunSummarySchema } from '@showrunner/contracts';
import type { CheckReport, CreateCheck, RunSummary } from '@showrunner/contracts';
import { idempotencyKey, Operation, Tag } from '@showrunner/openapi';
import { Idempotency, Tenant } from '@showrunner/service';
import type { Request, Response } from 'express';
import { CheckService } from './check.service';

@Tag('runs')
@Controller('api/runs/:id')
export class CheckController {
  constructor(
    @Inject(CheckService) private readonly checks: CheckService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  /** Drives the plan of a run again, without pace and pictures, as a run of its own. */
  @Operation({
    id: 'checkRun',
    permission: 'write',
    summary: 'Check that what a run has shown still works',
    headers: [idempotencyKey('gives the run of the first')],
    answer: RunSummarySchema,
    problems: [402, 409, 422, 429],
  })
  @Post('checks')
  @HttpCode(202)
  async check(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Body({ schema: CreateCheckSchema }) body: CreateCheck,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RunSummary> {
    const run = await this.idempotency.once(request, (newRunId) =>
      this.checks.begin(tenant, newRunId, id, body),
    );
    response.location(`/api/runs/${run.id}`);
    return run;
  }

  @Operation({
    id: 'getCheck',
    permission: 'read',
    summary: 'What a check has found, step by step',
    answer: CheckReportSchema,
    problems: [409],
  })
  @Get('check')
  report(@Tenant() tenant: string, @Param('id') id: string): Promise<CheckReport> {
    return this.checks.report(tenant, id);
  }
}
