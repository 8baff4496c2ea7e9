import {
  Agent,
  request as sendHttp,
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as sendHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { PortRoute } from '@showrunner/sandbox';
import { hasBody } from '@showrunner/egress';
import { toUpstreamHeaders } from './preview-headers';
import type { OriginPair } from './preview-origin';

/** Shorter than the 5 s after which Node's servers close a connection that rests. */
const REST_MS = 3000;
const MAX_RESTING = 8;
const MAX_TARGETS = 500;

/** One request on its way to an app. */
export interface Forwarding {
  request: IncomingMessage;
  route: PortRoute;
  pair: OriginPair;
  /** Path and query as the app sees them. */
  path: string;
  /** Connections of the same key may serve each other's requests; undefined: each has its own. */
  key: string | undefined;
  extra: OutgoingHttpHeaders;
}

/** Opens requests to apps, over connections that rested after the one before. Closing it ends those. */
export class Upstreams {
  private readonly agents = new Map<string, Agent>();
  private readonly origins = {
    'http:': new Agent({ keepAlive: true, maxFreeSockets: 64, timeout: REST_MS }),
    'https:': new HttpsAgent({ keepAlive: true, maxFreeSockets: 64, timeout: REST_MS }),
  };

  async open(forwarding: Forwarding): Promise<ClientRequest> {
    const { request, route, pair, path, extra } = forwarding;
    const headers = { ...toUpstreamHeaders(request.headers, pair), ...extra };
    const options: RequestOptions = { method: request.method, path, headers, setHost: false };
    if (route.kind === 'origin') {
      const { url } = route;
      const isSecure = url.protocol === 'https:';
      const agent = isUpgrade(extra) ? undefined : this.origins[isSecure ? 'https:' : 'http:'];
      Object.assign(headers, route.headers);
      return (isSecure ? sendHttps : sendHttp)(url, { ...options, agent, servername: url.hostname });
    }
    // A connection that the app just closed loses what is sent on it: only what may be sent twice goes over one that rested.
    const repeatable = ['GET', 'HEAD', 'OPTIONS'].includes(request.method ?? '') && !hasBody(request.headers);
    if (forwarding.key !== undefined && repeatable && !isUpgrade(extra))
      return sendHttp({ ...options, host: pair.upstreamHost, agent: this.agentOf(forwarding.key, route) });
    const stream = await route.connect();
    return sendHttp({ ...options, host: pair.upstreamHost, createConnection: () => stream });
  }

  private agentOf(key: string, route: Extract<PortRoute, { kind: 'stream' }>): Agent {
    const known = this.agents.get(key);
    if (known !== undefined) return known;
    if (this.agents.size >= MAX_TARGETS) this.forgetIdle();
    const agent = new StreamAgent(route.connect);
    this.agents.set(key, agent);
    return agent;
  }

  private forgetIdle(): void {
    for (const [key, agent] of this.agents)
      if (Object.keys(agent.sockets).length === 0) {
        agent.destroy();
        this.agents.delete(key);
      }
  }

  close(): void {
    for (const agent of [...this.agents.values(), ...Object.values(this.origins)]) agent.destroy();
    this.agents.clear();
  }
}

const isUpgrade = (extra: OutgoingHttpHeaders): boolean => extra['upgrade'] !== undefined;

/** Keeps raw streams of a sandbox as Node keeps sockets. */
class StreamAgent extends Agent {
  constructor(private readonly connectStream: () => Promise<Duplex>) {
    super({ keepAlive: true, maxFreeSockets: MAX_RESTING, timeout: REST_MS });
  }

  override createConnection(
    _options: unknown,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null {
    this.connectStream().then(
      (stream) => callback?.(null, asSocket(stream)),
      // The stream is not looked at when there is an error.
      (error: Error) => callback?.(error, undefined as unknown as Duplex),
    );
    return null;
  }
}

/** The methods of a socket that agents call; a stream of another kind needs none of them. */
function asSocket(stream: Duplex): Duplex {
  const socket = stream as Partial<Socket>;
  const self = () => stream as Socket;
  socket.setTimeout ??= self;
  socket.setKeepAlive ??= self;
  socket.setNoDelay ??= self;
  socket.ref ??= self;
  socket.unref ??= self;
  return stream;
}
