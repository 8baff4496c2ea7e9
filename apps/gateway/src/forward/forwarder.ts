import { Agent, request as sendRequest } from 'node:http';
import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import { AppError, MAX_ARCHIVE_BYTES } from '@showrunner/contracts';
import { discardRest, hasBody } from '@showrunner/service';
import type { Request, Response } from 'express';
import pRetry from 'p-retry';
import { toClientHeaders, toInnerHeaders } from './forward-headers';

export interface ForwarderOptions {
  internalToken: string;
  /** How long a request waits for a service that is being started again, ms. */
  patienceMs?: number;
  /** Longest silence of a service before its answer begins, and within it, ms; one that says that it is at work (102) is not silent. Default 120 s. */
  silenceMs?: number;
}

const PATIENCE_MS = 5_000;
const PAUSE_MS = 150;
const SILENCE_MS = 120_000;
/** The largest upload and what multipart puts around it. */
const MAX_BODY_BYTES = MAX_ARCHIVE_BYTES + 1024 * 1024;
/** Their requests may be sent twice, and a body that comes with them means nothing (RFC 9110, 9.3): it is read and dropped. */
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Hands requests on to inner services and their answers back, both as streams. */
export class Forwarder {
  private readonly agent = new Agent({ keepAlive: true, maxFreeSockets: 16 });

  constructor(private readonly options: ForwarderOptions) {}

  /**
   * @throws {AppError} `too_large` (413), `service_starting` (503) when nothing answers at the address, `bad_gateway` (502) when the
   * service broke off, `gateway_timeout` (504)
   */
  async forward(request: Request, response: Response, target: URL): Promise<void> {
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
    const attempt = async (): Promise<void> => {
      try {
        const { upstream, answer } = await this.ask(request, response, target);
        await relay(upstream, answer, request, response);
      } catch (error) {
        throw asProblem(error);
      }
    };
    try {
      await pRetry(attempt, {
        retries: Number.POSITIVE_INFINITY,
        factor: 1,
        minTimeout: PAUSE_MS,
        maxRetryTime: this.options.patienceMs ?? PATIENCE_MS,
        shouldRetry: ({ error: { cause } }) =>
          !response.destroyed && !response.headersSent && mayAskAgain(request, cause),
      });
    } catch (error) {
      if (!response.destroyed) throw error;
    }
  }

  close(): void {
    this.agent.destroy();
  }

  /** Resolves with the head of the answer. The body is only sent once connected, so a refused request can be sent again whole. */
  private ask(
    request: Request,
    response: Response,
    target: URL,
  ): Promise<{ upstream: ClientRequest; answer: IncomingMessage }> {
    return new Promise((resolve, reject) => {
      const isSafe = SAFE_METHODS.has(request.method);
      const upstream = sendRequest({
        host: target.hostname,
        port: target.port,
        method: request.method,
        path: request.originalUrl,
        // Kept open even where it is used once: a service that closes after an early answer would cut that answer off.
        headers: { ...innerHeaders(request, isSafe, this.options.internalToken), connection: 'keep-alive' },
        // A connection that was kept may be closing just now; what cannot be repeated gets one of its own.
        agent: isSafe ? this.agent : false,
        timeout: this.options.silenceMs ?? SILENCE_MS,
      });
      const leave = (): void => void upstream.destroy();
      upstream.on('error', (error) => {
        response.off('close', leave);
        reject(error);
      });
      upstream.once('timeout', () => upstream.destroy(timedOut()));
      upstream.once('response', (answer) => resolve({ upstream, answer }));
      response.once('close', leave);
      if (isSafe || !hasBody(request)) upstream.end();
      else upstream.once('socket', (socket) => whenConnected(socket, () => sendBody(request, upstream)));
    });
  }
}

function innerHeaders(request: Request, isSafe: boolean, internalToken: string): OutgoingHttpHeaders {
  const headers = toInnerHeaders(request.headers, internalToken);
  if (!isSafe) return headers;
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...rest } = headers;
  return rest;
}

/** At once on a connection that was kept: for it `connect` came long ago. */
function whenConnected(socket: Socket, send: () => void): void {
  if (socket.connecting) socket.once('connect', send);
  else send();
}

function sendBody(request: Request, upstream: ClientRequest): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) upstream.destroy(tooLarge());
  });
  request.once('aborted', () => upstream.destroy());
  request.pipe(upstream);
}

/** Passes the answer on. It may come before the body was sent whole: the rest is read and dropped then. */
function relay(
  upstream: ClientRequest,
  answer: IncomingMessage,
  request: Request,
  response: Response,
): Promise<void> {
  return new Promise((resolve) => {
    // Writing a body that the service does not want any more fails; its answer counts.
    upstream.on('error', () => undefined);
    request.unpipe(upstream);
    response.writeHead(answer.statusCode ?? 502, toClientHeaders(answer.headers));
    response.flushHeaders();
    answer.once('aborted', () => response.destroy());
    answer.once('error', () => response.destroy());
    response.once('close', () => {
      answer.destroy();
      resolve();
    });
    answer.pipe(response);
    discardRest(request);
  });
}

function mayAskAgain(request: Request, error: unknown): boolean {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return true;
  return SAFE_METHODS.has(request.method) && (code === 'ECONNRESET' || code === 'EPIPE');
}

function asProblem(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code } = error as NodeJS.ErrnoException;
  const facts = {
    retryable: true,
    remedy: 'Try again in a moment; `showrunner status` shows what runs.',
    cause: error,
  };
  if (code === 'ECONNREFUSED') {
    return new AppError('service_starting', 'The service that answers this is being started.', {
      status: 503,
      ...facts,
    });
  }
  return new AppError('bad_gateway', 'The service that answers this broke off.', { status: 502, ...facts });
}

const timedOut = (): AppError =>
  new AppError('gateway_timeout', 'The service that answers this is silent.', {
    status: 504,
    retryable: true,
  });
const tooLarge = (): AppError =>
  new AppError('too_large', `The body is larger than ${MAX_BODY_BYTES} bytes.`, {
    status: 413,
    remedy: 'Leave out node_modules, build results and media, or give a Git address instead.',
  });
