import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ConnectionOptions as TlsOptions } from 'node:tls';
import { AppError } from '@showrunner/contracts';
import type { EngineAddress } from './engine-address';
import { EngineRefusal, engineUnavailable } from './engine-error';
import type { EngineInfo, ProgressLine } from './engine.types';
import { JsonLines } from './json-lines';

type Query = Record<string, string | number | boolean | undefined>;

export interface CallOptions {
  query?: Query;
  /** Sent as JSON; a stream is sent as a tar. */
  body?: unknown;
  tar?: NodeJS.ReadableStream;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Without an answer for so long the engine counts as gone. Default 60 s. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 60_000;
const MAX_REPLY_BYTES = 64 * 1024 ** 2;
const OLDEST = [1, 41] as const;
const NEWEST = [1, 47] as const;

/** Speaks the Engine API over HTTP on a unix socket or TCP. Refusals are `EngineRefusal`s, a broken connection `sandbox_unavailable`. */
export class EngineClient {
  private negotiated?: Promise<string>;
  private offsetMs?: number;

  constructor(readonly address: EngineAddress) {}

  /** The version both sides know, asked for once; a failure is not remembered. @throws AppError `sandbox_unavailable` */
  version(): Promise<string> {
    this.negotiated ??= this.negotiate().catch((error: unknown) => {
      this.negotiated = undefined;
      throw error;
    });
    return this.negotiated;
  }

  /** What to add to this host's clock to get the engine's, in ms. */
  async clockOffsetMs(): Promise<number> {
    this.offsetMs ??= Date.parse((await this.call<EngineInfo>('GET', '/info')).SystemTime) - Date.now();
    return this.offsetMs;
  }

  private async negotiate(): Promise<string> {
    const reply = await this.open('GET', '/_ping', {});
    reply.resume();
    const offered = String(reply.headers['api-version'] ?? '');
    const [major = 0, minor = 0] = offered.split('.').map(Number);
    if (major !== OLDEST[0] || !(minor >= OLDEST[1]))
      throw new AppError(
        'sandbox_unavailable',
        `The engine offers API ${offered || 'of no version'}; ${OLDEST.join('.')} is needed.`,
        {
          remedy: 'Use Docker Engine 20.10 or newer; for one that speaks TLS set SANDBOX_SERVER_CERTS.',
          status: 503,
        },
      );
    return `${major}.${Math.min(minor, NEWEST[1])}`;
  }

  /** One request with a JSON reply; undefined for an empty one. */
  async call<Reply = unknown>(method: string, path: string, options: CallOptions = {}): Promise<Reply> {
    const reply = await this.stream(method, path, options);
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of reply as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > MAX_REPLY_BYTES) throw new RangeError('its reply is too long');
        chunks.push(chunk);
      }
      const text = Buffer.concat(chunks).toString('utf8');
      return (text.trim() === '' ? undefined : JSON.parse(text)) as Reply;
    } catch (error) {
      throw this.failed(error, options.signal);
    }
  }

  /** One request whose reply is a stream of bytes. */
  async stream(method: string, path: string, options: CallOptions = {}): Promise<IncomingMessage> {
    return this.accepted(await this.open(method, `/v${await this.version()}${path}`, options));
  }

  /** One request that answers with a line of progress at a time; the caller judges errors among them. */
  async *progress(method: string, path: string, options: CallOptions = {}): AsyncGenerator<ProgressLine> {
    const reply = await this.stream(method, path, options);
    const lines = new JsonLines<ProgressLine>();
    try {
      for await (const chunk of reply as AsyncIterable<Buffer>) yield* lines.push(chunk);
      yield* lines.end();
    } catch (error) {
      throw this.failed(error, options.signal);
    }
  }

  /** A request whose connection becomes a raw stream in both directions. */
  async hijack(path: string, body: unknown, signal?: AbortSignal): Promise<Duplex> {
    const options = { body, headers: { connection: 'Upgrade', upgrade: 'tcp' }, signal };
    const versioned = `/v${await this.version()}${path}`;
    return new Promise<Duplex>((resolve, reject) => {
      const sent = this.send('POST', versioned, options);
      sent.once('error', (error) => reject(this.failed(error, signal)));
      sent.once('upgrade', (_reply, socket, head) => {
        socket.setTimeout(0);
        // A connection that breaks later shows as its end or close to whoever reads.
        socket.on('error', () => undefined);
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
      });
      sent.once('response', (reply) => {
        this.accepted(reply).then(
          () => reject(this.failed(new TypeError('no stream was opened'), undefined)),
          reject,
        );
      });
    });
  }

  private open(method: string, path: string, options: CallOptions): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const sent = this.send(method, path, options);
      sent.once('response', resolve);
      sent.once('error', (error) => reject(this.failed(error, options.signal)));
    });
  }

  private send(method: string, path: string, options: CallOptions) {
    const { address } = this;
    const query = Object.entries(options.query ?? {}).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(query.map(([name, value]) => [name, String(value)])).toString();
    const body = options.body === undefined ? undefined : Buffer.from(JSON.stringify(options.body));
    const request: RequestOptions = {
      method,
      path: search === '' ? path : `${path}?${search}`,
      headers: {
        host: 'docker',
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': body.length }),
        ...(options.tar === undefined ? {} : { 'content-type': 'application/x-tar' }),
        ...options.headers,
      },
      agent: false,
      signal: options.signal,
      timeout: options.timeoutMs ?? TIMEOUT_MS,
      ...(address.kind === 'unix'
        ? { socketPath: address.socketPath }
        : { host: address.host, port: address.port }),
    };
    const tls = tlsOptions(address);
    const sent = tls === undefined ? httpRequest(request) : httpsRequest({ ...request, ...tls });
    sent.once('timeout', () =>
      sent.destroy(Object.assign(new Error('the engine is silent'), { code: 'ETIMEDOUT' })),
    );
    if (options.tar === undefined) sent.end(body);
    else {
      options.tar.once('error', (error) => sent.destroy(error as Error));
      options.tar.pipe(sent);
    }
    return sent;
  }

  private async accepted(reply: IncomingMessage): Promise<IncomingMessage> {
    const status = reply.statusCode ?? 0;
    if ((status >= 200 && status < 300) || status === 304) return reply;
    let text = '';
    try {
      for await (const chunk of reply as AsyncIterable<Buffer>)
        if (text.length < 65_536) text += chunk.toString();
    } catch (error) {
      throw this.failed(error, undefined);
    }
    throw new EngineRefusal(status, messageOf(text));
  }

  /** What broke: the caller gave up, or the engine is gone. Errors that are told already pass. */
  private failed(error: unknown, signal: AbortSignal | undefined): Error {
    if (error instanceof AppError || error instanceof EngineRefusal) return error;
    if (signal?.aborted) return signal.reason instanceof Error ? signal.reason : (error as Error);
    return engineUnavailable(this.address, error);
  }
}

/** Certificates, and the name that the engine's must have: the request's own host header is that of every engine. */
function tlsOptions(address: EngineAddress): TlsOptions | undefined {
  if (address.kind === 'unix' || address.tls === undefined) return undefined;
  return { ...address.tls, servername: isIP(address.host) === 0 ? address.host : '' };
}

function messageOf(body: string): string {
  try {
    const parsed = JSON.parse(body) as { message?: unknown };
    if (typeof parsed.message === 'string') return parsed.message;
  } catch {
    // Not JSON: a proxy in front of the engine may answer with anything.
  }
  return body.slice(0, 1000).trim() || 'nothing';
}
