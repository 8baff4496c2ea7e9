import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { admissionOrder, waitEstimate } from './sandbox-queue';
import type { QueuedSandbox, QueueState } from './sandbox-queue';

const request = (tenantId: string, n: number): QueuedSandbox => ({ id: `${tenantId}${n}`, tenantId });
const state = (change: Partial<QueueState>): QueueState => ({
  queued: [],
  held: {},
  lastAdmitted: {},
  most: {},
  ...change,
});
const ids = (order: QueuedSandbox[]): string => order.map(({ id }) => id).join(' ');

describe('the order of admission', () => {
  it('takes turns between tenants however many one has asked for first', () => {
    const queued = [request('a', 1), request('a', 2), request('a', 3), request('b', 1), request('c', 1)];
    expect(ids(admissionOrder(state({ queued }), 5))).toBe('a1 b1 c1 a2 a3');
  });

  it('prefers who holds less, then who waits longer since the last place', () => {
    const queued = [request('a', 1), request('b', 1)];
    expect(ids(admissionOrder(state({ queued, held: { a: 1 } }), 2))).toBe('b1 a1');
    expect(ids(admissionOrder(state({ queued, lastAdmitted: { a: 9, b: 5 } }), 2))).toBe('b1 a1');
  });

  it('keeps a tenant within its places and gives the rest to others', () => {
    const queued = [request('a', 1), request('a', 2), request('b', 1), request('b', 2)];
    expect(ids(admissionOrder(state({ queued, most: { a: 1 } }), 9))).toBe('a1 b1 b2');
  });

  it('loses nobody, keeps the order of each tenant, and no tenant gets two ahead of one that waits', () => {
    const tenants = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 60 });
    fc.assert(
      fc.property(tenants, fc.integer({ min: 0, max: 70 }), (sequence, places) => {
        const queued = sequence.map((tenantId, index) => request(tenantId, index));
        const order = admissionOrder(state({ queued }), places);
        expect(order).toHaveLength(Math.min(places, queued.length));
        expect(new Set(order.map(({ id }) => id)).size).toBe(order.length);
        for (const tenant of ['a', 'b', 'c', 'd']) {
          const line = queued.filter(({ tenantId }) => tenantId === tenant);
          const got = order.filter(({ tenantId }) => tenantId === tenant);
          expect(got).toEqual(line.slice(0, got.length));
          if (got.length === line.length) continue;
          for (const other of ['a', 'b', 'c', 'd'])
            expect(order.filter(({ tenantId }) => tenantId === other).length).toBeLessThanOrEqual(
              got.length + 1,
            );
        }
      }),
    );
  });

  it('estimates the wait by how fast places come free', () => {
    expect(waitEstimate(1, 20, 60_000)).toBe(3_000);
    expect(waitEstimate(20, 20, 60_000)).toBe(60_000);
    expect(waitEstimate(5, 20, null)).toBeNull();
    expect(waitEstimate(5, 0, 1)).toBeNull();
  });
});
