import { admissionOrder, waitEstimate } from '@showrunner/contracts';
import type { QueuePosition, QueueState, SandboxProviderName } from '@showrunner/contracts';
import type { Db } from '../connection/client';
import { laneOf, withinLanes } from './lanes';
import type { Lane, LaneBounds, LaneOf } from './lanes';
import { toSandboxRecord } from './sandbox-record';
import type { SandboxRecord } from './sandbox-record';

export interface Places {
  /** Sandboxes that the provider runs for us at a time. */
  total: number;
  /** Most of one tenant that has no bound of its own. */
  perTenant: number;
  /** Most sandboxes of films, and of builds of their own, at a time; absent: no bound beside `total`. */
  films?: number;
}

const AT_REST = { in: ['stopped', 'archived'] };
/** Sandboxes that hold a place at their provider; a stopped one from its admission on. */
const HOLDING = {
  OR: [{ status: { in: ['creating', 'running'] } }, { status: AT_REST, desired: 'running', queuedAt: null }],
};
/** New sandboxes that wait for a place, and stopped ones that shall run again. */
const WAITING = {
  OR: [
    { status: 'queued', desired: { not: 'destroyed' } },
    { status: AT_REST, desired: 'running', queuedAt: { not: null } },
  ],
};
const LANE = { purpose: true, runId: true, idleTimeoutMs: true } as const;
const since = ({ queuedAt, createdAt }: { queuedAt: Date | null; createdAt: Date }): number =>
  (queuedAt ?? createdAt).getTime();
const NO_LANE: LaneOf = { purpose: '', runId: null, idleTimeoutMs: null };
const boundsOf = ({ films }: Places): LaneBounds =>
  films === undefined ? {} : { film: films, build: films };
/** Sandboxes whose time is averaged for estimates. */
const RECENT = 50;

/**
 * The queue in front of a provider with limited places. It lives in the rows of sandboxes: a new one waits with the status `queued`, a
 * stopped one with `queuedAt`, so nothing of it is lost with a process. Call `admit` and `enter` in a transaction.
 */
export function sandboxQueueRepository(db: Db) {
  const state = async (provider: SandboxProviderName, perTenant: number) => {
    const [queued, held, lastAdmitted, tenants] = await Promise.all([
      db.sandbox.findMany({
        where: { provider, ...WAITING },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        select: { ...LANE, id: true, tenantId: true, createdAt: true, queuedAt: true },
      }),
      db.sandbox.groupBy({ by: ['tenantId'], where: { provider, ...HOLDING }, _count: true }),
      db.sandbox.groupBy({ by: ['tenantId'], where: { provider }, _max: { admittedAt: true } }),
      db.tenant.findMany({ select: { id: true, maxSandboxes: true } }),
    ]);
    return {
      queued: queued.sort((a, b) => since(a) - since(b)),
      held: Object.fromEntries(held.map(({ tenantId, _count }) => [tenantId, _count])),
      lastAdmitted: Object.fromEntries(
        lastAdmitted.map(({ tenantId, _max }) => [tenantId, _max.admittedAt?.getTime() ?? 0]),
      ),
      most: Object.fromEntries(tenants.map(({ id, maxSandboxes }) => [id, maxSandboxes ?? perTenant])),
    };
  };
  const heldPlaces = ({ held }: QueueState): number =>
    Object.values(held).reduce((sum, count) => sum + count, 0);

  /** Whose turn it is now. One admission at a time in the whole platform. */
  const turns = async (provider: SandboxProviderName, places: Places): Promise<string[]> => {
    if ((await db.sandbox.count({ where: { provider, ...WAITING } })) === 0) return [];
    await db.$executeRaw`SELECT pg_advisory_xact_lock(7310003)`;
    const now = await state(provider, places.perTenant);
    const lanes = new Map(now.queued.map((row) => [row.id, laneOf(row)]));
    return withinLanes(admissionOrder(now, now.queued.length), places.total - heldPlaces(now), {
      laneOfRequest: ({ id }) => lanes.get(id) ?? 'request',
      held: await heldLanes(provider),
      most: boundsOf(places),
    }).map(({ id }) => id);
  };
  const heldLanes = async (provider: SandboxProviderName): Promise<Record<Lane, number>> => {
    const rows = await db.sandbox.findMany({ where: { provider, ...HOLDING }, select: LANE });
    const held = { film: 0, build: 0, request: 0 };
    for (const row of rows) held[laneOf(row)] += 1;
    return held;
  };
  const admitted = async (ids: string[]): Promise<SandboxRecord[]> => {
    const admittedAt = new Date();
    const data = { admittedAt, lastUsedAt: admittedAt, queuedAt: null };
    await db.sandbox.updateMany({
      where: { id: { in: ids }, status: 'queued' },
      data: { ...data, status: 'creating' },
    });
    await db.sandbox.updateMany({ where: { id: { in: ids }, ...WAITING }, data });
    const rows = await db.sandbox.findMany({ where: { id: { in: ids }, admittedAt } });
    return rows.map(toSandboxRecord);
  };

  return {
    /** Gives the free places to those whose turn it is; the status of new ones is `creating` then. */
    async admit(provider: SandboxProviderName, places: Places): Promise<SandboxRecord[]> {
      const ids = await turns(provider, places);
      return ids.length === 0 ? [] : admitted(ids);
    },
    /** Gives this one its place when it is its turn; others whose turn it is as well keep theirs. True when it got it. */
    async enter({ id, provider }: SandboxRecord, places: Places): Promise<boolean> {
      if (!(await turns(provider, places)).includes(id)) return false;
      return (await admitted([id])).length > 0;
    },
    /** Where a sandbox stands that waits for a place; null when it does not wait. */
    async position(sandbox: SandboxRecord, places: Places): Promise<QueuePosition | null> {
      if (sandbox.status !== 'queued' && sandbox.queuedAt === null) return null;
      const { provider, id } = sandbox;
      const now = await state(provider, places.perTenant);
      // Bounds of tenants move with what they give back, so they do not count for the order in the long run.
      const all = admissionOrder({ ...now, most: {} }, now.queued.length);
      const lane = laneOf(now.queued.find((row) => row.id === id) ?? NO_LANE);
      const bound = boundsOf(places)[lane];
      const same = new Set(now.queued.filter((row) => laneOf(row) === lane).map((row) => row.id));
      // Where its lane is the narrower door, only those of its lane stand before it.
      const order =
        bound === undefined || bound >= places.total ? all : all.filter((row) => same.has(row.id));
      const index = order.findIndex((request) => request.id === id);
      if (index < 0) return null;
      const [lately] = await db.$queryRaw<{ hold_ms: number | null }[]>`
        SELECT avg(extract(epoch FROM coalesce(stopped_at, destroyed_at) - admitted_at) * 1000)::float8 AS hold_ms FROM (
          SELECT stopped_at, destroyed_at, admitted_at FROM sandboxes
          WHERE provider = ${provider} AND admitted_at IS NOT NULL AND coalesce(stopped_at, destroyed_at) > admitted_at
          ORDER BY coalesce(stopped_at, destroyed_at) DESC LIMIT ${RECENT}) AS recent`;
      return {
        position: index + 1,
        etaMs: waitEstimate(
          index + 1,
          Math.min(bound ?? places.total, places.total),
          lately?.hold_ms ?? null,
        ),
      };
    },
    /** Takes a request out of the queue before it got a place. True when this call did. */
    async withdraw(id: string): Promise<boolean> {
      const { count } = await db.sandbox.updateMany({
        where: { id, status: 'queued' },
        data: { status: 'destroyed', desired: 'destroyed', destroyedAt: new Date() },
      });
      return count > 0;
    },
  };
}
