import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { Operation, Tag } from '@showrunner/openapi';
import { Tenant } from '@showrunner/service';
import type { Response } from 'express';
import type { z } from 'zod';
import { CHANGING, changing } from './changing';
import {
  OtioDocumentSchema,
  OtioReadSchema,
  TimelineQuerySchema,
  type OtioDocument,
  type OtioRead,
} from './timeline.schemas';
import { TimelinesService } from './timelines.service';

/** The timeline of a run as editing programs exchange them: OpenTimelineIO, out and in. */
@Tag('films')
@Controller('api/runs/:runId/timeline/otio')
export class OtioController {
  constructor(@Inject(TimelinesService) private readonly timelines: TimelinesService) {}

  @Operation({
    id: 'getTimelineAsOtio',
    permission: 'read',
    summary: 'The timeline as a document of OpenTimelineIO',
    answer: OtioDocumentSchema,
    problems: [409, 410],
  })
  @Get()
  async get(
    @Tenant() tenant: string,
    @Param('runId') runId: string,
    @Query({ schema: TimelineQuerySchema }) { version }: z.infer<typeof TimelineQuerySchema>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OtioDocument> {
    const document = await this.timelines.otio(tenant, runId, version);
    response.attachment(`${runId}.otio`).type('application/json');
    return document;
  }

  /** What a film has no word for is named in `lost`; the rest is one change. */
  @Operation({
    id: 'readTimelineFromOtio',
    summary: 'Make what a document of OpenTimelineIO shows of the run its film',
    answer: OtioReadSchema,
    ...CHANGING,
  })
  @Post()
  @HttpCode(200)
  read(
    @Tenant() tenant: string,
    @Param('runId') runId: string,
    @Body({ schema: OtioDocumentSchema }) document: OtioDocument,
    @Headers('if-match') seen: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OtioRead> {
    return changing(response, this.timelines.readOtio(tenant, runId, seen, document));
  }
}
