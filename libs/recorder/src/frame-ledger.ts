/** Chromium draws at 60 Hz without a display. */
const DEFAULT_REFRESH_MS = 1000 / 60;
/** An acknowledgement needs about this long to reach Chromium; a generous allowance counts rather too many frames as lost. */
const ACK_TRAVEL_MS = 8;

/**
 * Counts frames captured and lost.
 *
 * Chromium stamps every screencast frame with its swap time, on the grid of the display refresh, and skips a frame only while
 * `maxFramesInFlight` frames are unacknowledged. So: a refresh between two captured frames counts as lost when, at that moment, as many
 * frames as allowed were between their swap and our acknowledgement. A refresh without a frame while fewer were in flight is a refresh at
 * which the page presented nothing new (still, or late by itself), and is no loss. `presented = captured + lost`. Frames that the
 * recorder had to drop itself (`dropped`) count as lost too.
 */
export class FrameLedger {
  captured = 0;
  lost = 0;
  private readonly inFlight: { swapMs: number; ackedMs: number }[] = [];
  private lastSwapMs: number | null = null;

  constructor(
    private readonly maxFramesInFlight: number,
    private readonly refreshMs = DEFAULT_REFRESH_MS,
  ) {}

  get presented(): number {
    return this.captured + this.lost;
  }

  /** A frame swapped at `swapMs` arrived, and was acknowledged, at `arrivedMs` (both Unix epoch). */
  frame(swapMs: number, arrivedMs: number): void {
    this.captured += 1;
    if (this.lastSwapMs !== null) this.lost += this.missedBetween(this.lastSwapMs, swapMs);
    this.inFlight.push({ swapMs, ackedMs: Math.max(arrivedMs, swapMs) + ACK_TRAVEL_MS });
    this.lastSwapMs = swapMs;
  }

  /** The recorder could not keep a frame that arrived. */
  dropped(): void {
    this.captured -= 1;
    this.lost += 1;
  }

  /** So many frames were left out before they came here: too late for their place, or too many for a slow recorder. */
  missed(frames: number): void {
    this.lost += frames;
  }

  /** A new stream of frames begins: what lies between is a gap, told elsewhere. */
  restart(): void {
    this.lastSwapMs = null;
    this.inFlight.length = 0;
  }

  private missedBetween(fromMs: number, toMs: number): number {
    // A frame that was acknowledged before this hole cannot have been in flight in any later one.
    while (this.inFlight[0] !== undefined && this.inFlight[0].ackedMs < fromMs) this.inFlight.shift();
    const refreshes = Math.round((toMs - fromMs) / this.refreshMs) - 1;
    let missed = 0;
    for (let n = 1; n <= refreshes; n += 1) {
      const at = fromMs + n * this.refreshMs;
      const unacknowledged = this.inFlight.filter((frame) => frame.swapMs < at && frame.ackedMs > at).length;
      if (unacknowledged >= this.maxFramesInFlight) missed += 1;
      else if (unacknowledged === 0) break;
    }
    return missed;
  }
}
