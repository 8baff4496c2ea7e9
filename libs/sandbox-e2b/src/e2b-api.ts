import type { E2bConnection } from './e2b-connection';
import { apiError, unavailable } from './e2b-errors';
import { loadE2bSdk, sdkOptions, type BoxAccess } from './e2b-sdk';
import type { BoxResources } from './box-limits';
import type { EgressRules } from './network-rules';

/** A box as E2B tells of it, running or paused. */
export interface Box extends BoxResources {
  boxId: string;
  template: string;
  state: 'running' | 'paused';
  startedAt: string;
  endAt: string;
  metadata: Record<string, string>;
}

export interface BoxDetail extends Box {
  access: BoxAccess;
  network?: EgressRules;
}

/** What creating and connecting answer. */
export interface OpenedBox {
  access: BoxAccess;
  /** Previews of a private box ask for it; E2B tells it nowhere else. */
  trafficToken?: string;
}

export interface NewBox {
  ttlSeconds: number;
  metadata: Record<string, string>;
  network: EgressRules;
}

export interface MetricSample {
  timestampUnix: number;
  cpuCount: number;
  cpuUsedPct: number;
  memUsed: number;
  diskUsed: number;
}

interface Reply<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

const PAGE = 100;

/**
 * The control API through the SDK's own typed client: unlike the methods of its `Sandbox` class this tells status and headers of a refusal, and
 * speaks both wires.
 */
export class E2bApi {
  private wire: 'v1' | 'v2' | undefined;

  constructor(private readonly connection: E2bConnection) {
    this.wire = connection.wire === 'auto' ? undefined : connection.wire;
  }

  private async client() {
    const sdk = await loadE2bSdk();
    return new sdk.ApiClient(new sdk.ConnectionConfig(sdkOptions(this.connection))).api;
  }

  /** Sends one request within the time limit. A reply that cannot be read as specified counts as none. */
  private async ask<Data>(
    action: string,
    send: (client: Awaited<ReturnType<E2bApi['client']>>, signal: AbortSignal) => Promise<Reply<Data>>,
    caller?: AbortSignal,
  ): Promise<Reply<Data>> {
    const limit = AbortSignal.timeout(this.connection.requestTimeoutMs);
    const client = await this.client();
    try {
      return await send(client, caller === undefined ? limit : AbortSignal.any([limit, caller]));
    } catch (error) {
      caller?.throwIfAborted();
      const why = limit.aborted ? `no answer within ${this.connection.requestTimeoutMs} ms` : reasonOf(error);
      throw unavailable(`E2B did not ${action}: ${why}.`, error);
    }
  }

  /** Creating and connecting: v2 first; a server that has only v1 says that it does not know the path. */
  private async askOnEitherWire<Data>(
    ask: (wire: 'v1' | 'v2') => Promise<Reply<Data>>,
    unknownPath: (reply: Reply<Data>) => boolean,
  ) {
    if (this.wire !== undefined) return ask(this.wire);
    const reply = await ask('v2');
    if (reply.response.ok) this.wire = 'v2';
    if (!unknownPath(reply)) return reply;
    const older = await ask('v1');
    if (older.response.ok) this.wire = 'v1';
    return older;
  }

  async create(box: NewBox, caller?: AbortSignal): Promise<OpenedBox> {
    const body = {
      templateID: this.connection.template,
      timeout: box.ttlSeconds,
      metadata: box.metadata,
      // At the backstop the box is stopped, not lost; traffic alone never starts it again.
      autoPause: true,
      autoPauseMemory: false,
      autoResume: { enabled: false },
      network: { ...box.network, allowPublicTraffic: false },
    };
    const reply = await this.askOnEitherWire(
      (wire) =>
        this.ask(
          'create a sandbox',
          (client, signal) =>
            wire === 'v2'
              ? client.POST('/v2/sandboxes', { body, signal })
              : client.POST('/sandboxes', { body: { ...body, secure: true }, signal }),
          caller,
        ),
      ({ response }) => [404, 405].includes(response.status),
    );
    return opened(dataOf('create a sandbox', reply));
  }

  /** Starts a paused box, and moves its end to no earlier than this; undefined when there is none. */
  async connect(boxId: string, ttlSeconds: number): Promise<OpenedBox | undefined> {
    const request = { params: { path: { sandboxID: boxId } }, body: { timeout: ttlSeconds } };
    const reply = await this.askOnEitherWire(
      (wire) =>
        this.ask('start the sandbox', (client, signal) =>
          wire === 'v2'
            ? client.POST('/v2/sandboxes/{sandboxID}/connect', { ...request, signal })
            : client.POST('/sandboxes/{sandboxID}/connect', { ...request, signal }),
        ),
      // 404 says "no such path" or "no such sandbox" alike; the older path tells which.
      ({ response }) => [404, 405].includes(response.status),
    );
    return reply.response.status === 404 ? undefined : opened(dataOf('start the sandbox', reply));
  }

  /** undefined when there is none. */
  async detail(boxId: string): Promise<BoxDetail | undefined> {
    const reply = await this.ask('tell of the sandbox', (client, signal) =>
      client.GET('/sandboxes/{sandboxID}', { params: { path: { sandboxID: boxId } }, signal }),
    );
    if (reply.response.status === 404) return undefined;
    const data = dataOf('tell of the sandbox', reply);
    return { ...boxOf(data), access: accessOf(data), network: data.network };
  }

  /** Running and paused boxes with these metadata, all pages. */
  async list(metadata: Record<string, string>): Promise<Box[]> {
    const filter = new URLSearchParams(
      Object.entries(metadata).map(([name, value]) => [encodeURIComponent(name), encodeURIComponent(value)]),
    ).toString();
    const boxes: Box[] = [];
    for (let nextToken: string | undefined; ;) {
      const query = {
        metadata: filter,
        state: ['running' as const, 'paused' as const],
        limit: PAGE,
        nextToken,
      };
      const reply = await this.ask('list sandboxes', (client, signal) =>
        client.GET('/v2/sandboxes', { params: { query }, signal }),
      );
      boxes.push(...dataOf('list sandboxes', reply).map(boxOf));
      const following = reply.response.headers.get('x-next-token') ?? '';
      if (following === '' || following === nextToken) return boxes;
      nextToken = following;
    }
  }

  /** Nothing when there is none. */
  async kill(boxId: string): Promise<void> {
    const reply = await this.ask('destroy the sandbox', (client, signal) =>
      client.DELETE('/sandboxes/{sandboxID}', { params: { path: { sandboxID: boxId } }, signal }),
    );
    if (reply.response.status !== 404) requireOk('destroy the sandbox', reply);
  }

  /** @returns the status: 204 done, 404 no such box, 409 it is paused or about to be */
  async pause(boxId: string): Promise<number> {
    const reply = await this.ask('stop the sandbox', (client, signal) =>
      client.POST('/sandboxes/{sandboxID}/pause', {
        params: { path: { sandboxID: boxId } },
        body: { memory: false },
        signal,
      }),
    );
    if (![404, 409].includes(reply.response.status)) requireOk('stop the sandbox', reply);
    return reply.response.status;
  }

  /** @returns false when no such box runs */
  async setTimeout(boxId: string, ttlSeconds: number): Promise<boolean> {
    const reply = await this.ask('renew the sandbox', (client, signal) =>
      client.POST('/sandboxes/{sandboxID}/timeout', {
        params: { path: { sandboxID: boxId } },
        body: { timeout: ttlSeconds },
        signal,
      }),
    );
    if (reply.response.status === 404) return false;
    requireOk('renew the sandbox', reply);
    return true;
  }

  /** @returns the status and, when refused, what was said */
  async setNetwork(
    boxId: string,
    rules: EgressRules,
  ): Promise<{ status: number; said: string; headers: Headers }> {
    const reply = await this.ask('change the network of the sandbox', (client, signal) =>
      client.PUT('/sandboxes/{sandboxID}/network', {
        params: { path: { sandboxID: boxId } },
        body: rules,
        signal,
      }),
    );
    return { status: reply.response.status, said: messageOf(reply.error), headers: reply.response.headers };
  }

  /** Samples since the creation, oldest first; empty where E2B kept none. */
  async metrics(boxId: string): Promise<MetricSample[] | undefined> {
    const reply = await this.ask('measure the sandbox', (client, signal) =>
      client.GET('/sandboxes/{sandboxID}/metrics', { params: { path: { sandboxID: boxId } }, signal }),
    );
    return reply.response.status === 404 ? undefined : dataOf('measure the sandbox', reply);
  }
}

interface WireAccess {
  sandboxID: string;
  domain?: string | null;
  envdVersion: string;
  envdAccessToken?: string;
}

function accessOf(data: WireAccess): BoxAccess {
  return {
    boxId: data.sandboxID,
    domain: data.domain ?? undefined,
    envdVersion: data.envdVersion,
    envdAccessToken: data.envdAccessToken,
  };
}

function opened(data: WireAccess & { trafficAccessToken?: string | null }): OpenedBox {
  return { access: accessOf(data), trafficToken: data.trafficAccessToken ?? undefined };
}

interface WireBox extends BoxResources {
  sandboxID: string;
  templateID: string;
  alias?: string;
  state: 'running' | 'paused';
  startedAt: string;
  endAt: string;
  metadata?: Record<string, string>;
}

function boxOf(data: WireBox): Box {
  const { sandboxID, templateID, alias, state, startedAt, endAt, metadata, cpuCount, memoryMB, diskSizeMB } =
    data;
  const template = alias ?? templateID;
  return {
    boxId: sandboxID,
    template,
    state,
    startedAt,
    endAt,
    metadata: metadata ?? {},
    cpuCount,
    memoryMB,
    diskSizeMB,
  };
}

function dataOf<Data>(action: string, reply: Reply<Data>): Data {
  requireOk(action, reply);
  if (reply.data === undefined) throw unavailable(`E2B did not ${action}: the reply is empty.`);
  return reply.data;
}

function requireOk(action: string, reply: Reply<unknown>): void {
  const { ok, status, headers } = reply.response;
  if (!ok) throw apiError(action, status, messageOf(reply.error), headers);
}

function messageOf(error: unknown): string {
  if (typeof error === 'string') return error;
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : '';
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
