import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxProvider } from '@showrunner/sandbox';
import { ControlApi } from './control-api';
import type { Answer } from './answer';
import { apiProblem, readBody, send, toolboxProblem, type Exchange } from './exchange';
import { Faults } from './faults';
import { refuseUpgrade, streamLog } from './log-streams';
import type { BoxTiming, LoopbackBox } from './loopback-box';
import { PreviewDoors } from './preview-doors';
import { handleToolbox } from './toolbox-api';
import type { Side, WireChecker } from './wire-checker';

const API = '/api';
const TOOLBOX = '/toolbox/';
const LOGIN = 'Location: https://daytona.invalid/login';

export interface LoopbackOptions {
  local: SandboxProvider;
  apiKey: string;
  checker?: WireChecker;
}

/**
 * Daytona on loopback: control API, toolbox, log streams and previews, with real local sandboxes behind them. Everything that comes and goes is held
 * against the specifications. The event stream (socket.io) is refused, as a server without it does.
 */
export class DaytonaLoopback {
  readonly boxes = new Map<string, LoopbackBox>();
  readonly faults = new Faults();
  readonly timing: BoxTiming = {
    startMs: 0,
    stopMs: 0,
    stuckIn: new Set(),
    failToStart: false,
    hollow: false,
  };
  readonly tier = { choosesNetwork: true };
  /** `METHOD /path` of every call, in order. */
  readonly calls: string[] = [];
  private readonly server: Server;
  private readonly doors = new PreviewDoors();
  private readonly api: ControlApi;
  private readonly stopped = new AbortController();

  constructor(private readonly options: LoopbackOptions) {
    const { local } = options;
    this.api = new ControlApi({
      local,
      boxes: this.boxes,
      timing: this.timing,
      tier: this.tier,
      toolboxUrl: () => `${this.origin}/toolbox`,
      previewUrl: (box, port) => this.doors.url(box, port),
    });
    this.server = createServer((request, response) => void this.serve(request, response));
    this.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.upgrade(request, socket, head),
    );
  }

  private get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `${this.origin}${API}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.doors.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    for (const box of this.boxes.values()) await box.die();
  }

  /** The box behind a sandbox of ours. */
  boxOf(id: string): LoopbackBox {
    const box = [...this.boxes.values()].find(
      ({ labels, desiredState }) => labels['showrunner.sandbox'] === id && desiredState !== 'destroyed',
    );
    if (box === undefined) throw new Error(`no box of ${id}`);
    return box;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', this.origin);
      const method = request.method ?? 'GET';
      const exchange: Exchange = { method, url, headers: request.headers, body: await readBody(request) };
      const call = `${method} ${url.pathname}`;
      this.calls.push(call);
      const fault = this.faults.forCall(call);
      if (fault?.delayMs !== undefined) await delay(fault.delayMs);
      if (fault?.loseRequest === true) return void request.socket.destroy();
      const answer = fault?.reply ?? (await this.answer(exchange));
      if (fault?.loseAnswer === true) return void request.socket.destroy();
      if (fault?.reply === undefined) send(response, answer);
      else
        send(response, {
          ...answer,
          body: answer.body ?? apiProblem(url.pathname, answer.status, 'as ordered').body,
        });
    } catch (error) {
      send(response, apiProblem(request.url ?? '', 500, String(error)));
    }
  }

  private async answer(exchange: Exchange): Promise<Answer> {
    const { url, headers } = exchange;
    const side: Side = url.pathname.startsWith(TOOLBOX) ? 'toolbox' : 'api';
    if (headers.authorization !== `Bearer ${this.options.apiKey}`)
      return apiProblem(url.pathname, 401, 'Invalid credentials');
    if (side === 'api') {
      const path = url.pathname.slice(API.length);
      return this.checked(side, exchange, path, () => this.api.handle(exchange, path));
    }
    const { box, path } = this.toolboxOf(url);
    if (box === undefined) return toolboxProblem(exchange, 404, 'NOT_FOUND', 'sandbox not found');
    return this.checked(side, exchange, path, () => handleToolbox(exchange, box, path));
  }

  private async checked(
    side: Side,
    exchange: Exchange,
    path: string,
    work: () => Promise<Answer>,
  ): Promise<Answer> {
    const { checker } = this.options;
    const target = path + exchange.url.search;
    checker?.request(side, exchange, target);
    const answer = await work();
    // What goes over the wire is JSON: values that it has not are left out.
    const isJson = answer.body !== undefined && !Buffer.isBuffer(answer.body);
    const body: unknown = isJson ? JSON.parse(JSON.stringify(answer.body)) : answer.body;
    checker?.reply(side, exchange.method, target, { ...answer, body });
    return answer;
  }

  private toolboxOf(url: URL): { box?: LoopbackBox; path: string } {
    const [id = '', ...rest] = url.pathname.slice(TOOLBOX.length).split('/');
    const box = this.boxes.get(id);
    return { box: box?.state === 'destroyed' ? undefined : box, path: `/${rest.join('/')}` };
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => undefined);
    const url = new URL(request.url ?? '/', this.origin);
    this.calls.push(`UPGRADE ${url.pathname}`);
    if (!url.pathname.startsWith(TOOLBOX)) return refuseUpgrade(socket, '404 Not Found');
    const { box, path } = this.toolboxOf(url);
    if (box === undefined) return refuseUpgrade(socket, '404 Not Found');
    const fault = this.faults.forStream();
    const token = url.searchParams.get('DAYTONA_SANDBOX_AUTH_KEY');
    const byToken = token === box.previewToken;
    const byHeader =
      request.headers.authorization === `Bearer ${this.options.apiKey}` && fault?.redirect !== true;
    if (fault?.redirectAlways === true || !(byToken || byHeader))
      return refuseUpgrade(socket, '307 Temporary Redirect', [LOGIN]);
    const target = new URL(url);
    target.searchParams.delete('DAYTONA_SANDBOX_AUTH_KEY'); // taken by the proxy
    this.options.checker?.request(
      'toolbox',
      { method: 'GET', url, headers: request.headers, body: undefined },
      path + target.search,
    );
    const [, , , sessionId = '', , commandId = ''] = path.split('/').map(decodeURIComponent);
    const command = box.sessions.get(sessionId)?.find(({ id }) => id === commandId);
    if (command === undefined) return refuseUpgrade(socket, '404 Not Found');
    streamLog({ request, socket, head, command, fault, over: this.stopped.signal });
  }
}
