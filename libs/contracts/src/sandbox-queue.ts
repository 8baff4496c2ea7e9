/** A request for a sandbox that waits for a place at its provider. */
export interface QueuedSandbox {
  id: string;
  tenantId: string;
}

/** Where a request stands: 1 is the next. `etaMs` null while nothing is known about how long places are held. */
export interface QueuePosition {
  position: number;
  etaMs: number | null;
}

/** What decides who is next. */
export interface QueueState {
  /** Oldest first. */
  queued: readonly QueuedSandbox[];
  /** Places that each tenant holds now. */
  held: Readonly<Record<string, number>>;
  /** When each tenant got its last place, Unix epoch ms. */
  lastAdmitted: Readonly<Record<string, number>>;
  /** Most places of a tenant; absent: no bound. */
  most: Readonly<Record<string, number>>;
}

/**
 * The order in which requests get places, if none is given back meanwhile: always one of the tenant that holds the fewest; among those
 * one that waits longest since its last place; within a tenant the oldest. So nobody waits for the crowd of another. Pure.
 * @param places free now
 */
export function admissionOrder(
  { queued, held, lastAdmitted, most }: QueueState,
  places: number,
): QueuedSandbox[] {
  const lines = new Map<string, QueuedSandbox[]>();
  for (const request of queued) {
    const line = lines.get(request.tenantId);
    if (line === undefined) lines.set(request.tenantId, [request]);
    else line.push(request);
  }
  const tenants = [...lines].map(([id, line], index) => ({
    id,
    line,
    next: 0,
    held: held[id] ?? 0,
    lastAdmitted: lastAdmitted[id] ?? 0,
    index,
  }));
  const order: QueuedSandbox[] = [];
  while (order.length < places) {
    const next = tenants
      .filter((tenant) => tenant.next < tenant.line.length && tenant.held < (most[tenant.id] ?? Infinity))
      .reduce<(typeof tenants)[number] | undefined>(
        (best, tenant) => (best === undefined || comesBefore(tenant, best) ? tenant : best),
        undefined,
      );
    const request = next?.line[next.next];
    if (next === undefined || request === undefined) break;
    order.push(request);
    next.next += 1;
    next.held += 1;
    // Later than any moment of the past, and in the order of this very round.
    next.lastAdmitted = Number.MAX_SAFE_INTEGER / 2 + order.length;
  }
  return order;
}

interface Turn {
  held: number;
  lastAdmitted: number;
  index: number;
}
const comesBefore = (a: Turn, b: Turn): boolean =>
  (a.held - b.held || a.lastAdmitted - b.lastAdmitted || a.index - b.index) < 0;

/**
 * About how long until the request at a position gets its place, ms; null while nothing is known.
 * @param position 1: the next
 * @param holdMs how long places were held lately
 */
export function waitEstimate(position: number, places: number, holdMs: number | null): number | null {
  if (holdMs === null || places <= 0) return null;
  // Places come free one after the other, each after `holdMs / places`.
  return Math.round((position / places) * holdMs);
}
