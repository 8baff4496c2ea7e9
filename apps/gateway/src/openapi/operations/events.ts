import { EVENT_TYPES } from '@showrunner/contracts';
import { z } from 'zod';
import type { Operation } from '../operation';

const LAST_EVENT = {
  name: 'Last-Event-ID',
  description: 'Go on after this event. Events are kept for seven days.',
};

export function eventsOperations(): Operation[] {
  const tag = 'events';
  const answer = { media: ['text/event-stream'] };
  const lastEventId = z.string().optional();
  const types = z
    .string()
    .optional()
    .describe(`Comma list of ${EVENT_TYPES.join(', ')}.`);
  const query = z.object({
    lastEventId,
    projectId: z.string().optional(),
    runId: z.string().optional(),
    types,
  });
  return [
    {
      method: 'get',
      path: '/api/events',
      id: 'followEvents',
      tag,
      summary: 'Events from now on',
      query,
      headers: [LAST_EVENT],
      status: 200,
      answer,
      problems: [400],
    },
    {
      method: 'get',
      path: '/api/runs/{id}/events',
      id: 'followRun',
      tag,
      summary: 'Events of a run to its end',
      query: z.object({ lastEventId }),
      headers: [LAST_EVENT],
      status: 200,
      answer,
      problems: [400],
    },
  ];
}
