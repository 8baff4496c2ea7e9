import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Sandbox, SandboxProvider } from '@showrunner/sandbox';
import type { E2bWire } from '../e2b-connection';
import { serveControl, type ControlHost } from './control-api';
import { serveRest } from './envd-rest';
import { serveRpc } from './envd-rpc';
import { Exchange } from './exchange';
import { Faults } from './faults';
import { LoopbackBox, policyOf, type LoopbackBoxOptions, type LoopbackTemplate } from './loopback-box';
import { servePreview, upgradePreview } from './previews';
import type { WireChecker } from './wire-checker';

export interface E2bLoopbackOptions {
  /** Runs the commands of the boxes. */
  provider: SandboxProvider;
  apiKey: string;
  /** Which `POST /sandboxes` it has; default both. */
  wire?: Exclude<E2bWire, 'auto'> | 'both';
  templates?: Record<string, LoopbackTemplate>;
  /** Most boxes of a page of a list; default 100. */
  pageSize?: number;
  /** Names that policies may allow, and the listener of the test that each leads to, as `host:port`. */
  reachable?: Record<string, string>;
  /** Everything on the wire is held against the specifications. */
  checker?: WireChecker;
}

const ENVD_PORT = 49983;
const RPC_PATH = /^\/(process\.Process|filesystem\.Filesystem)\//;
const MIB = 1024 ** 2;
const DEFAULT_TEMPLATES = { base: { cpuCount: 1, memoryMB: 256, diskSizeMB: 64 } };

/**
 * E2B on loopback: control API, envd in every box, previews. The boxes are local sandboxes, so what the provider does really happens. It keeps to
 * E2B's protocol, not to its isolation: accounts inside are one, and a pause does not keep memory.
 */
export class E2bLoopback implements ControlHost {
  readonly boxes = new Map<string, LoopbackBox>();
  readonly faults = new Faults();
  readonly wire: Exclude<E2bWire, 'auto'> | 'both';
  readonly pageSize: number;
  /** What was asked for, `METHOD path`, oldest first. */
  readonly requests: string[] = [];
  /** Called with each request as it came. */
  onRequest?: (request: IncomingMessage) => void;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly templates: Record<string, LoopbackTemplate>;
  private port = 0;

  constructor(private readonly options: E2bLoopbackOptions) {
    this.wire = options.wire ?? 'both';
    this.pageSize = options.pageSize ?? 100;
    this.templates = options.templates ?? DEFAULT_TEMPLATES;
    this.server = createServer((request, response) => {
      const exchange = new Exchange(request, response, (status, contentType, body) =>
        this.noteReply(request, { status, contentType, body }),
      );
      this.serve(exchange).catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else exchange.refuse(500, String(error));
      });
    });
    this.server.on('upgrade', (request: IncomingMessage, socket, head) => {
      const target = this.targetOf(request);
      const box = target === undefined ? undefined : this.boxes.get(target.boxId);
      if (target === undefined || box?.state !== 'running') socket.destroy();
      else void upgradePreview(request, socket, head, box, target.port).catch(() => socket.destroy());
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.boxes.values()].map((box) => this.destroyBox(box)));
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Previews: `{port}-{id}.<domain>`. */
  get domain(): string {
    return `e2b.localhost:${this.port}`;
  }

  /** A box that is only told of: for lists of many. */
  pretendBox(metadata: Record<string, string>): void {
    const id = `p${randomBytes(9).toString('hex')}`;
    const local = { id, destroy: async () => undefined } as Partial<Sandbox> as Sandbox;
    const resources = DEFAULT_TEMPLATES.base;
    const options = {
      template: 'base',
      resources,
      metadata,
      envVars: {},
      network: {},
      autoPause: true,
      secure: true,
    };
    this.boxes.set(id, new LoopbackBox(local, options));
  }

  /** The box dies as a whole: its streams break, nobody knows it any more. */
  async killBox(box: LoopbackBox): Promise<void> {
    const doomed = [...this.sockets];
    this.boxes.delete(box.id);
    for (const socket of doomed) socket.destroy();
    await this.destroyBox(box);
  }

  private targetOf(request: IncomingMessage): { boxId: string; port: number } | undefined {
    const id = request.headers['e2b-sandbox-id'];
    const port = request.headers['e2b-sandbox-port'];
    if (typeof id === 'string' && typeof port === 'string') return { boxId: id, port: Number(port) };
    const byHost = /^(\d+)-([^.]+)\.e2b\.localhost(:\d+)?$/.exec(request.headers.host ?? '');
    return byHost === null ? undefined : { boxId: byHost[2] ?? '', port: Number(byHost[1]) };
  }

  private async serve(exchange: Exchange): Promise<void> {
    const { method } = exchange;
    const path = exchange.request.url ?? '/';
    this.requests.push(`${method} ${path}`);
    this.onRequest?.(exchange.request);
    const fault = this.faults.take(method, path);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reply') {
      const { status, message, headers, body } = fault;
      if (body !== undefined) return exchange.reply(status, body, headers);
      return exchange.refuse(status, message ?? 'fault of the test', headers);
    }
    exchange.loseReply = fault?.kind === 'lose-reply';
    const target = this.targetOf(exchange.request);
    if (target === undefined) {
      if (exchange.header('x-api-key') !== this.options.apiKey)
        return exchange.refuse(401, 'invalid API key');
      await this.noteRequest('control', exchange);
      if (!(await serveControl(this, exchange, fault)))
        exchange.refuse(404, 'no matching operation was found');
      return;
    }
    const box = this.boxes.get(target.boxId);
    if (box?.state !== 'running')
      return exchange.reply(502, {
        sandboxId: target.boxId,
        message: 'The sandbox was not found',
        code: 502,
      });
    if (box.mute) return undefined;
    if (target.port !== ENVD_PORT) return servePreview(exchange, box, target.port);
    if (box.token !== undefined && exchange.header('x-access-token') !== box.token)
      return exchange.reply(401, { code: 'unauthenticated', message: 'invalid access token' });
    if (await serveRpc(exchange, box, fault, this.options.checker)) return;
    await this.noteRequest('envd', exchange);
    if (!(await serveRest(exchange, box))) exchange.refuse(404, 'not found');
  }

  private async noteRequest(api: 'control' | 'envd', exchange: Exchange): Promise<void> {
    if (this.options.checker === undefined) return;
    const { method, request } = exchange;
    const isJson = exchange.header('content-type')?.includes('json') === true;
    const bytes = await exchange.bytes();
    const body = bytes.length === 0 ? undefined : isJson ? await exchange.json() : bytes.toString('latin1');
    this.options.checker.request(api, { method, url: request.url ?? '/', headers: request.headers, body });
  }

  private noteReply(
    request: IncomingMessage,
    reply: { status: number; contentType?: string; body: unknown },
  ): void {
    const target = this.targetOf(request);
    // The proxy in front answers for boxes that are gone; ports of apps and the RPC have no such specification.
    const rest =
      target?.port === ENVD_PORT && !RPC_PATH.test(request.url ?? '') && ![401, 502].includes(reply.status);
    if (target !== undefined && !rest) return;
    this.options.checker?.reply(
      target === undefined ? 'control' : 'envd',
      request.method ?? 'GET',
      request.url ?? '/',
      reply,
    );
  }

  knowsTemplate(name: string): boolean {
    return this.templates[name] !== undefined;
  }

  async makeBox(options: Omit<LoopbackBoxOptions, 'resources'>, ttlSeconds: number): Promise<LoopbackBox> {
    const resources = this.templates[options.template] ?? DEFAULT_TEMPLATES.base;
    const local = await this.options.provider.create({
      id: `i${randomBytes(9).toString('hex')}`,
      limits: {
        cpus: resources.cpuCount,
        memoryBytes: resources.memoryMB * MIB,
        diskBytes: resources.diskSizeMB * MIB,
        maxProcesses: 1024,
      },
      labels: {},
    });
    const box = new LoopbackBox(local, { ...options, resources });
    await this.applyNetwork(box);
    this.boxes.set(box.id, box);
    this.setTtl(box, ttlSeconds);
    return box;
  }

  async destroyBox(box: LoopbackBox): Promise<void> {
    this.boxes.delete(box.id);
    box.clearEnd();
    box.processes.destroyAll();
    await box.local.destroy();
  }

  pauseBox(box: LoopbackBox): Promise<void> {
    return box.inTurn(async () => {
      box.clearEnd();
      box.processes.destroyAll();
      await box.local.stop();
      box.state = 'paused';
    });
  }

  resumeBox(box: LoopbackBox, ttlSeconds: number): Promise<void> {
    return box.inTurn(async () => {
      await box.local.start();
      await this.applyNetwork(box);
      box.state = 'running';
      box.startedAt = new Date();
      this.setTtl(box, ttlSeconds);
    });
  }

  setTtl(box: LoopbackBox, ttlSeconds: number): void {
    box.setEnd(ttlSeconds, () => void (box.options.autoPause ? this.pauseBox(box) : this.destroyBox(box)));
  }

  applyNetwork(box: LoopbackBox): Promise<void> {
    return box.local.setNetwork(policyOf(box.network, this.options.reachable ?? {}));
  }
}
