import { afterProgress, NOT_BEGUN, progressOf, TERMINAL_RUN_STATES } from '@showrunner/contracts';
import type {
  EtaBasis,
  RunLogLines,
  RunProgress,
  RunState,
  ShowrunnerEvent,
  UsualTimes,
} from '@showrunner/contracts';
import type { BuildLogTail } from './build-log-tail';

/** A message to who follows a run. `id` is what the next connection goes on after. */
export interface RunMessage {
  id?: string;
  message: ShowrunnerEvent | RunProgress | RunLogLines;
}

export interface RunSources {
  runId: string;
  /** Id of the newest event that there is: how far it is can be told from there on. */
  newest: bigint;
  /** Events of the run from its beginning. */
  events: (signal: AbortSignal) => AsyncIterable<ShowrunnerEvent>;
  usual: () => Promise<{ times: UsualTimes; basis: EtaBasis | null }>;
  /** Steps of its plan; undefined before it has one. */
  plannedSteps: () => Promise<number | undefined>;
  /** Where the log of install and app is wanted too. */
  log?: { tail: BuildLogTail; buildId: () => Promise<string | null> };
  onNote: (error: unknown) => void;
}

const TICK_MS = 1_000;
const FIRST_TICK_MS = 150;

/**
 * Follows one run for one reader: its events after an id, and between them how far it is, once a second where that changed. Messages without
 * an id tell the moment, and are not repeated.
 */
export class RunStream {
  private facts = NOT_BEGUN;
  private usual: { times: UsualTimes; basis: EtaBasis | null } = { times: {}, basis: null };
  private plannedSteps: number | undefined;
  private seen = 0n;
  private told = '';
  private eventId: string;
  private isTicking = false;

  /** @param send resolves when the reader can take more */
  constructor(
    private readonly sources: RunSources,
    private readonly afterId: string,
    private readonly send: (message: RunMessage) => Promise<void>,
  ) {
    this.eventId = afterId;
  }

  /** Resolves after the event of the run's last state, or when the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    const until = AbortSignal.any([signal, ended.signal]);
    const ticking = this.tickUntil(until);
    try {
      this.usual = await this.sources.usual();
      for await (const event of this.sources.events(signal)) {
        this.facts = afterProgress(this.facts, event);
        this.seen = BigInt(event.id);
        const isLast = isEnd(event);
        if (this.seen <= BigInt(this.afterId)) continue;
        this.eventId = event.id;
        if (isLast) {
          await this.tellLog();
          await this.tellProgress();
        }
        await this.send({ id: this.place(), message: event });
        if (isLast) break;
      }
    } finally {
      ended.abort();
      await ticking;
    }
  }

  private async tickUntil(signal: AbortSignal): Promise<void> {
    await pause(FIRST_TICK_MS, signal);
    while (!signal.aborted) {
      try {
        if (this.seen >= this.sources.newest) {
          await this.tellLog();
          await this.tellProgress();
        }
      } catch (error) {
        // A store that is away for a while delays what is told.
        this.sources.onNote(error);
      }
      await pause(TICK_MS, signal);
    }
  }

  private async tellProgress(): Promise<void> {
    const { runId } = this.sources;
    if (this.facts.state === 'filming') this.plannedSteps ??= await this.sources.plannedSteps();
    const at = { nowMs: Date.now(), plannedSteps: this.plannedSteps };
    const { share, etaMs } = progressOf(this.facts, this.usual.times, at);
    const progress: RunProgress = {
      ...{ type: 'PROGRESS', runId, stage: this.facts.state, share: Math.round(share * 1000) / 1000 },
      ...{ etaMs: etaMs === null ? null : Math.round(etaMs / 1000) * 1000, basis: this.usual.basis },
    };
    const text = JSON.stringify(progress);
    if (text === this.told) return;
    this.told = text;
    await this.send({ message: progress });
  }

  private async tellLog(): Promise<void> {
    const { log, runId } = this.sources;
    if (log === undefined || this.isTicking) return;
    this.isTicking = true;
    try {
      const buildId = await log.buildId();
      const lines = buildId === null ? [] : await log.tail.next(buildId);
      if (lines.length > 0) await this.send({ id: this.place(), message: { type: 'LOG', runId, lines } });
    } finally {
      this.isTicking = false;
    }
  }

  /** `<event>`, and with a log `<event>.<bytes of it>`. */
  private place(): string {
    const { log } = this.sources;
    return log === undefined ? this.eventId : `${this.eventId}.${log.tail.place}`;
  }
}

export function isEnd({ type, data }: Pick<ShowrunnerEvent, 'type' | 'data'>): boolean {
  return type === 'RUN_STATE' && TERMINAL_RUN_STATES.includes(data['state'] as RunState);
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
