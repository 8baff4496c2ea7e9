import { Body, Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ReplayHistorySchema } from '@showrunner/contracts';
import type { RunSummary } from '@showrunner/contracts';
import { Idempotency, Tenant } from '@showrunner/service';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { ReplayService } from './replay.service';

@Controller('api/runs')
export class ReplayController {
  constructor(
    @Inject(ReplayService) private readonly replays: ReplayService,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  /** Films the actions of an exported history again. */
  @Post('replay')
  @HttpCode(202)
  async replayHistory(
    @Tenant() tenant: string,
    @Body({ schema: ReplayHistorySchema }) { history }: z.infer<typeof ReplayHistorySchema>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RunSummary> {
    const run = await this.idempotency.once(request, (id) => this.replays.ofHistory(tenant, id, history));
    response.location(`/api/runs/${run.id}`);
    return run;
  }

  /** Films the actions of an earlier run again, on a fresh sandbox, with its plan and without a model. */
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
