import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CreateRunSchema, PageQuerySchema, RunStateSchema } from '@showrunner/contracts';
import type { CreateRun, RunReport, RunSummary, StopAccepted } from '@showrunner/contracts';
import type { Page } from '@showrunner/database';
import { Idempotency, Tenant } from '@showrunner/service';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { RunsService } from './runs.service';

const QuerySchema = PageQuerySchema.extend({
  projectId: z.string().optional(),
  state: RunStateSchema.optional(),
});

@Controller('api/runs')
export class RunsController {
  constructor(
    @Inject(RunsService) private readonly runs: RunsService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  /** Accepted: the run goes on by itself; follow `Location` or its events. */
  @Post()
  @HttpCode(202)
  async create(
    @Tenant() tenant: string,
    @Body({ schema: CreateRunSchema }) body: CreateRun,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RunSummary> {
    const run = await this.idempotency.once(request, (id) => this.runs.create(tenant, id, body));
    response.location(`/api/runs/${run.id}`);
    return run;
  }

  @Get()
  list(@Query({ schema: QuerySchema }) query: z.infer<typeof QuerySchema>): Promise<Page<RunSummary>> {
    return this.runs.list(query);
  }

  @Get(':id')
  get(@Param('id') id: string): Promise<RunReport> {
    return this.runs.report(id);
  }

  /** Stop at the next safe point and keep what exists. */
  @Post(':id/cancel')
  @HttpCode(202)
  cancel(@Param('id') id: string): Promise<StopAccepted> {
    return this.runs.stop(id, 'cancel');
  }

  /** Stop now: browser and sandbox die. */
  @Post(':id/kill')
  @HttpCode(202)
  kill(@Param('id') id: string): Promise<StopAccepted> {
    return this.runs.stop(id, 'kill');
  }
}
