import { createParser } from 'eventsource-parser';
import type { RunReport, ShowrunnerEvent } from '@showrunner/contracts';
import { EventSchema, TERMINAL_RUN_STATES } from '@showrunner/contracts';
import type { ApiClient } from './api-client';

const RECONNECT_MS = 500;

/**
 * Follows a run's events to its end, across restarts of the gateway (`Last-Event-ID`), and answers its report.
 * The report is the authority: a lost event delays a line on the screen, never the end.
 */
export async function followRun(
  api: ApiClient,
  runId: string,
  onEvent: (event: ShowrunnerEvent) => void,
): Promise<RunReport> {
  let lastId = '0';
  for (;;) {
    lastId = await readEvents(api, runId, lastId, onEvent);
    const report = await api.get<RunReport>(`/runs/${runId}`);
    if (TERMINAL_RUN_STATES.includes(report.state)) return report;
    await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
  }
}

/** Reads one connection's worth of events; answers the id of the last. */
async function readEvents(
  api: ApiClient,
  runId: string,
  lastId: string,
  onEvent: (event: ShowrunnerEvent) => void,
): Promise<string> {
  let seen = lastId;
  const response = await api.request(`/runs/${runId}/events`, {
    headers: { accept: 'text/event-stream', 'last-event-id': lastId },
  });
  const parser = createParser({
    onEvent: (message) => {
      const event = EventSchema.safeParse(JSON.parse(message.data));
      if (!event.success) return;
      seen = event.data.id;
      onEvent(event.data);
    },
  });
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? [])
      parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
  } catch (error) {
    // The gateway went away in the middle; the caller connects again after the last event seen.
    if (!(error instanceof TypeError)) throw error;
  }
  return seen;
}
