import { WebSocket, type RawData } from 'ws';
import { AppError } from '@showrunner/contracts';

export interface CdpEvent {
  method: string;
  params: Record<string, unknown>;
  sessionId?: string;
}

interface CdpReply {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message: string };
}

const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/** One WebSocket to a browser endpoint of the Chrome DevTools Protocol, with flattened sessions. */
export class CdpConnection {
  private nextId = 0;
  private readonly waiting = new Map<
    number,
    { resolve: (value: Record<string, unknown>) => void; reject: (e: Error) => void }
  >();
  private readonly listeners = new Set<(event: CdpEvent) => void>();
  /** Resolves when the connection has ended, for whatever reason. */
  readonly closed: Promise<void>;

  private constructor(private readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        for (const { reject } of this.waiting.values()) reject(connectionLost());
        this.waiting.clear();
        resolve();
      });
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => this.receive(data));
  }

  /** @throws AppError `cdp_unreachable` */
  static connect(url: string, timeoutMs: number): Promise<CdpConnection> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, {
        perMessageDeflate: false,
        maxPayload: MAX_MESSAGE_BYTES,
        handshakeTimeout: timeoutMs,
      });
      socket.once('open', () => {
        socket.off('error', fail);
        resolve(new CdpConnection(socket));
      });
      const fail = (cause: Error): void => {
        // The address holds a secret token and stays out of the message.
        reject(
          new AppError('cdp_unreachable', 'The browser of this session cannot be reached.', {
            retryable: true,
            cause: new AppError('cdp_handshake', cause.message.replaceAll(url, '<session>')),
          }),
        );
      };
      socket.once('error', fail);
    });
  }

  on(listener: (event: CdpEvent) => void): void {
    this.listeners.add(listener);
  }

  /** Sends a command and waits for its reply. @throws AppError `cdp_failed` or `cdp_lost` */
  send(
    method: string,
    params: Record<string, unknown> = {},
    sessionId?: string,
  ): Promise<Record<string, unknown>> {
    const id = (this.nextId += 1);
    return new Promise((resolve, reject) => {
      if (this.socket.readyState !== WebSocket.OPEN) {
        reject(connectionLost());
        return;
      }
      this.waiting.set(id, { resolve, reject });
      this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  /** Sends a command whose reply nobody needs. */
  post(method: string, params: Record<string, unknown>, sessionId?: string): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    this.socket.send(JSON.stringify({ id: (this.nextId += 1), method, params, sessionId }));
  }

  close(): void {
    this.socket.terminate();
  }

  private receive(data: RawData): void {
    const message = JSON.parse(data.toString()) as CdpReply & Partial<CdpEvent>;
    if (message.id !== undefined) {
      const waiter = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if (message.error !== undefined) {
        waiter?.reject(new AppError('cdp_failed', `The browser refused: ${message.error.message}`));
      } else waiter?.resolve(message.result ?? {});
      return;
    }
    if (message.method === undefined) return;
    const event = { method: message.method, params: message.params ?? {}, sessionId: message.sessionId };
    for (const listener of this.listeners) listener(event);
  }
}

function connectionLost(): AppError {
  return new AppError('cdp_lost', 'The connection to the browser ended.', { retryable: true });
}
