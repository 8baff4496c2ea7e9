import type { BrowserSession } from '@showrunner/browser';
import { SessionLostError } from '@showrunner/contracts';

interface Entry {
  session: Promise<BrowserSession>;
  sandboxId: string;
  lastUsedAt: number;
  /** How long it may stand unused. */
  idleMs: number;
  /** Calls under way; a session in use is never idle. */
  busy: number;
}

export interface SessionRegistryOptions {
  /** A session that nobody used for this long is closed: its run is gone. */
  idleMs?: number;
  onNote?: (sessionId: string, note: string) => void;
}

const IDLE_MS = 3 * 60_000;

/** The browser sessions that this process holds. They die with the process; those of runs that ended without closing them, after a while. */
export class SessionRegistry {
  private readonly entries = new Map<string, Entry>();
  private readonly timer: NodeJS.Timeout;
  private readonly idleMs: number;

  constructor(private readonly options: SessionRegistryOptions = {}) {
    this.idleMs = options.idleMs ?? IDLE_MS;
    this.timer = setInterval(() => this.closeIdle(), Math.min(this.idleMs / 3, 15_000));
    this.timer.unref();
  }

  get ids(): string[] {
    return [...this.entries.keys()];
  }

  /** The live session of this id, or the one that `open` makes; two callers at once get the same. */
  async adopt(
    sessionId: string,
    sandboxId: string,
    open: () => Promise<BrowserSession>,
    idleMs = this.idleMs,
  ): Promise<BrowserSession> {
    const held = this.entries.get(sessionId);
    if (held !== undefined) {
      const session = await held.session.catch(() => undefined);
      if (session !== undefined && !session.isLost) {
        held.lastUsedAt = Date.now();
        return session;
      }
      this.forget(sessionId, held);
      return this.adopt(sessionId, sandboxId, open, idleMs);
    }
    const entry: Entry = { session: open(), sandboxId, lastUsedAt: Date.now(), idleMs, busy: 1 };
    this.entries.set(sessionId, entry);
    try {
      const session = await entry.session;
      entry.busy -= 1;
      entry.lastUsedAt = Date.now();
      void session.ended.then(() => this.forget(sessionId, entry));
      return session;
    } catch (error) {
      this.forget(sessionId, entry);
      throw error;
    }
  }

  /** Works with a session, given with the sandbox that its app runs in. Throws SessionLostError when this process does not hold it. */
  async use<T>(
    sessionId: string,
    work: (session: BrowserSession, sandboxId: string) => Promise<T>,
  ): Promise<T> {
    const entry = this.entries.get(sessionId);
    if (entry === undefined) throw notHeld(sessionId);
    entry.busy += 1;
    try {
      return await work(await entry.session, entry.sandboxId);
    } finally {
      entry.busy -= 1;
      entry.lastUsedAt = Date.now();
    }
  }

  /** A session to look at, which does not count as use. Throws SessionLostError when this process does not hold it. */
  look(sessionId: string): Promise<BrowserSession> {
    const entry = this.entries.get(sessionId);
    return entry === undefined ? Promise.reject(notHeld(sessionId)) : entry.session;
  }

  /** Ends a session; succeeds when there is none. */
  async close(sessionId: string): Promise<void> {
    const entry = this.entries.get(sessionId);
    if (entry === undefined) return;
    this.forget(sessionId, entry);
    // One that never opened has nothing to close.
    const session = await entry.session.catch(() => undefined);
    if (session === undefined) return;
    for (const note of session.notes) this.options.onNote?.(sessionId, note);
    await session.close();
  }

  /** Ends all sessions; the worker calls it when it stops. */
  async closeAll(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.ids.map((id) => this.close(id)));
  }

  private closeIdle(): void {
    for (const [id, entry] of this.entries) {
      if (entry.busy > 0 || entry.lastUsedAt > Date.now() - entry.idleMs) continue;
      this.options.onNote?.(id, 'The session was idle for too long and was closed.');
      this.close(id).catch((error: unknown) =>
        this.options.onNote?.(id, `The session could not be closed: ${String(error)}`),
      );
    }
  }

  private forget(sessionId: string, entry: Entry): void {
    if (this.entries.get(sessionId) === entry) this.entries.delete(sessionId);
  }
}

const notHeld = (sessionId: string): SessionLostError =>
  new SessionLostError(`This worker holds no session "${sessionId}".`, {
    remedy: 'The film goes on in a new session.',
  });
