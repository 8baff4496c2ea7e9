import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  CreateRunSchema,
  pageOf,
  PageQuerySchema,
  RunReportSchema,
  RunStateSchema,
  RunSummarySchema,
  StopAcceptedSchema,
} from '@showrunner/contracts';
import type { CreateRun, RunReport, RunSummary, StopAccepted } from '@showrunner/contracts';
import type { Page } from '@showrunner/database';
import { idempotencyKey, Operation, Tag } from '@showrunner/openapi';
import { Idempotency, Tenant } from '@showrunner/service';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { RunsService } from './runs.service';

const QuerySchema = PageQuerySchema.extend({
  projectId: z.string().optional(),
  state: RunStateSchema.optional(),
});

@Tag('runs')
@Controller('api/runs')
export class RunsController {
  constructor(
    @Inject(RunsService) private readonly runs: RunsService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  /** Accepted: the run goes on by itself; follow `Location` or its events. */
  @Operation({
    id: 'createRun',
    permission: 'write',
    needsDisk: true,
    summary: 'Film a project',
    headers: [idempotencyKey('gives the run of the first')],
    answer: RunSummarySchema,
    problems: [402, 404, 429],
  })
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

  @Operation({
    id: 'listRuns',
    permission: 'read',
    summary: 'Runs, newest first',
    answer: pageOf(RunSummarySchema),
  })
  @Get()
  list(
    @Tenant() tenant: string,
    @Query({ schema: QuerySchema }) query: z.infer<typeof QuerySchema>,
  ): Promise<Page<RunSummary>> {
    return this.runs.list(tenant, query);
  }

  @Operation({ id: 'getRun', permission: 'read', summary: 'Everything about a run', answer: RunReportSchema })
  @Get(':id')
  get(@Tenant() tenant: string, @Param('id') id: string): Promise<RunReport> {
    return this.runs.report(tenant, id);
  }

  /** One that goes on is to be cancelled first. */
  @Operation({
    id: 'deleteRun',
    permission: 'write',
    summary: 'Delete a run that has ended, with its film, takes and history',
    answer: null,
    problems: [409],
  })
  @Delete(':id')
  @HttpCode(204)
  delete(@Tenant() tenant: string, @Param('id') id: string): Promise<void> {
    return this.runs.delete(tenant, id);
  }

  /** Stop at the next safe point and keep what exists. */
  @Operation({
    id: 'cancelRun',
    permission: 'write',
    summary: 'Stop at the next safe point',
    answer: StopAcceptedSchema,
    problems: [409],
  })
  @Post(':id/cancel')
  @HttpCode(202)
  cancel(@Tenant() tenant: string, @Param('id') id: string): Promise<StopAccepted> {
    return this.runs.stop(tenant, id, 'cancel');
  }

  /** Stop now: browser and sandbox die. */
  @Operation({
    id: 'killRun',
    permission: 'write',
    summary: 'Stop now',
    answer: StopAcceptedSchema,
    problems: [409],
  })
  @Post(':id/kill')
  @HttpCode(202)
  kill(@Tenant() tenant: string, @Param('id') id: string): Promise<StopAccepted> {
    return this.runs.stop(tenant, id, 'kill');
  }
}
