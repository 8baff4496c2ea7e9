import { z } from 'zod';
import type { E2bWire } from '../e2b-connection';
import type { Exchange } from './exchange';
import type { Fault } from './faults';
import type { LoopbackBox, LoopbackBoxOptions } from './loopback-box';

export interface ControlHost {
  readonly boxes: Map<string, LoopbackBox>;
  readonly wire: Exclude<E2bWire, 'auto'> | 'both';
  readonly domain: string;
  readonly pageSize: number;
  knowsTemplate(name: string): boolean;
  makeBox(options: Omit<LoopbackBoxOptions, 'resources'>, ttlSeconds: number): Promise<LoopbackBox>;
  destroyBox(box: LoopbackBox): Promise<void>;
  pauseBox(box: LoopbackBox): Promise<void>;
  resumeBox(box: LoopbackBox, ttlSeconds: number): Promise<void>;
  setTtl(box: LoopbackBox, ttlSeconds: number): void;
  applyNetwork(box: LoopbackBox): Promise<void>;
}

const ENVD_VERSION = '0.6.4';

const NetworkSchema = z.object({
  allowOut: z.array(z.string()).optional(),
  denyOut: z.array(z.string()).optional(),
  allowPublicTraffic: z.boolean().optional(),
});
const NewSchema = z.object({
  templateID: z.string(),
  timeout: z.number().int().optional(),
  metadata: z.record(z.string(), z.string()).default({}),
  envVars: z.record(z.string(), z.string()).default({}),
  autoPause: z.boolean().default(false),
  secure: z.boolean().optional(),
  network: NetworkSchema.default({}),
});
const TimeoutSchema = z.object({ timeout: z.number().int().min(0).default(300) });

/** The control API of both wires. @returns false for a path that this server does not have */
export async function serveControl(
  host: ControlHost,
  exchange: Exchange,
  fault: Fault | undefined,
): Promise<boolean> {
  const path = exchange.url.pathname;
  const versioned = /^\/(v2\/)?sandboxes(\/[^/]+)?(\/[^/]+)?$/.exec(path);
  if (versioned === null) return false;
  const [, prefix, idPart, actionPart] = versioned;
  const route = `${exchange.method} ${prefix ?? ''}${idPart === undefined ? '' : '{id}'}${actionPart ?? ''}`;
  if (/^POST (v2\/)?({id}\/connect)?$/.test(route)) {
    const wire = prefix === undefined ? 'v1' : 'v2';
    if (host.wire !== 'both' && host.wire !== wire) return false;
  }
  if (route === 'POST ' || route === 'POST v2/') await create(host, exchange, prefix !== undefined);
  else if (route === 'GET v2/') list(host, exchange);
  else {
    const box = host.boxes.get(idPart?.slice(1) ?? '');
    if (box === undefined) {
      if (!/^(GET|POST|PUT|DELETE) (v2\/)?{id}(\/(connect|pause|timeout|network|metrics))?$/.test(route))
        return false;
      exchange.refuse(404, `sandbox "${idPart?.slice(1) ?? ''}" not found`);
      return true;
    }
    return serveBox(host, exchange, route.replace('v2/', ''), box, fault);
  }
  return true;
}

async function create(host: ControlHost, exchange: Exchange, secondVersion: boolean): Promise<void> {
  const asked = NewSchema.parse(await exchange.json());
  if (!host.knowsTemplate(asked.templateID))
    return exchange.refuse(404, `template '${asked.templateID}' not found`);
  const box = await host.makeBox(
    {
      template: asked.templateID,
      metadata: asked.metadata,
      envVars: asked.envVars,
      network: asked.network,
      autoPause: asked.autoPause,
      secure: secondVersion || asked.secure === true,
    },
    asked.timeout ?? (secondVersion ? 300 : 15),
  );
  exchange.reply(201, openedOf(host, box));
}

function list(host: ControlHost, exchange: Exchange): void {
  const query = exchange.url.searchParams;
  const wanted = [...new URLSearchParams(query.get('metadata') ?? '')].map(
    ([name, value]) => [decodeURIComponent(name), decodeURIComponent(value)] as const,
  );
  const states = query.get('state')?.split(',') ?? ['running'];
  const limit = Math.min(Number(query.get('limit') ?? host.pageSize), host.pageSize);
  const start = Number(query.get('nextToken') ?? 0);
  const found = [...host.boxes.values()]
    .filter((box) => states.includes(box.state))
    .filter((box) => wanted.every(([name, value]) => box.options.metadata[name] === value));
  const more = start + limit < found.length;
  exchange.reply(
    200,
    found.slice(start, start + limit).map(listedOf),
    more ? { 'X-Next-Token': String(start + limit) } : {},
  );
}

async function serveBox(
  host: ControlHost,
  exchange: Exchange,
  route: string,
  box: LoopbackBox,
  fault: Fault | undefined,
): Promise<boolean> {
  const stuck = fault?.kind === 'stuck';
  switch (route) {
    case 'GET {id}': {
      const { allowOut, denyOut, allowPublicTraffic } = box.network;
      exchange.reply(200, {
        ...listedOf(box),
        ...(box.token === undefined ? {} : { envdAccessToken: box.token }),
        domain: host.domain,
        network: { allowOut, denyOut, allowPublicTraffic },
      });
      return true;
    }
    case 'DELETE {id}':
      await host.destroyBox(box);
      exchange.reply(204);
      return true;
    case 'POST {id}/pause':
      await exchange.json();
      if (box.state === 'paused') exchange.refuse(409, `sandbox '${box.id}' is already paused`);
      else {
        if (!stuck) await host.pauseBox(box);
        exchange.reply(204);
      }
      return true;
    case 'POST {id}/connect': {
      const { timeout } = TimeoutSchema.parse((await exchange.json()) ?? {});
      const resumed = box.state === 'paused';
      if (resumed && !stuck) await host.resumeBox(box, timeout);
      // On a running box the time to live can only grow.
      else if (Date.now() + timeout * 1000 > box.endAt.getTime()) host.setTtl(box, timeout);
      exchange.reply(resumed ? 201 : 200, openedOf(host, box));
      return true;
    }
    case 'POST {id}/timeout': {
      const { timeout } = TimeoutSchema.parse(await exchange.json());
      if (box.state === 'paused') exchange.refuse(404, `sandbox "${box.id}" not found`);
      else {
        host.setTtl(box, timeout);
        exchange.reply(204);
      }
      return true;
    }
    case 'PUT {id}/network': {
      const { allowOut, denyOut } = NetworkSchema.parse(await exchange.json());
      if (box.state === 'paused') {
        exchange.refuse(409, `sandbox '${box.id}' is paused`);
        return true;
      }
      box.network = { allowOut, denyOut, allowPublicTraffic: box.network.allowPublicTraffic };
      await host.applyNetwork(box);
      exchange.reply(204);
      return true;
    }
    case 'GET {id}/metrics':
      exchange.reply(200, [await metricOf(box)]);
      return true;
    default:
      return false;
  }
}

function openedOf(host: ControlHost, box: LoopbackBox) {
  return {
    templateID: box.options.template,
    sandboxID: box.id,
    clientID: 'loopback',
    envdVersion: ENVD_VERSION,
    ...(box.token === undefined ? {} : { envdAccessToken: box.token }),
    trafficAccessToken: box.trafficToken ?? null,
    domain: host.domain,
  };
}

function listedOf(box: LoopbackBox) {
  return {
    templateID: box.options.template,
    alias: box.options.template,
    sandboxID: box.id,
    clientID: 'loopback',
    startedAt: box.startedAt.toISOString(),
    endAt: box.endAt.toISOString(),
    ...box.options.resources,
    metadata: box.options.metadata,
    state: box.state,
    envdVersion: ENVD_VERSION,
  };
}

async function metricOf(box: LoopbackBox) {
  const used = await box.local.metrics();
  const now = new Date();
  const { cpuCount, memoryMB, diskSizeMB } = box.options.resources;
  return {
    timestamp: now.toISOString(),
    timestampUnix: Math.floor(now.getTime() / 1000),
    cpuCount,
    cpuUsedPct: 0.5,
    memUsed: used.memoryBytes ?? 0,
    memTotal: memoryMB * 1024 ** 2,
    memCache: 0,
    diskUsed: used.diskBytes ?? 0,
    diskTotal: diskSizeMB * 1024 ** 2,
  };
}
