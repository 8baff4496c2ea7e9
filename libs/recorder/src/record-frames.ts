import { setTimeout as delay } from 'node:timers/promises';
import { AppError, SessionLostError, type Box, type Frame, type FrameMessage } from '@showrunner/contracts';
import { FrameLedger } from './frame-ledger';

/** Where frames go. All are called in order of time; a throwing sink ends the recording with that error. */
export interface FrameSink {
  /** Zero of the take's clock, Unix epoch in ms: before the first frame, and again with every connection. */
  clock(startedAtMs: number): void;
  /** `atMs`: Unix epoch. Returns false when the frame could not be kept (it then counts as lost). */
  frame(atMs: number, jpeg: Uint8Array): boolean;
  /** There was no picture from `fromMs` to `toMs` (Unix epoch). */
  gap(fromMs: number, toMs: number, reason: string): void;
  /** From `atMs` (Unix epoch) on these places are covered, and no others; told again with every connection. */
  covered?(atMs: number, boxes: readonly Box[]): void;
  /** So many more frames were presented and not kept. */
  lost(frames: number): void;
}

/** A stream of a session's frames. */
export interface FrameConnection {
  /** Resolves when nothing more comes, for whatever reason. */
  readonly closed: Promise<void>;
  close(): void;
}

export interface RecordFramesOptions {
  /**
   * Connects with the session. Throws SessionLostError when there is no such session any more; any other failure is tried again for a
   * while.
   */
  connect: (onMessage: (message: FrameMessage) => void) => Promise<FrameConnection>;
  sink: FrameSink;
  /** Aborting it ends the recording at once: a kill. A recording that goes well ends because the session says so. */
  signal: AbortSignal;
  /** As many as Chromium lets be on their way, see `FrameLedger`. */
  maxFramesInFlight?: number;
  /** How long a lost connection may take to come back. */
  reconnectMs?: number;
  /** How long the session may take to appear at all. */
  connectMs?: number;
}

export interface RecordingReport {
  framesPresented: number;
  framesCaptured: number;
  framesLost: number;
  /** `told`: the session said that the recording is over; `abort`: the signal; `sessionLost`: nobody answers any more. */
  endedBy: 'told' | 'abort' | 'sessionLost';
  /** Unix epoch in ms at which filming ended, on the clock of the session: the last frame is held until then. */
  endedAtMs: number;
}

const RETRY_MS = 100;

/**
 * Records a session's frames until the session ends the recording, `signal` aborts or the session is gone for `reconnectMs`. Frames carry
 * Chromium's swap time as their clock. A still page sends no frames, which is no gap. See `FrameLedger` for how lost frames are counted.
 * @throws SessionLostError when there is no such session; why `connect` failed when that did not succeed within `connectMs`; whatever
 * `sink` throws
 */
export async function recordFrames(options: RecordFramesOptions): Promise<RecordingReport> {
  return new Recording(options).run();
}

class Recording {
  private readonly ledger: FrameLedger;
  private interruption: { sinceMs: number; reason: string } | null = null;
  private lossesTold = 0;
  private endedAtMs: number | null = null;
  /** How far the clock of the session is ahead of ours, ms: by the frame that was the least time on its way. */
  private aheadMs: number | null = null;
  private sinkError: Error | null = null;
  private unreachable: Error | null = null;
  private finish: () => void = () => undefined;
  private readonly finished = new Promise<void>((resolve) => (this.finish = resolve));

  constructor(private readonly options: RecordFramesOptions) {
    this.ledger = new FrameLedger(options.maxFramesInFlight ?? 60);
    const { signal } = options;
    if (signal.aborted) this.finish();
    else signal.addEventListener('abort', () => this.finish(), { once: true });
  }

  async run(): Promise<RecordingReport> {
    const { signal, reconnectMs = 3000, connectMs = 10_000 } = this.options;
    let connection = await this.connectWithin(connectMs);
    if (connection === null && !this.isOver)
      throw this.unreachable ?? new SessionLostError('The browser to film did not appear.');
    while (connection !== null && !this.isOver) {
      await Promise.race([connection.closed, this.finished]);
      if (this.isOver) break;
      this.interrupted(this.sessionNow(), 'the browser connection was lost');
      connection = await this.connectWithin(reconnectMs);
    }
    connection?.close();
    this.tellLosses();
    if (this.sinkError !== null) throw this.sinkError;
    return {
      framesPresented: this.ledger.presented,
      framesCaptured: this.ledger.captured,
      framesLost: this.ledger.lost,
      ...this.end(signal.aborted),
    };
  }

  private end(aborted: boolean): Pick<RecordingReport, 'endedBy' | 'endedAtMs'> {
    if (this.endedAtMs !== null) return { endedBy: 'told', endedAtMs: this.endedAtMs };
    if (aborted) return { endedBy: 'abort', endedAtMs: this.sessionNow() };
    return { endedBy: 'sessionLost', endedAtMs: this.interruption?.sinceMs ?? this.sessionNow() };
  }

  private get isOver(): boolean {
    return this.options.signal.aborted || this.endedAtMs !== null || this.sinkError !== null;
  }

  private sessionNow(): number {
    return Date.now() + (this.aheadMs ?? 0);
  }

  /** null when nothing answered in time, the session is gone, or the recording was ended meanwhile. */
  private async connectWithin(withinMs: number): Promise<FrameConnection | null> {
    const until = Date.now() + withinMs;
    while (!this.isOver) {
      try {
        return await this.options.connect((message) => this.receive(message));
      } catch (error) {
        this.unreachable = error instanceof Error ? error : new AppError('frames_unreachable', String(error));
        if (error instanceof SessionLostError) return null;
        if (Date.now() + RETRY_MS > until) return null;
        await Promise.race([delay(RETRY_MS), this.finished]);
      }
    }
    return null;
  }

  private receive(message: FrameMessage): void {
    if (this.isOver) return;
    try {
      switch (message.kind) {
        case 'clock':
          return this.options.sink.clock(message.startedAtMs);
        case 'frame':
          return this.keep(message.frame);
        case 'lost':
          this.ledger.missed(message.frames);
          return this.tellLosses();
        case 'covered':
          return this.options.sink.covered?.(message.atMs, message.boxes);
        case 'interrupted':
          return this.interrupted(message.atMs, message.reason);
        case 'ended':
          this.endedAtMs = message.atMs;
          return this.finish();
      }
    } catch (error) {
      this.sinkError ??= error instanceof Error ? error : new AppError('sink_failed', String(error));
      this.finish();
    }
  }

  private interrupted(sinceMs: number, reason: string): void {
    this.interruption ??= { sinceMs, reason };
    this.ledger.restart();
  }

  private tellLosses(): void {
    const more = this.ledger.lost - this.lossesTold;
    this.lossesTold = this.ledger.lost;
    if (more > 0) this.options.sink.lost(more);
  }

  private keep({ swapMs, arrivedMs, jpeg }: Frame): void {
    const { sink } = this.options;
    this.aheadMs = Math.max(this.aheadMs ?? Number.NEGATIVE_INFINITY, arrivedMs - Date.now());
    if (this.interruption !== null) {
      // The gap ends with the first frame: only then is there a picture again.
      const { sinceMs, reason } = this.interruption;
      sink.gap(sinceMs, Math.max(swapMs, sinceMs), reason);
      this.interruption = null;
    }
    this.ledger.frame(swapMs, arrivedMs);
    if (!sink.frame(swapMs, jpeg)) this.ledger.dropped();
    this.tellLosses();
  }
}
