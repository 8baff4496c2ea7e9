import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ReplayHistorySchema, RunSummarySchema } from '@showrunner/contracts';
import type { RunSummary } from '@showrunner/contracts';
import { idempotencyKey, Operation, Tag } from '@showrunner/openapi';
import { Idempotency, Tenant } from '@showrunner/service';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { ReplayService } from './replay.service';

@Tag('runs')
@Controller('api/runs')
export class ReplayController {
  constructor(
    @Inject(ReplayService) private readonly replays: ReplayService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  /** Films the actions of an exported history again. */
  @Operation({
    id: 'replayHistory',
    permission: 'write',
    needsDisk: true,
    summary: 'Film the actions of an exported history again',
    headers: [idempotencyKey('gives the run of the first')],
    answer: RunSummarySchema,
    problems: [402, 422, 429],
  })
  @Post('replay')
  @HttpCode(202)
  async replayHistory(
    @Tenant() tenant: string,
    @Body({ schema: ReplayHistorySchema }) { history, projectId }: z.infer<typeof ReplayHistorySchema>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RunSummary> {
    const run = await this.idempotency.once(request, (id) =>
      this.replays.ofHistory(tenant, id, history, projectId),
    );
    response.location(`/api/runs/${run.id}`);
    return run;
  }

  /** Films the actions of an earlier run again, on a fresh sandbox, with its plan and without a model. */
  @Operation({
    id: 'replayRun',
    permission: 'write',
    needsDisk: true,
    summary: 'Film the actions of a run again',
    headers: [idempotencyKey('gives the run of the first')],
    answer: RunSummarySchema,
    problems: [402, 409, 422, 429],
  })
  @Post(':id/replay')
  @HttpCode(202)
  async replayRun(
    @Tenant() tenant: string,
    @Param('id') id: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RunSummary> {
    const run = await this.idempotency.once(request, (newRunId) => this.replays.ofRun(tenant, newRunId, id));
    response.location(`/api/runs/${run.id}`);
    return run;
  }
}
