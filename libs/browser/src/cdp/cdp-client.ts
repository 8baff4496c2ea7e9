import { AppError } from '@showrunner/contracts';
import { browserGone, type MultiplexedClient } from './pipe-multiplexer';

interface Waiter {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
  method: string;
}
type EventListener = (params: Record<string, unknown>, sessionId: string | undefined) => void;

/** Commands and events of one DevTools client, as promises. Rejects with SessionLostError once the browser is gone, `cdp_error` otherwise. */
export class CdpClient {
  private readonly waiters = new Map<number, Waiter>();
  private readonly listeners = new Map<string, EventListener[]>();
  private nextId = 1;
  private gone = false;

  constructor(private readonly connection: MultiplexedClient) {
    connection.onMessage((text) => this.receive(text));
    connection.onClose(() => {
      this.gone = true;
      for (const waiter of this.waiters.values()) waiter.reject(browserGone());
      this.waiters.clear();
    });
  }

  send<T = Record<string, unknown>>(method: string, params: object = {}, sessionId?: string): Promise<T> {
    if (this.gone) return Promise.reject(browserGone());
    return new Promise<T>((resolve, reject) => {
      const id = this.nextId++;
      this.waiters.set(id, { resolve: resolve as (result: unknown) => void, reject, method });
      this.connection.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  /** Answers what ends the listening. */
  on(event: string, listener: EventListener): () => void {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
    return () => {
      const others = (this.listeners.get(event) ?? []).filter((one) => one !== listener);
      this.listeners.set(event, others);
    };
  }

  close(): void {
    this.connection.close();
  }

  private receive(text: string): void {
    const message = JSON.parse(text) as {
      id?: number;
      method?: string;
      params?: Record<string, unknown>;
      sessionId?: string;
      result?: unknown;
      error?: { message: string };
    };
    if (message.id !== undefined) {
      const waiter = this.waiters.get(message.id);
      this.waiters.delete(message.id);
      if (message.error)
        waiter?.reject(new AppError('cdp_error', `${waiter.method}: ${message.error.message}`));
      else waiter?.resolve(message.result);
      return;
    }
    for (const listener of this.listeners.get(message.method ?? '') ?? [])
      listener(message.params ?? {}, message.sessionId);
  }
}
