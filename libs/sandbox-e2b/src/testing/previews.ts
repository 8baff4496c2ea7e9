import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Exchange } from './exchange';
import type { LoopbackBox } from './loopback-box';

const TOKEN = 'e2b-traffic-access-token';

/** Whether the visitor of a port may come in. */
export function mayVisit(box: LoopbackBox, request: IncomingMessage): boolean {
  return box.trafficToken === undefined || request.headers[TOKEN] === box.trafficToken;
}

/** Passes a request on to a port inside. */
export async function servePreview(exchange: Exchange, box: LoopbackBox, port: number): Promise<void> {
  if (!mayVisit(box, exchange.request))
    return exchange.refuse(403, 'Missing or invalid traffic access token');
  let inside: Duplex;
  try {
    inside = await box.local.connect(port);
  } catch {
    return exchange.refuse(502, `The sandbox is running but port ${port} is not open`);
  }
  const { method, headers, url } = exchange.request;
  const forwarded = httpRequest(
    { createConnection: () => inside as never, method, path: url, headers },
    (answer) => {
      exchange.response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(exchange.response);
    },
  );
  forwarded.once('error', () => {
    if (exchange.response.headersSent) exchange.response.destroy();
    else exchange.refuse(502, `port ${port} did not answer`);
  });
  exchange.request.pipe(forwarded);
}

/** WebSockets: the request as it came, then bytes both ways. */
export async function upgradePreview(
  request: IncomingMessage,
  visitor: Duplex,
  head: Buffer,
  box: LoopbackBox,
  port: number,
): Promise<void> {
  if (!mayVisit(box, request)) {
    visitor.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
    return;
  }
  const inside = await box.local.connect(port).catch(() => undefined);
  if (inside === undefined) {
    visitor.end('HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n');
    return;
  }
  const lines = [`${request.method ?? 'GET'} ${request.url ?? '/'} HTTP/1.1`];
  for (let index = 0; index < request.rawHeaders.length; index += 2)
    lines.push(`${request.rawHeaders[index] ?? ''}: ${request.rawHeaders[index + 1] ?? ''}`);
  inside.write(`${lines.join('\r\n')}\r\n\r\n`);
  inside.write(head);
  inside.pipe(visitor).pipe(inside);
  for (const side of [inside, visitor])
    side.on('error', () => void inside.destroy(visitor.destroy() as never));
}
