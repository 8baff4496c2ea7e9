import type { BrowserSession } from '@showrunner/browser';

interface Held {
  /** undefined when it could not be opened: who needs it opens one himself, and meets the reason. */
  session: Promise<BrowserSession | undefined>;
  timer?: NodeJS.Timeout;
}

/** A stage follows the one before within some 100 ms; when none follows, the run has ended and its browsers must be gone. */
const HOLD_MS = 1200;

/**
 * Browsers that are opened while the stage before still works, which mostly waits for pages: the next stage then need not wait for its own.
 * Each belongs to the stage that prepares it until that is done, and then for a moment to nobody.
 */
export class PrewarmedSessions {
  private readonly held = new Map<string, Held>();

  constructor(
    private readonly onError: (error: unknown) => void = () => undefined,
    private readonly holdMs = HOLD_MS,
  ) {}

  /** Starts to open it, once. */
  prepare(key: string, open: () => Promise<BrowserSession>): void {
    if (this.held.has(key)) return;
    const session = open().catch((error: unknown) => {
      this.onError(error);
      return undefined;
    });
    this.held.set(key, { session });
  }

  /** Hands on a session that the stage itself no longer needs: whoever takes it within a moment has it, otherwise it is closed. */
  async handOff(key: string, session: BrowserSession): Promise<void> {
    await this.drop(key);
    this.held.set(key, { session: Promise.resolve(session) });
    this.release(key);
  }

  /** The stage that prepared it is done: if nobody takes it soon it is closed. */
  release(key: string): void {
    const held = this.held.get(key);
    if (held === undefined) return;
    clearTimeout(held.timer);
    held.timer = setTimeout(() => void this.drop(key).catch(this.onError), this.holdMs);
  }

  /** The prepared session, which is the caller's from now on; undefined when there is none that lives. */
  async take(key: string): Promise<BrowserSession | undefined> {
    const session = await this.remove(key);
    return session?.isLost === false ? session : undefined;
  }

  /** Ends it; succeeds when there is none. */
  async drop(key: string): Promise<void> {
    await (await this.remove(key))?.close();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.held.keys()].map((key) => this.drop(key)));
  }

  private remove(key: string): Promise<BrowserSession | undefined> {
    const held = this.held.get(key);
    this.held.delete(key);
    clearTimeout(held?.timer);
    return held?.session ?? Promise.resolve(undefined);
  }
}
