import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { EVENT_TYPES, EventSchema, RunLogLinesSchema, RunProgressSchema } from '@showrunner/contracts';
import { Operation, Tag } from '@showrunner/openapi';
import { Tenant } from '@showrunner/service';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { EventStreams } from './event-streams';
import { RunEvents } from './run-events';
import { RunQuerySchema } from './run-query';

const EventId = z.string().regex(/^\d{1,18}$/, 'must be the id of an event');
const QuerySchema = z.object({
  lastEventId: EventId.optional(),
  projectId: z.string().optional(),
  runId: z.string().optional(),
  types: z
    .string()
    .meta({
      description: `Comma list of ${EVENT_TYPES.join(', ')}.`,
      pattern: `^(${EVENT_TYPES.join('|')})(,(${EVENT_TYPES.join('|')}))*$`,
    })
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(EVENT_TYPES)))
    .optional(),
});

const RunMessageSchema = z.union([EventSchema, RunProgressSchema, RunLogLinesSchema]);

const LAST_EVENT = {
  name: 'Last-Event-ID',
  description: 'Go on after this event. Events are kept for seven days.',
};

/** Events as server-sent events; `Last-Event-ID` (header or `lastEventId` in the query) goes on after that event. */
@Tag('events')
@Controller('api')
export class EventsController {
  constructor(
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(RunEvents) private readonly runs: RunEvents,
  ) {}

  /** Events from now on, without end. */
  @Operation({
    id: 'followEvents',
    permission: 'read',
    summary: 'Events from now on',
    headers: [LAST_EVENT],
    answer: { media: ['text/event-stream'] },
  })
  @Get('events')
  async all(
    @Tenant() tenantId: string,
    @Query({ schema: QuerySchema }) query: z.infer<typeof QuerySchema>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { lastEventId, ...filter } = query;
    await this.streams.send(response, lastIdOf(request, lastEventId) ?? null, { ...filter, tenantId });
  }

  /**
   * Events of a run from its beginning; ends after the event of its last state. Between them, without an id, `PROGRESS`: stage, share done and
   * time left (`RunProgress`). As a WebSocket the same messages come as texts.
   */
  @Operation({
    id: 'followRun',
    permission: 'read',
    summary:
      'Events of a run to its end, with how far it is (PROGRESS) and, if asked for, its log (LOG); also as a WebSocket',
    headers: [LAST_EVENT],
    answer: { media: ['text/event-stream'], schema: RunMessageSchema },
  })
  @Get('runs/:id/events')
  async ofRun(
    @Tenant() tenantId: string,
    @Param('id') runId: string,
    @Query({ schema: RunQuerySchema }) query: z.infer<typeof RunQuerySchema>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const after = lastIdOf(request, query.lastEventId) ?? '0';
    const follow = await this.runs.open({ tenantId, runId, after, log: query.log === 'true' });
    await this.streams.answer(response, follow);
  }
}

/** What a browser sends by itself when it connects again counts more than the address that it was given. */
function lastIdOf(request: Request, fromQuery: string | undefined): string | undefined {
  const header = request.headers['last-event-id'];
  return typeof header === 'string' && RunQuerySchema.shape.lastEventId.safeParse(header).success
    ? header
    : fromQuery;
}
