import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { TlsOptions } from 'node:tls';
import { setTimeout as delay } from 'node:timers/promises';
import { openHostSandboxes } from '@showrunner/sandbox-testing';
import { containerFaults, REQUEST_RULES, type RequestRule } from './engine-requests';
import { EngineState, type Call } from './engine-state';
import { Refusal } from './refusal';
import { misfits } from './shape';

const API = '1.43';

export interface Fault {
  method: string;
  path: RegExp;
  /** How often; default once. */
  times?: number;
  does:
    | { status: number; message: string }
    /** The connection breaks before an answer. */
    | 'break'
    /** The answer's head comes, its body breaks. */
    | 'break-body'
    /** The answer comes so late. */
    | { delayMs: number }
    /** The stream of an exec breaks after so many bytes, wherever that is in a frame. */
    | { cutAfterBytes: number }
    /** Each frame of an exec is sent so late after the one before. */
    | { slowMs: number };
}

/**
 * A server on a unix socket that speaks the calls of the Engine API which the provider uses, with local sandboxes for containers. Each request is
 * held against its rule; what does not fit is refused and noted in `violations`, which a suite must find empty.
 */
export class LoopbackEngine {
  readonly violations: string[] = [];
  /** False: other clients, who ask in their own ways, are served too. */
  strict = true;
  readonly requests: string[] = [];
  readonly faults: Fault[] = [];
  readonly state: EngineState;
  private readonly folder = mkdtempSync(join(tmpdir(), 'engine-'));
  readonly socketPath = join(this.folder, 'docker.sock');
  private server: Server;
  private readonly sockets = new Set<Socket>();

  /** @param tls listens on TCP, with TLS, instead of on its socket */
  constructor(private readonly tls?: TlsOptions) {
    this.state = new EngineState(openHostSandboxes(join(this.folder, 'boxes')));
    this.server = this.newServer();
  }

  private newServer(): Server {
    const answer = (request: IncomingMessage, response: ServerResponse) =>
      void this.answer(request, response);
    const server =
      this.tls === undefined
        ? createServer(answer)
        : createTlsServer({ ...this.tls, allowHalfOpen: true }, answer);
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      void this.upgrade(request, socket, head);
    });
    return server;
  }

  async listen(): Promise<void> {
    if (this.tls === undefined) this.server.listen(this.socketPath);
    else this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  /** With TLS. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Every connection breaks, nothing answers for a while; containers live on, as with live-restore. */
  async restart(downMs: number): Promise<void> {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await delay(downMs);
    this.server = this.newServer();
    await this.listen();
  }

  async close(): Promise<void> {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await this.state.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private takeFault(method: string, path: string): Fault['does'] | undefined {
    const at = this.faults.findIndex((fault) => fault.method === method && fault.path.test(path));
    const fault = this.faults[at];
    if (fault === undefined) return undefined;
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) this.faults.splice(at, 1);
    return fault.does;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', 'http://docker');
      if (url.pathname === '/_ping') return void response.setHeader('api-version', API).end('OK');
      const path = unversioned(url.pathname);
      const fault = this.takeFault(request.method ?? '', path);
      if (fault === 'break') return void request.socket.destroy();
      if (fault === 'break-body') {
        response.writeHead(200, { 'content-type': 'application/json' }).write('{"Id":');
        return void setTimeout(() => request.socket.destroy(), 20);
      }
      if (fault !== undefined && 'delayMs' in fault) await delay(fault.delayMs);
      if (fault !== undefined && 'status' in fault) throw new Refusal(fault.status, fault.message);
      const call = await this.check(request, url, path);
      const reply = await this.state.handle(call);
      this.send(response, reply);
    } catch (error) {
      const { status, message } = error instanceof Refusal ? error : { status: 500, message: String(error) };
      if (!(error instanceof Refusal))
        this.violations.push(`${request.method} ${request.url}: ${(error as Error).stack}`);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
    }
  }

  private send(response: ServerResponse, reply: Awaited<ReturnType<EngineState['handle']>>): void {
    if (reply.lines !== undefined) {
      response.writeHead(200, { 'content-type': 'application/json' });
      const sent = (async () => {
        for await (const line of reply.lines ?? []) response.write(`${JSON.stringify(line)}\r\n`);
        response.end();
      })();
      sent.catch((error: Error) => {
        this.violations.push(`in a stream: ${error.stack}`);
        response.destroy();
      });
      return;
    }
    const isTar = Buffer.isBuffer(reply.body);
    response.writeHead(reply.status, { 'content-type': isTar ? 'application/x-tar' : 'application/json' });
    response.end(isTar ? reply.body : reply.body === undefined ? undefined : JSON.stringify(reply.body));
  }

  /** Holds a request against its rule. */
  private async check(request: IncomingMessage, url: URL, path: string): Promise<Call> {
    const method = request.method ?? '';
    this.requests.push(`${method} ${path}${url.search}`);
    const rule = REQUEST_RULES.find((one) => one.method === method && one.path.test(path));
    if (rule === undefined) this.refuse(`${method} ${path}: no such call`, 404, 'page not found');
    const parameter = decodeURIComponent(rule?.path.exec(path)?.[1] ?? '');
    const query = Object.fromEntries(url.searchParams);
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const raw = Buffer.concat(chunks);
    const isTar = request.headers['content-type'] === 'application/x-tar';
    const body = raw.length > 0 && !isTar ? (JSON.parse(raw.toString()) as never) : undefined;
    const faults = [
      ...faultsOf(rule, query, body),
      ...(rule?.handler === 'createContainer' ? containerFaults(body as never) : []),
    ];
    if (this.strict && faults.length > 0)
      this.refuse(`${method} ${path}: ${faults.join('; ')}`, 400, faults.join('; '));
    return {
      handler: rule?.handler ?? '',
      parameter,
      query,
      body: body as never,
      tar: isTar ? raw : undefined,
    };
  }

  private refuse(violation: string, status: number, message: string): never {
    this.violations.push(violation);
    throw new Refusal(status, message);
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const path = unversioned(new URL(request.url ?? '/', 'http://docker').pathname);
    const fault = this.takeFault(request.method ?? '', path);
    socket.on('error', () => undefined);
    if (fault === 'break') return void socket.destroy();
    const length = Number(request.headers['content-length'] ?? 0);
    let raw = head;
    while (raw.length < length) raw = Buffer.concat([raw, ((await once(socket, 'data')) as [Buffer])[0]]);
    const id = /^\/exec\/([a-z0-9]+)\/start$/.exec(path)?.[1] ?? '';
    const shape = REQUEST_RULES.find(({ handler }) => handler === 'startExec')?.body ?? {};
    const faults = misfits(JSON.parse(raw.subarray(0, length).toString() || '{}'), shape);
    this.requests.push(`POST ${path}`);
    if (this.strict && faults.length > 0) this.violations.push(`POST ${path}: ${faults.join('; ')}`);
    try {
      if (fault !== undefined && typeof fault === 'object' && 'status' in fault)
        throw new Refusal(fault.status, fault.message);
      const cut =
        fault !== undefined && typeof fault === 'object' && 'cutAfterBytes' in fault
          ? fault.cutAfterBytes
          : Infinity;
      const slow = fault !== undefined && typeof fault === 'object' && 'slowMs' in fault ? fault.slowMs : 0;
      this.state.attach(id, socket, raw.subarray(length), cut, slow);
    } catch (error) {
      const { status, message } = error instanceof Refusal ? error : { status: 500, message: String(error) };
      const text = JSON.stringify({ message });
      socket.end(
        `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      );
    }
  }
}

function faultsOf(rule: RequestRule | undefined, query: Record<string, string>, body: unknown): string[] {
  const inQuery = misfits(query, rule?.query ?? {});
  const inBody =
    rule?.body !== undefined
      ? misfits(body, rule.body)
      : body === undefined
        ? []
        : ['a body nobody asked for'];
  return [...inQuery, ...inBody];
}

function unversioned(path: string): string {
  const match = /^\/v(\d+)\.(\d+)(\/.*)$/.exec(path);
  if (match === null) throw new Refusal(400, 'the path names no version');
  if (Number(match[1]) !== 1 || Number(match[2]) > Number(API.split('.')[1]))
    throw new Refusal(
      400,
      `client version ${match[1]}.${match[2]} is too new. Maximum supported API version is ${API}`,
    );
  return match[3] ?? '/';
}
