import type { Readable, Writable } from 'node:stream';
import { SessionLostError } from '@showrunner/contracts';

/** One DevTools client among several on Chromium's pipe. It speaks plain CDP as if it were alone on a browser connection. */
export interface MultiplexedClient {
  /** Sends one CDP message (JSON text) in this client's own numbering. */
  send(message: string): void;
  onMessage(listener: (message: string) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

interface ClientState {
  root: string | null;
  waiting: string[];
  sessions: Set<string>;
  messages: ((message: string) => void)[];
  closes: (() => void)[];
}

const PARSE_LIMIT = 65_536;

/**
 * Chromium's `--remote-debugging-pipe` serves one client and, unlike its port, cannot be reached by the page. This shares it: each client
 * gets a browser-level session of its own (`Target.attachToBrowserTarget`), ids are renumbered, and events go to the client whose
 * session they belong to.
 */
export class PipeMultiplexer {
  private readonly pending = new Map<
    number,
    { client: ClientState; id: number; method: string } | ((result: unknown) => void)
  >();
  private readonly owners = new Map<string, ClientState>();
  private readonly clients = new Set<ClientState>();
  private nextId = 1;
  private buffered: Buffer[] = [];
  private closed = false;

  constructor(
    private readonly input: Writable,
    output: Readable,
  ) {
    output.on('data', (chunk: Buffer) => this.read(chunk));
    output.on('close', () => this.end());
    output.on('error', () => this.end());
    input.on('error', () => this.end());
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Resolves when Chromium answers at all. */
  async ready(): Promise<void> {
    await this.command('Browser.getVersion', {});
  }

  connect(): MultiplexedClient {
    const state: ClientState = { root: null, waiting: [], sessions: new Set(), messages: [], closes: [] };
    this.clients.add(state);
    void this.attach(state);
    return {
      send: (message) => this.forward(state, message),
      onMessage: (listener) => state.messages.push(listener),
      onClose: (listener) => state.closes.push(listener),
      close: () => this.drop(state),
    };
  }

  /** Tells every client that the browser is gone. Called when the pipe ends. */
  end(): void {
    if (this.closed) return;
    this.closed = true;
    for (const client of [...this.clients]) this.drop(client);
    for (const waiter of this.pending.values()) if (typeof waiter === 'function') waiter(undefined);
    this.pending.clear();
  }

  private async attach(state: ClientState): Promise<void> {
    const result = (await this.command('Target.attachToBrowserTarget', {})) as
      { sessionId?: string } | undefined;
    if (!result?.sessionId) return this.drop(state);
    state.root = result.sessionId;
    this.own(state, result.sessionId);
    for (const message of state.waiting.splice(0)) this.forward(state, message);
  }

  private own(state: ClientState, sessionId: string): void {
    state.sessions.add(sessionId);
    this.owners.set(sessionId, state);
  }

  private command(method: string, params: object): Promise<unknown> {
    if (this.closed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const id = this.nextId++;
      this.pending.set(id, resolve);
      this.write(JSON.stringify({ id, method, params }));
    });
  }

  private write(message: string): void {
    if (!this.closed) this.input.write(`${message}\0`);
  }

  private forward(state: ClientState, text: string): void {
    if (!this.clients.has(state)) return;
    if (state.root === null) {
      state.waiting.push(text);
      return;
    }
    const message = JSON.parse(text) as { id: number; method: string; sessionId?: string };
    const id = this.nextId++;
    this.pending.set(id, { client: state, id: message.id, method: message.method });
    this.write(JSON.stringify({ ...message, id, sessionId: message.sessionId ?? state.root }));
  }

  private read(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      this.buffered.push(chunk.subarray(start, end));
      const text = Buffer.concat(this.buffered).toString('utf8');
      this.buffered = [];
      start = end + 1;
      this.dispatch(text);
    }
    if (start < chunk.length) this.buffered.push(chunk.subarray(start));
  }

  private dispatch(text: string): void {
    const id = /^\{"id":(\d+)[,}]/.exec(text)?.[1];
    if (id !== undefined) this.answer(Number(id), text);
    else this.event(text);
  }

  private answer(id: number, text: string): void {
    const waiter = this.pending.get(id);
    this.pending.delete(id);
    if (waiter === undefined) return;
    if (typeof waiter === 'function') return waiter((JSON.parse(text) as { result?: unknown }).result);
    const rest = text.slice(text.indexOf(':') + 1 + String(id).length);
    this.deliver(waiter.client, `{"id":${waiter.id}${rest}`);
  }

  private event(text: string): void {
    const sessionId = sessionOf(text);
    const client = sessionId === undefined ? undefined : this.owners.get(sessionId);
    if (client === undefined || sessionId === undefined) return;
    if (text.startsWith('{"method":"Target.attachedToTarget"') && text.length < PARSE_LIMIT) {
      this.own(client, (JSON.parse(text) as { params: { sessionId: string } }).params.sessionId);
    }
    if (text.startsWith('{"method":"Target.detachedFromTarget"')) {
      const gone = (JSON.parse(text) as { params: { sessionId: string } }).params.sessionId;
      client.sessions.delete(gone);
      this.owners.delete(gone);
    }
    this.deliver(client, text);
  }

  private deliver(client: ClientState, text: string): void {
    const own = client.root === null ? text : text.replace(`,"sessionId":"${client.root}"}`, '}');
    for (const listener of client.messages) listener(own);
  }

  private drop(state: ClientState): void {
    if (!this.clients.delete(state)) return;
    for (const sessionId of state.sessions) this.owners.delete(sessionId);
    for (const [id, waiter] of this.pending)
      if (typeof waiter !== 'function' && waiter.client === state) this.pending.delete(id);
    if (state.root !== null && !this.closed)
      void this.command('Target.detachFromTarget', { sessionId: state.root });
    for (const listener of state.closes) listener();
  }
}

/** Chromium writes the session last in events and answers; large messages (frames) are not parsed for it. */
const sessionOf = (text: string): string | undefined =>
  /"sessionId":"([^"]+)"\}$/.exec(text.slice(-120))?.[1];

/** The error of a call on a browser that is gone. */
export const browserGone = (): SessionLostError =>
  new SessionLostError('The browser of this session ended.', {
    remedy: 'Open a new session; the film goes on from the interrupted feature.',
  });
