import { createParser } from 'eventsource-parser';
import type { RunProgress, RunReport, ShowrunnerEvent } from '@showrunner/contracts';
import { AppError, EventSchema, RunProgressSchema, TERMINAL_RUN_STATES } from '@showrunner/contracts';
import { answerOf, type ApiClient } from '@showrunner/api-client';

const RECONNECT_MS = 300;
/** How often the report is asked for beside the events, should they fail to come. */
const LOOK_EVERY_MS = 3_000;
/** A platform that was taken down is looked for this often, and for so long. */
const AWAY_EVERY_MS = 1_000;
const AWAY_MS = 30 * 60_000;
/** A gateway that is only started again is back before this. */
const SOON_MS = 5_000;

export interface Watcher {
  /** How long a platform may stay away, ms. */
  awayMs?: number;
  /** Told once each time it goes away, and once when it is back. */
  onAway?: (isAway: boolean) => void;
  /** Told how far the run is, about once a second. */
  onProgress?: (progress: RunProgress) => void;
  /** True: nobody waits any more. */
  isOver?: () => boolean;
}

/**
 * Follows a run's events to its end, across restarts of the gateway (`Last-Event-ID`), and answers its report. The report is the
 * authority: a lost event delays a line on the screen, never the end. A platform that is taken down is waited for.
 * @throws {AppError} `gateway_unreachable` when it stays away
 */
export async function followRun(
  api: ApiClient,
  runId: string,
  onEvent: (event: ShowrunnerEvent) => void,
  { awayMs = AWAY_MS, onAway, onProgress, isOver: nobodyWaits = () => false }: Watcher = {},
): Promise<RunReport> {
  const soon = api.withPatience(SOON_MS);
  let lastId = '0';
  let awaySince: number | undefined;
  const back = (): void => {
    if (awaySince !== undefined) onAway?.(false);
    awaySince = undefined;
  };
  const remember = (event: ShowrunnerEvent | RunProgress): void => {
    back();
    if (event.type === 'PROGRESS') return onProgress?.(event);
    if (BigInt(event.id) <= BigInt(lastId)) return;
    lastId = event.id;
    onEvent(event);
  };
  for (;;) {
    try {
      const report = await readToEnd(soon, runId, lastId, remember);
      back();
      if (isOver(report.state)) return report;
      await pause(RECONNECT_MS);
    } catch (error) {
      // The run is kept by the platform and goes on with it: whoever waits for one waits for the other.
      if (!isAway(error)) throw error;
      if (awaySince === undefined) onAway?.(true);
      awaySince ??= Date.now();
      if (nobodyWaits() || Date.now() - awaySince > awayMs) throw stillGoingOn(runId, error);
      await pause(AWAY_EVERY_MS);
    }
  }
}

/** Nobody answers, or only the gateway does. */
const isAway = (error: unknown): error is AppError =>
  error instanceof AppError && (error.code === 'gateway_unreachable' || [502, 503].includes(error.status));

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const stillGoingOn = (runId: string, cause: AppError): AppError =>
  new AppError('gateway_unreachable', `${cause.message} Run ${runId} goes on when it is up again.`, {
    remedy: `Start it with "showrunner up", then: showrunner get ${runId}`,
    cause,
  });

/** One connection's worth of events, and how the run is then. */
async function readToEnd(
  api: ApiClient,
  runId: string,
  lastId: string,
  remember: (event: ShowrunnerEvent | RunProgress) => void,
): Promise<RunReport> {
  const reading = new AbortController();
  const looking = setInterval(() => void endWhenOver(api, runId, reading), LOOK_EVERY_MS);
  try {
    await readEvents(api, runId, lastId, reading, remember);
  } finally {
    clearInterval(looking);
  }
  return reportOf(api, runId);
}

const reportOf = (api: ApiClient, id: string, signal?: AbortSignal): Promise<RunReport> =>
  answerOf(api.GET('/runs/{id}', { params: { path: { id } }, signal }));

const isOver = (state: unknown): boolean => (TERMINAL_RUN_STATES as readonly unknown[]).includes(state);

/** Ends the reading of events once the report says that the run is over. */
async function endWhenOver(api: ApiClient, runId: string, reading: AbortController): Promise<void> {
  try {
    if (isOver((await reportOf(api, runId, reading.signal)).state)) reading.abort();
  } catch {
    // Away or over: the reader of events meets the same and says so.
  }
}

/** Reads one connection's worth of events, to its end, its break, or the event that ends the run. */
async function readEvents(
  api: ApiClient,
  runId: string,
  lastId: string,
  reading: AbortController,
  onEvent: (event: ShowrunnerEvent | RunProgress) => void,
): Promise<void> {
  const parser = createParser({
    onEvent: ({ data }) => {
      const event = parseEvent(data);
      if (!event) return;
      onEvent(event);
      if (event.type === 'RUN_STATE' && isOver(event.data['state'])) reading.abort();
    },
  });
  const decoder = new TextDecoder();
  const over = new Promise<undefined>((resolve) => {
    reading.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  try {
    const response = await api.request(`/runs/${runId}/events`, {
      headers: { accept: 'text/event-stream', 'last-event-id': lastId },
      signal: reading.signal,
    });
    const reader = response.body?.getReader();
    // An abort while a chunk is being handled leaves the next read of Node's fetch pending for ever, so it is raced.
    for (;;) {
      const next = await Promise.race([reader?.read(), over]);
      if (!next || next.done) break;
      parser.feed(decoder.decode(next.value, { stream: true }));
    }
  } catch (error) {
    // TypeError is how fetch names a connection that broke: the caller connects again after the last event seen.
    if (!reading.signal.aborted && (error as Error).name !== 'TypeError') throw error;
  } finally {
    reading.abort();
  }
}

/** An event of ours; undefined for anything else, such as a line that a break cut off. */
function parseEvent(data: string): ShowrunnerEvent | RunProgress | undefined {
  try {
    const message: unknown = JSON.parse(data);
    return EventSchema.safeParse(message).data ?? RunProgressSchema.safeParse(message).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
