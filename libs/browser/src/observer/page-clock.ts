import type { CdpClient } from '../cdp/cdp-client';
import { pause } from '../steps/wait-until';
import type { OutsideTies } from './outside-ties';

/** Two frames: whoever draws frame by frame has run in that time. */
const FRAMES_MS = 40;
/** With this step a page whose time is given out keeps the pace of ours. */
const PACE_MS = 50;
/** A page of timers that start each other is driven on after so many tasks. */
const MOST_TASKS = 20_000;

/**
 * The clock of a page that nobody will use any more: what it would do by its own timers in some seconds is seen at once, by Chromium's virtual
 * time (https://chromedevtools.github.io/devtools-protocol/tot/Emulation/#method-setVirtualTimePolicy). Afterwards its time stands still, and with it
 * that of its process: only a page in another process goes on, and only once the DevTools session that asked for it is gone.
 */
export class PageClock {
  private sessionId: string | undefined;
  private ended: () => void = () => undefined;

  constructor(
    private readonly client: CdpClient,
    private readonly targetId: string,
    private readonly ties: OutsideTies,
  ) {
    client.on('Emulation.virtualTimeBudgetExpired', (_params, from) => {
      if (from === this.sessionId) this.ended();
    });
  }

  /** Whether the time of the page stands still. */
  get isHeld(): boolean {
    return this.sessionId !== undefined;
  }

  /** The page is about to be left: whatever process shows the next one is on our time. */
  async release(): Promise<void> {
    const { sessionId } = this;
    this.sessionId = undefined;
    if (sessionId !== undefined) await this.client.send('Target.detachFromTarget', { sessionId });
  }

  /**
   * Lets so many ms pass for the page. What is not driven by its timers takes its real time: when it asked its server, or something runs on
   * although all timers stand still (drawing frame by frame), the same time passes once more at the pace of ours.
   * @param forwardAnimations which go by frames and not by timers; what waits for their end may set timers
   */
  async forward(ms: number, forwardAnimations: () => Promise<unknown>): Promise<void> {
    await this.take();
    const requests = this.ties.requests;
    await forwardAnimations();
    await pause(FRAMES_MS);
    await this.grant(ms);
    let isRunning = await this.runsOn();
    // What was late may have set timers of its own; whoever draws frame by frame runs on after that, too.
    if (isRunning) {
      await this.grant(ms);
      isRunning = await this.runsOn();
    }
    if (isRunning || this.ties.any || this.ties.requests > requests) await this.keepPace(ms);
  }

  private async runsOn(): Promise<boolean> {
    const before = await this.scriptSeconds();
    await pause(FRAMES_MS);
    return (await this.scriptSeconds()) > before;
  }

  /** Lets so many ms pass for the page whose time is given out, as they pass here. */
  async keepPace(ms: number): Promise<void> {
    const startedAt = Date.now();
    for (let given = 0; given < ms;) {
      await pause(PACE_MS);
      const due = Math.min(ms, Date.now() - startedAt);
      await this.grant(due - given);
      given = due;
    }
  }

  private async take(): Promise<void> {
    if (this.sessionId !== undefined) return;
    const { targetId } = this;
    const { sessionId } = await this.client.send<{ sessionId: string }>('Target.attachToTarget', {
      ...{ targetId, flatten: true },
    });
    this.sessionId = sessionId;
    await this.send('Performance.enable');
  }

  private send<T = Record<string, unknown>>(method: string, params: object = {}): Promise<T> {
    return this.client.send<T>(method, params, this.sessionId);
  }

  /** Resolves when the page's time has come so far, or when ours has. */
  private async grant(ms: number): Promise<void> {
    const budget = Math.max(1, Math.round(ms));
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      this.ended = resolve;
      timer = setTimeout(resolve, budget + FRAMES_MS);
    });
    try {
      await this.send('Emulation.setVirtualTimePolicy', {
        policy: 'advance',
        budget,
        maxVirtualTimeTaskStarvationCount: MOST_TASKS,
      });
      await over;
    } finally {
      clearTimeout(timer);
    }
  }

  private async scriptSeconds(): Promise<number> {
    const { metrics } = await this.send<{ metrics: { name: string; value: number }[] }>(
      'Performance.getMetrics',
    );
    return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0;
  }
}
