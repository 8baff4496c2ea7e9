import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import { Operation, Tag } from '@showrunner/openapi';
import { Tenant } from '@showrunner/service';
import type { Response } from 'express';
import type { z } from 'zod';
import { FramesService } from './frames.service';
import { FrameQuerySchema } from './timeline.schemas';
import { TimelinesService } from './timelines.service';

@Tag('films')
@Controller('api/runs/:runId/timeline/frames')
export class FramesController {
  constructor(
    @Inject(TimelinesService) private readonly timelines: TimelinesService,
    @Inject(FramesService) private readonly frames: FramesService,
  ) {}

  @Operation({
    id: 'getTimelineFrame',
    permission: 'read',
    summary: 'One frame of the film at a moment, as a picture',
    headers: [{ name: 'If-None-Match', description: 'ETag of the frame that is known already.' }],
    answer: { media: ['image/jpeg'] },
    problems: [409, 410],
  })
  @Get()
  async frame(
    @Tenant() tenant: string,
    @Param('runId') runId: string,
    @Query({ schema: FrameQuerySchema }) { at, height, version }: z.infer<typeof FrameQuerySchema>,
    @Headers('if-none-match') known: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { timeline, version: shown } = await this.timelines.get(tenant, runId, version);
    const etag = `"${[shown, at, height ?? ''].join('-')}"`;
    response.setHeader('ETag', etag);
    response.setHeader('Cache-Control', 'private, no-cache');
    if (known === etag) {
      response.status(304).end();
      return;
    }
    const jpeg = await this.frames.frame(tenant, timeline, { atMs: at, height, signal: gone.signal });
    response.type('image/jpeg').send(jpeg);
  }
}
