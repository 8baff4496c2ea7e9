/** What can be told to bring no more for a while. */
export interface Pausable {
  pause(): unknown;
  resume(): unknown;
}

/**
 * Holds the source of a command's output back while its listener is busy with what it got: nothing more is read, so the pipe fills, and
 * the command waits. A listener that fails counts as done.
 */
export class Hold {
  private busy = 0;
  private released = false;
  private lastHeldAt = -Infinity;

  constructor(private readonly source: Pausable) {}

  /** @param answer of the listener: a promise holds the source back until it is settled */
  take(answer: unknown): void {
    if (!(answer instanceof Promise) || this.released) return;
    this.busy += 1;
    if (this.busy === 1) this.source.pause();
    const done = (): void => {
      this.busy -= 1;
      this.lastHeldAt = performance.now();
      if (this.busy === 0 && !this.released) this.source.resume();
    };
    answer.then(done, done);
  }

  /** The command is ended by force: from now on nobody waits for its listener. */
  release(): void {
    if (this.released) return;
    this.released = true;
    if (this.busy > 0) this.source.resume();
  }

  /** Whether the source was held back at any time since so long ago. */
  heldWithin(ms: number): boolean {
    if (this.released) return false;
    return this.busy > 0 || performance.now() - this.lastHeldAt < ms;
  }
}

/** One promise for the listeners that are busy with a piece of output; undefined when none is. One that fails counts as done. */
export const allTaken = (busy: readonly Promise<unknown>[]): Promise<void> | undefined =>
  busy.length === 0 ? undefined : Promise.allSettled(busy).then(() => undefined);
