import type { Frame, FrameMessage, FrameNotice } from '@showrunner/contracts';

/** What one consumer has not taken yet. */
export class FrameSubscription {
  private queue: FrameMessage[] = [];
  private queuedBytes = 0;
  /** The newest of the frames that found no room: shown when the page then stands still. */
  private overflow: Frame | undefined;
  private lost = 0;
  private ended = false;
  private wake: () => void = () => undefined;

  /** @param maxQueuedBytes frames beyond are left out and counted; one always waits, so that 0 is "only what is newest" */
  constructor(
    private readonly maxQueuedBytes: number,
    private readonly onClose: (subscription: FrameSubscription) => void,
  ) {}

  /** The next message; undefined when there is none any more. For one reader. */
  async next(): Promise<FrameMessage | undefined> {
    for (;;) {
      if (this.queue.length === 0 && this.overflow !== undefined) {
        const frame = this.overflow;
        this.overflow = undefined;
        this.accept(frame);
      }
      const message = this.queue.shift();
      if (message !== undefined) {
        if (message.kind === 'frame') this.queuedBytes -= message.frame.jpeg.byteLength;
        return message;
      }
      if (this.ended) return undefined;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  frame(frame: Frame): void {
    if (this.ended) return;
    const full = this.queuedBytes > 0 && this.queuedBytes + frame.jpeg.byteLength > this.maxQueuedBytes;
    if (full) {
      this.giveUpOverflow();
      this.overflow = frame;
      return;
    }
    // One that is newer takes its place.
    this.giveUpOverflow();
    this.accept(frame);
  }

  notice(notice: FrameNotice): void {
    if (this.ended) return;
    if (notice.kind === 'lost') this.lost += notice.frames;
    else {
      this.giveUpOverflow();
      this.tellLosses();
      this.queue.push(notice);
    }
    this.wake();
  }

  /** Nothing follows; what waits can still be taken. */
  end(): void {
    if (this.ended) return;
    this.giveUpOverflow();
    this.tellLosses();
    this.ended = true;
    this.onClose(this);
    this.wake();
  }

  /** The consumer has gone. */
  close(): void {
    this.end();
    this.queue = [];
    this.queuedBytes = 0;
  }

  private accept(frame: Frame): void {
    this.tellLosses();
    this.queue.push({ kind: 'frame', frame });
    this.queuedBytes += frame.jpeg.byteLength;
    this.wake();
  }

  private giveUpOverflow(): void {
    if (this.overflow !== undefined) this.lost += 1;
    this.overflow = undefined;
  }

  private tellLosses(): void {
    if (this.lost > 0) this.queue.push({ kind: 'lost', frames: this.lost });
    this.lost = 0;
  }
}

/**
 * Hands the frames of one page to any number of consumers. Each has a queue of its own, with a limit of its own: one that is slow loses
 * frames, is told how many, and has the newest picture when it comes to read again; nobody else notices.
 */
export class FrameFanOut {
  private readonly subscriptions = new Set<FrameSubscription>();
  private latest: Frame | undefined;

  /** @param onIdle called when the last consumer has gone */
  constructor(private readonly onIdle: () => void) {}

  get isIdle(): boolean {
    return this.subscriptions.size === 0;
  }

  /** The picture as it stands, if somebody has been looking. */
  get picture(): Frame | undefined {
    return this.latest;
  }

  subscribe(maxQueuedBytes: number, onClose: () => void = () => undefined): FrameSubscription {
    const subscription = new FrameSubscription(maxQueuedBytes, (one) => {
      this.subscriptions.delete(one);
      onClose();
      if (!this.isIdle) return;
      this.latest = undefined;
      this.onIdle();
    });
    this.subscriptions.add(subscription);
    return subscription;
  }

  frame(frame: Frame): void {
    if (this.isIdle) return;
    this.latest = frame;
    for (const subscription of this.subscriptions) subscription.frame(frame);
  }

  notice(notice: FrameNotice): void {
    if (notice.kind === 'interrupted') this.latest = undefined;
    for (const subscription of this.subscriptions) subscription.notice(notice);
  }

  end(): void {
    for (const subscription of [...this.subscriptions]) subscription.end();
  }
}
