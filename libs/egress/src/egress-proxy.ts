import {
  createServer,
  request as sendRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { bodyFraming, withoutHopByHop } from './hop-by-hop';
import type { EgressJudge } from './egress-judge';
import { parseAuthority, type Authority } from './host-rules';

const DIAL_MS = 15_000;
const IDLE_MS = 300_000;

export interface EgressFlow {
  authority: Authority;
  /** What the name resolved to when it was judged. */
  address: string;
  cut: () => void;
}

/** What flows now, so that a change of policy can end it. */
export class EgressFlows {
  private readonly flows = new Set<EgressFlow>();

  /** @returns call it when the flow has ended */
  add(flow: EgressFlow): () => void {
    this.flows.add(flow);
    return () => void this.flows.delete(flow);
  }

  cutWhat(matches: (flow: EgressFlow) => boolean): void {
    for (const flow of this.flows) if (matches(flow)) flow.cut();
  }
}

/** An HTTP proxy (CONNECT and plain) that asks the judge about every single request. The caller makes it listen. */
export function createEgressProxy(judge: EgressJudge, flows = new EgressFlows()): Server {
  const server = createServer({ insecureHTTPParser: false }, (request, response) => {
    forward(judge, flows, request, response).catch(() => refuse(response, 502, 'the host did not answer'));
  });
  server.on('connect', (request: IncomingMessage, client: Duplex, head: Buffer) => {
    client.on('error', () => client.destroy());
    tunnel(judge, flows, request, client, head).catch(() => client.destroy());
  });
  // Upgrades by plain HTTP are not needed to install anything.
  server.on('upgrade', (_request, client: Duplex) => {
    client.on('error', () => client.destroy());
    client.end('HTTP/1.1 501 Not Implemented\r\n\r\n');
  });
  server.on('clientError', (_error, client: Duplex) => client.destroy());
  return server;
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
  response.end(`showrunner egress proxy: ${reason}\n`);
}

/** undefined when the target is no absolute http URL with a plain authority. */
function targetOf(url: string): { authority: Authority; path: string } | undefined {
  const match = /^http:\/\/([^/?#]+)([^#]*)/i.exec(url);
  const authority = parseAuthority(match?.[1] ?? '', 80);
  if (match === null || authority === undefined) return undefined;
  const rest = match[2] ?? '';
  return { authority, path: rest.startsWith('/') ? rest : `/${rest}` };
}

async function forward(
  judge: EgressJudge,
  flows: EgressFlows,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = targetOf(request.url ?? '');
  if (target === undefined) {
    judge.refuse(request.url ?? '');
    return refuse(response, 400, 'only absolute http URLs are served');
  }
  const address = await judge.judge(target.authority);
  if (address === undefined) return refuse(response, 403, `${target.authority.host} is not allowed`);
  if (response.destroyed) return;
  const { host, port } = target.authority;
  const upstream = sendRequest({
    host: address,
    port,
    method: request.method,
    path: target.path,
    headers: {
      ...withoutHopByHop(request.headers),
      ...bodyFraming(request.headers),
      host: port === 80 ? host : `${host}:${port}`,
    },
    timeout: IDLE_MS,
    agent: false,
  });
  upstream.on('timeout', () => upstream.destroy());
  upstream.on('error', () => refuse(response, 502, 'the host did not answer'));
  upstream.on('response', (reply) => {
    try {
      response.writeHead(reply.statusCode ?? 502, withoutHopByHop(reply.headers));
    } catch {
      // A head that nobody could be told, of whoever answers out there.
      reply.destroy();
      return refuse(response, 502, 'the host did not answer');
    }
    reply.pipe(response);
    reply.on('error', () => response.destroy());
  });
  const { authority } = target;
  const ended = flows.add({ authority, address, cut: () => (upstream.destroy(), response.destroy()) });
  response.on('close', () => (ended(), upstream.destroy()));
  request.pipe(upstream);
}

async function tunnel(
  judge: EgressJudge,
  flows: EgressFlows,
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
): Promise<void> {
  const authority = parseAuthority(request.url ?? '');
  if (authority === undefined) {
    judge.refuse(request.url ?? '');
    return void client.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  }
  const address = await judge.judge(authority);
  if (address === undefined) return void client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  if (client.destroyed) return;
  // From before the dial on, so that a change of policy finds it also while it is being dialled.
  const ended = flows.add({ authority, address, cut: () => client.destroy() });
  client.once('close', ended);
  let upstream: Socket;
  try {
    upstream = await dial(address, authority.port);
  } catch {
    return void client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  }
  if (client.destroyed) return void upstream.destroy();
  client.write('HTTP/1.1 200 Connection established\r\n\r\n');
  if (head.length > 0) upstream.write(head);
  upstream.setTimeout(IDLE_MS, () => upstream.destroy());
  upstream.on('error', () => client.destroy());
  upstream.on('close', () => client.destroy());
  client.on('close', () => upstream.destroy());
  upstream.pipe(client);
  client.pipe(upstream);
}

function dial(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: DIAL_MS });
    socket.once('timeout', () =>
      socket.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })),
    );
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
