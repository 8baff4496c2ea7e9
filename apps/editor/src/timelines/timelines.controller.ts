import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { listOf, Operation, Tag } from '@showrunner/openapi';
import { Tenant } from '@showrunner/service';
import type { Response } from 'express';
import type { z } from 'zod';
import { CHANGING, changing, tagged } from './changing';
import { isNoneMatch } from './if-match';
import {
  ApplyOperationsSchema,
  CarriedEditsSchema,
  CarryEditsSchema,
  TimelineChangeSchema,
  TimelineQuerySchema,
  TimelineResourceSchema,
} from './timeline.schemas';
import type {
  ApplyOperations,
  CarriedEdits,
  CarryEdits,
  TimelineChange,
  TimelineResource,
} from './timeline.schemas';
import { TimelinesService } from './timelines.service';

const IF_NONE_MATCH = { name: 'If-None-Match', description: 'ETag of the version that is known already.' };

/** What a run's film shows, and how that is changed. */
@Tag('films')
@Controller('api/runs/:runId/timeline')
export class TimelinesController {
  constructor(@Inject(TimelinesService) private readonly timelines: TimelinesService) {}

  @Operation({
    id: 'getTimeline',
    permission: 'read',
    summary: 'What the film of a run shows: footage, cards, captions, looks',
    headers: [IF_NONE_MATCH],
    answer: TimelineResourceSchema,
    problems: [409, 410],
  })
  @Get()
  async get(
    @Tenant() tenant: string,
    @Param('runId') runId: string,
    @Query({ schema: TimelineQuerySchema }) { version }: z.infer<typeof TimelineQuerySchema>,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TimelineResource> {
    const answer = tagged(response, await this.timelines.get(tenant, runId, version));
    if (isNoneMatch(known, answer.version)) response.status(304);
    return answer;
  }

  @Operation({
    id: 'listTimelineChanges',
    permission: 'read',
    summary: 'What was done to the timeline: the last 200 changes, oldest first',
    answer: listOf(TimelineChangeSchema),
    problems: [409, 410],
  })
  @Get('history')
  async history(
    @Tenant() tenant: string,
    @Param('runId') runId: string,
  ): Promise<{ data: TimelineChange[] }> {
    return { data: await this.timelines.history(tenant, runId) };
  }

  /** One change, however many operations: all are done, or none. */
  @Operation({
    id: 'editTimeline',
    summary: 'Trim, order, speed, captions, cards, zooms, looks: operations on the timeline',
    answer: TimelineResourceSchema,
    ...CHANGING,
  })
  @Post('operations')
  @HttpCode(200)
  apply(
    @Tenant() tenant: string,
    @Param('runId') runId: string,
    @Body({ schema: ApplyOperationsSchema }) { operations }: ApplyOperations,
    @Headers('if-match') seen: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TimelineResource> {
    return changing(response, this.timelines.apply(tenant, runId, seen, operations));
  }

  @Operation({
    id: 'undoTimeline',
    summary: 'Undo the last change of the timeline',
    answer: TimelineResourceSchema,
    ...CHANGING,
  })
  @Post('undo')
  @HttpCode(200)
  undo(
    @Tenant() tenant: string,
    @Param('runId') runId: string,
    @Headers('if-match') seen: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TimelineResource> {
    return changing(response, this.timelines.step(tenant, runId, seen, 'undo'));
  }

  @Operation({
    id: 'redoTimeline',
    summary: 'Do again what was undone last',
    answer: TimelineResourceSchema,
    ...CHANGING,
  })
  @Post('redo')
  @HttpCode(200)
  redo(
    @Tenant() tenant: string,
    @Param('runId') runId: string,
    @Headers('if-match') seen: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TimelineResource> {
    return changing(response, this.timelines.step(tenant, runId, seen, 'redo'));
  }

  /** What no longer applies is named in `dropped`; the rest is one change. */
  @Operation({
    id: 'carryTimelineEdits',
    summary: 'Do the edits of another film of the same plan to this one',
    answer: CarriedEditsSchema,
    ...CHANGING,
  })
  @Post('carry')
  @HttpCode(200)
  carry(
    @Tenant() tenant: string,
    @Param('runId') runId: string,
    @Body({ schema: CarryEditsSchema }) { fromRunId }: CarryEdits,
    @Headers('if-match') seen: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CarriedEdits> {
    return changing(response, this.timelines.carry(tenant, runId, seen, fromRunId));
  }
}
