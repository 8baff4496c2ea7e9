import type { CdpClient } from '@showrunner/browser';

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

/** Starts the trace; `stop` ends it and answers what was seen. The client is closed with it. */
export async function tracePresentedFrames(client: CdpClient): Promise<{ stop(): Promise<PresentedFrames> }> {
  const events: TraceEvent[] = [];
  client.on('Tracing.dataCollected', ({ value }) => events.push(...(value as TraceEvent[])));
  const completed = new Promise<void>((resolve) => client.on('Tracing.tracingComplete', () => resolve()));
  const traceConfig = { includedCategories: [CATEGORY], excludedCategories: ['*'] };
  await client.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  return {
    async stop() {
      await client.send('Tracing.end');
      await completed;
      client.close();
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
