import { STATUS_CODES, type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';

export interface UpgradeRelay {
  /** Of the client. */
  socket: Duplex;
  /** What the client sent behind the head of its request. */
  head: Buffer;
  /** The client's request on its way to who answers it, with its headers for the upgrade; not ended yet. */
  upstream: ClientRequest;
  /** e.g. `websocket` */
  protocol: string;
  /** What the client sees of the answer's headers. */
  headersOf(answer: IncomingMessage): OutgoingHttpHeaders;
  /** The upstream broke off: answers in its place if nothing was answered yet. */
  fail(cause: Error): void;
}

/** Longest silence before an upgrade is answered, ms. */
const ANSWER_MS = 30_000;

/** Hands an upgrade on. Whatever either side ends, ends on the other; a refusal reaches the client as it is. */
export function relayUpgrade({ socket, head, upstream, protocol, headersOf, fail }: UpgradeRelay): void {
  if (socket.destroyed) return void upstream.destroy();
  socket.on('close', () => upstream.destroy());
  upstream.on('error', fail);
  const late = setTimeout(() => upstream.destroy(new Error('The upgrade was not answered.')), ANSWER_MS);
  upstream.on('close', () => clearTimeout(late));
  upstream.on('upgrade', (answer, inner, first) => {
    clearTimeout(late);
    inner.on('error', () => socket.destroy());
    writeHead(socket, 101, { ...headersOf(answer), connection: 'Upgrade', upgrade: protocol });
    if (first.length > 0) socket.write(first);
    if (head.length > 0) inner.write(head);
    inner.on('close', () => socket.destroy());
    socket.on('close', () => inner.destroy());
    inner.pipe(socket);
    socket.pipe(inner);
  });
  upstream.on('response', (answer) => {
    clearTimeout(late);
    writeHead(socket, answer.statusCode ?? 502, { ...headersOf(answer), connection: 'close' });
    // What breaks off breaks off for the client as well.
    answer.on('aborted', () => socket.destroy());
    answer.pipe(socket);
  });
  upstream.end();
}

/** Writes the head of an answer where there is no response object. */
export function writeHead(socket: Duplex, status: number, headers: OutgoingHttpHeaders): void {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map(
      (one) => `${name}: ${String(one).replaceAll(/[\r\n]/g, '')}`,
    ),
  );
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}
