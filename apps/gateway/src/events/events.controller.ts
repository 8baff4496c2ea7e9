import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { EVENT_TYPES } from '@showrunner/contracts';
import { Operation, Tag } from '@showrunner/openapi';
import { Tenant } from '@showrunner/service';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { EventStreams } from './event-streams';

const EventId = z.string().regex(/^\d{1,18}$/, 'must be the id of an event');
const RunQuerySchema = z.object({ lastEventId: EventId.optional() });
const QuerySchema = RunQuerySchema.extend({
  projectId: z.string().optional(),
  runId: z.string().optional(),
  types: z
    .string()
    .describe(`Comma list of ${EVENT_TYPES.join(', ')}.`)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(EVENT_TYPES)))
    .optional(),
});

const LAST_EVENT = {
  name: 'Last-Event-ID',
  description: 'Go on after this event. Events are kept for seven days.',
};

/** Events as server-sent events; `Last-Event-ID` (header or `lastEventId` in the query) goes on after that event. */
@Tag('events')
@Controller('api')
export class EventsController {
  constructor(@Inject(EventStreams) private readonly streams: EventStreams) {}

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

  /** Events of a run from its beginning; ends after the event of its last state. */
  @Operation({
    id: 'followRun',
    permission: 'read',
    summary: 'Events of a run to its end',
    headers: [LAST_EVENT],
    answer: { media: ['text/event-stream'] },
  })
  @Get('runs/:id/events')
  async ofRun(
    @Tenant() tenantId: string,
    @Param('id') runId: string,
    @Query({ schema: RunQuerySchema }) query: z.infer<typeof RunQuerySchema>,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    await this.streams.sendRun(response, lastIdOf(request, query.lastEventId) ?? '0', { tenantId, runId });
  }
}

/** What a browser sends by itself when it connects again counts more than the address that it was given. */
function lastIdOf(request: Request, fromQuery: string | undefined): string | undefined {
  const header = request.headers['last-event-id'];
  return typeof header === 'string' && EventId.safeParse(header).success ? header : fromQuery;
}
