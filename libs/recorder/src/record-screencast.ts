import { setTimeout as delay } from 'node:timers/promises';
import { AppError, SessionLostError, type FrameSize } from '@showrunner/contracts';
import { FrameLedger } from './frame-ledger';
import { FrameOrder } from './frame-order';
import { ScreencastStream, type ScreencastFrame } from './screencast-stream';

/** Where frames go. Both are called in order of time; a throwing sink ends the recording with that error. */
export interface FrameSink {
  /** `atMs`: Unix epoch. Returns false when the frame could not be kept (it then counts as lost). */
  frame(atMs: number, jpeg: Buffer): boolean;
  /** No recorder was attached from `fromMs` to `toMs` (Unix epoch). */
  gap(fromMs: number, toMs: number, reason: string): void;
  /** So many more frames were presented and not kept. */
  lost(frames: number): void;
}

export interface RecordScreencastOptions {
  /** Browser endpoint of the session's relay. */
  cdpUrl: string;
  size: FrameSize;
  sink: FrameSink;
  /** Aborting it is how a recording ends. */
  signal: AbortSignal;
  /** JPEG quality, 0 to 100. 90 is visually lossless for text and costs no frames; pixels do, quality does not. */
  quality?: number;
  /** How many frames may be on their way; Chromium skips frames beyond. A second's worth rides out a busy machine. */
  maxFramesInFlight?: number;
  /** How long a lost session may take to come back. */
  reconnectMs?: number;
  /** How long the session may take to appear at all. */
  connectMs?: number;
}

export interface ScreencastReport {
  framesPresented: number;
  framesCaptured: number;
  framesLost: number;
  endedBy: 'signal' | 'sessionLost';
  /** Unix epoch in ms at which filming ended: the last frame is held until then. */
  endedAtMs: number;
}

const RETRY_MS = 100;

/**
 * Films a session's page until `signal` aborts or the session is gone for `reconnectMs`. Frames carry Chromium's swap time as their clock.
 * A still page sends no frames, which is no gap. See `FrameLedger` for how lost frames are counted.
 * @throws SessionLostError when the session cannot be reached within `connectMs`, and whatever `sink` throws
 */
export async function recordScreencast(options: RecordScreencastOptions): Promise<ScreencastReport> {
  return new Recording(options).run();
}

class Recording {
  private readonly ledger: FrameLedger;
  private readonly maxFramesInFlight: number;
  private readonly order = new FrameOrder(
    (frame) => this.keep(frame),
    () => this.ledger.tooLate(),
  );
  private lostSinceMs: number | null = null;
  private lostBecause = '';
  private lossesTold = 0;
  private sinkError: Error | null = null;
  private endSinkFailed: () => void = () => undefined;
  private readonly sinkFailed = new Promise<void>((resolve) => {
    this.endSinkFailed = resolve;
  });

  constructor(private readonly options: RecordScreencastOptions) {
    this.maxFramesInFlight = options.maxFramesInFlight ?? 60;
    this.ledger = new FrameLedger(this.maxFramesInFlight);
  }

  async run(): Promise<ScreencastReport> {
    const { signal, reconnectMs = 3000, connectMs = 10_000 } = this.options;
    const aborted = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
    let stream = await this.connectWithin(connectMs);
    if (stream === null && !signal.aborted) throw new SessionLostError('The browser to film did not appear.');
    while (stream !== null && !signal.aborted && this.sinkError === null) {
      await Promise.race([stream.closed, aborted, this.sinkFailed]);
      if (signal.aborted || this.sinkError !== null) break;
      this.interrupted('the browser connection was lost');
      stream = await this.connectWithin(reconnectMs);
    }
    const endedAtMs = Date.now();
    await stream?.stop();
    this.order.flush();
    this.tellLosses();
    if (this.sinkError !== null) throw this.sinkError;
    return {
      framesPresented: this.ledger.presented,
      framesCaptured: this.ledger.captured,
      framesLost: this.ledger.lost,
      endedBy: signal.aborted ? 'signal' : 'sessionLost',
      endedAtMs: signal.aborted ? endedAtMs : (this.lostSinceMs ?? endedAtMs),
    };
  }

  /** null when nothing answered in time or the recording was ended meanwhile. */
  private async connectWithin(withinMs: number): Promise<ScreencastStream | null> {
    const until = Date.now() + withinMs;
    while (!this.options.signal.aborted) {
      try {
        return await ScreencastStream.open({
          cdpUrl: this.options.cdpUrl,
          size: this.options.size,
          quality: this.options.quality ?? 90,
          maxFramesInFlight: this.maxFramesInFlight,
          onFrame: (frame) => this.order.add(frame),
          onPageLost: (lost) => (lost ? this.interrupted('the page was closed') : undefined),
        });
      } catch {
        // The reason does not matter: either the session answers in time or it counts as lost.
        if (Date.now() + RETRY_MS > until) return null;
        await delay(RETRY_MS, undefined, { signal: this.options.signal }).catch(() => undefined);
      }
    }
    return null;
  }

  private interrupted(reason: string): void {
    this.order.flush();
    if (this.lostSinceMs !== null) return;
    this.lostSinceMs = Date.now();
    this.lostBecause = reason;
    this.ledger.restart();
  }

  private tellLosses(): void {
    const more = this.ledger.lost - this.lossesTold;
    this.lossesTold = this.ledger.lost;
    if (more > 0) this.options.sink.lost(more);
  }

  private keep({ swapMs, arrivedMs, jpeg }: ScreencastFrame): void {
    try {
      if (this.lostSinceMs !== null) {
        // The gap ends with the first frame: only then is there a picture again.
        this.options.sink.gap(this.lostSinceMs, Math.max(swapMs, this.lostSinceMs), this.lostBecause);
        this.lostSinceMs = null;
      }
      this.ledger.frame(swapMs, arrivedMs);
      if (!this.options.sink.frame(swapMs, jpeg)) this.ledger.dropped();
      this.tellLosses();
    } catch (error) {
      this.sinkError ??= error instanceof Error ? error : new AppError('sink_failed', String(error));
      this.endSinkFailed();
    }
  }
}
