import { WebSocket } from 'ws';
import { AppError } from '@showrunner/contracts';
import { unavailable } from '../daytona-errors';

export interface LogSocketOptions {
  /** `ws(s)://…/process/session/<id>/command/<id>/logs?follow=true` */
  url: string;
  headers: Record<string, string>;
  /** Token of the toolbox for a proxy that does not take the header on an upgrade. */
  previewToken: () => Promise<string>;
  /** No byte for so long means that nobody is there. */
  silenceMs: number;
  /** A promise: nothing more is read until it is settled. */
  onBytes: (bytes: Buffer) => Promise<void> | undefined;
  signal: AbortSignal;
}

export type LogEnd = 'closed' | 'silent' | 'missing' | 'aborted';

const HANDSHAKE_MS = 20_000;

/**
 * Follows the log of a session command, from its start, until the connection ends in one of four ways. The SDK's own reader decodes to text,
 * costs time quadratic in the size of a message, and waits for ever.
 * @throws AppError `sandbox_auth` when both ways to authenticate are refused, `sandbox_unavailable`
 */
export async function followLog(options: LogSocketOptions): Promise<LogEnd> {
  const first = await attempt(options, options.url);
  if (typeof first === 'string') return first;
  if (![301, 302, 303, 307, 308, 401, 403].includes(first.refused)) throw refusedUpgrade(first.refused);
  // A proxy that redirects an upgrade to its login page wants the token in the query.
  const token = encodeURIComponent(await options.previewToken());
  const second = await attempt(options, `${options.url}&DAYTONA_SANDBOX_AUTH_KEY=${token}`);
  if (typeof second === 'string') return second;
  throw refusedUpgrade(second.refused);
}

function attempt(options: LogSocketOptions, url: string): Promise<LogEnd | { refused: number }> {
  const { signal, silenceMs } = options;
  if (signal.aborted) return Promise.resolve('aborted');
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { headers: options.headers, handshakeTimeout: HANDSHAKE_MS });
    let silence: NodeJS.Timeout | undefined;
    let isSettled = false;
    /** Listeners that are not done: what was read before the pause still comes, and each may take its time. */
    let busy = 0;
    const settle = (end: LogEnd | { refused: number }) => {
      isSettled = true;
      clearTimeout(silence);
      signal.removeEventListener('abort', abort);
      resolve(end);
      socket.terminate();
    };
    const abort = () => settle('aborted');
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => settle('silent'), silenceMs);
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.on('open', listen);
    socket.on('message', (data: Buffer) => {
      listen();
      const taken = options.onBytes(data);
      if (taken !== undefined) busy += 1;
      if (busy === 0) return;
      socket.pause();
      // Who does not read hears nothing.
      clearTimeout(silence);
      if (taken === undefined) return;
      const goOn = () => {
        busy -= 1;
        if (isSettled || busy > 0) return;
        socket.resume();
        listen();
      };
      taken.then(goOn, goOn);
    });
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      settle(status === 404 ? 'missing' : status >= 500 || status === 400 ? 'closed' : { refused: status });
    });
    // An error is followed by a close; without a connection it is the only event.
    socket.on('error', () => settle('closed'));
    socket.on('close', () => settle('closed'));
  });
}

function refusedUpgrade(status: number): AppError {
  if (status === 429 || status === 408) return unavailable(`Daytona did not stream the log: ${status}.`);
  return new AppError('sandbox_auth', `Daytona did not stream the log: it answered ${status}.`, {
    remedy: 'Check SANDBOX_API_KEY, and that the proxy of SANDBOX_SERVER_URL lets WebSockets through.',
    status: 502,
  });
}
