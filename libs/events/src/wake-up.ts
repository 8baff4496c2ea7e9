/** A bell: `ring` ends the wait that is going on, or the next one. */
export class WakeUp {
  private rung = false;
  private end: (() => void) | undefined;

  ring(): void {
    this.rung = true;
    this.end?.();
  }

  /** Resolves at the next ring (or one since the last wait), after `timeoutMs`, or when the signal aborts. */
  async wait(timeoutMs: number | undefined, signal: AbortSignal): Promise<void> {
    if (!this.rung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = timeoutMs === undefined ? undefined : setTimeout(resolve, timeoutMs);
        this.end = () => {
          clearTimeout(timer);
          resolve();
        };
        signal.addEventListener('abort', this.end, { once: true });
      });
      if (this.end) signal.removeEventListener('abort', this.end);
      this.end = undefined;
    }
    this.rung = false;
  }
}
