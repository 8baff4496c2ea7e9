import { WebSocket } from 'ws';

export interface PresentedFrames {
  /** How many frames of the page were drawn in this span (Unix epoch, ms), both ends included. */
  between(fromMs: number, toMs: number): number;
}

/** Of Chromium's own trace, the frames that its compositor drew: what was there to be filmed. */
const CATEGORY = 'disabled-by-default-devtools.timeline.frame';
/** A frame is drawn up to a refresh before the swap time that the screencast tells. */
const REFRESH_MS = 1000 / 60;

interface TraceEvent {
  name: string;
  /** Microseconds of the monotonic clock. */
  ts: number;
  args: { layerTreeId?: number };
}

/** Starts the trace; `stop` ends it and answers what was seen. */
export async function tracePresentedFrames(cdpUrl: string): Promise<{ stop(): Promise<PresentedFrames> }> {
  const socket = new WebSocket(cdpUrl, { maxPayload: 256 * 1024 ** 2 });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const events: TraceEvent[] = [];
  let complete: () => void = () => undefined;
  const completed = new Promise<void>((resolve) => (complete = resolve));
  let started: () => void = () => undefined;
  const running = new Promise<void>((resolve) => (started = resolve));
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as {
      id?: number;
      method?: string;
      params?: { value: TraceEvent[] };
    };
    if (message.id === 1) started();
    if (message.method === 'Tracing.dataCollected') events.push(...(message.params?.value ?? []));
    if (message.method === 'Tracing.tracingComplete') complete();
  });
  const traceConfig = { includedCategories: [CATEGORY], excludedCategories: ['*'] };
  const params = { transferMode: 'ReportEvents', traceConfig };
  socket.send(JSON.stringify({ id: 1, method: 'Tracing.start', params }));
  await running;
  return {
    async stop() {
      socket.send(JSON.stringify({ id: 2, method: 'Tracing.end' }));
      await completed;
      socket.close();
      return presentedIn(events);
    },
  };
}

function presentedIn(events: readonly TraceEvent[]): PresentedFrames {
  const drawn = events.filter(({ name }) => name === 'DrawFrame');
  const page = busiest(drawn.map(({ args }) => args.layerTreeId ?? 0));
  const epochOffsetMs = Date.now() - Number(process.hrtime.bigint()) / 1e6;
  const times = drawn
    .filter(({ args }) => args.layerTreeId === page)
    .map(({ ts }) => ts / 1000 + epochOffsetMs);
  return {
    between: (fromMs, toMs) => times.filter((at) => at > fromMs - REFRESH_MS && at <= toMs).length,
  };
}

/** The browser has trees of its own, which hardly move. */
function busiest(trees: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const tree of trees) counts.set(tree, (counts.get(tree) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
