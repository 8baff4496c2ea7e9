import type { Frame } from '@showrunner/contracts';

/**
 * Puts frames in the order of their swap. Chromium encodes several frames side by side, so a small frame overtakes a big one. A frame
 * waits `holdMs` after its arrival; one that comes later than that is too late to be shown and goes to `tooLate`.
 */
export class FrameOrder {
  private waiting: Frame[] = [];
  private releasedMs = Number.NEGATIVE_INFINITY;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly release: (frame: Frame) => void,
    private readonly tooLate: (frame: Frame) => void,
    private readonly holdMs = 120,
  ) {}

  add(frame: Frame): void {
    if (frame.swapMs <= this.releasedMs) {
      this.tooLate(frame);
      return;
    }
    let at = this.waiting.length;
    while (at > 0 && (this.waiting[at - 1]?.swapMs ?? 0) > frame.swapMs) at -= 1;
    this.waiting.splice(at, 0, frame);
    this.releaseUntil(frame.arrivedMs - this.holdMs);
    // A page that falls still must not keep its last frames waiting.
    this.timer ??= setTimeout(() => this.tick(), this.holdMs);
  }

  /** Releases everything that waits. */
  flush(): void {
    this.releaseUntil(Number.POSITIVE_INFINITY);
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private tick(): void {
    this.timer = null;
    this.releaseUntil(Date.now() - this.holdMs);
    if (this.waiting.length > 0) this.timer = setTimeout(() => this.tick(), this.holdMs);
  }

  private releaseUntil(arrivedMs: number): void {
    for (
      let next = this.waiting[0];
      next !== undefined && next.arrivedMs <= arrivedMs;
      next = this.waiting[0]
    ) {
      this.waiting.shift();
      this.releasedMs = next.swapMs;
      this.release(next);
    }
  }
}
