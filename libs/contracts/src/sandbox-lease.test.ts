import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DesiredStateSchema, nextLeaseStep, SandboxStateSchema } from './sandbox-lease';
import type { Lease } from './sandbox-lease';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const MINUTE = 60_000;
const lease = (change: Partial<Lease> = {}): Lease => ({
  status: 'running',
  desired: 'running',
  ephemeral: false,
  idleTimeoutMs: 15 * MINUTE,
  autoArchiveMs: 60 * MINUTE,
  autoDeleteMs: 120 * MINUTE,
  deadlineAt: null,
  lastUsedAt: NOW,
  stoppedAt: null,
  ...change,
});
const step = (change: Partial<Lease>, budget?: string) => nextLeaseStep(lease(change), NOW, budget);

describe('the lease of a sandbox', () => {
  it('waits until its idle time is over, counted from the last use', () => {
    expect(step({ lastUsedAt: NOW - 5 * MINUTE })).toMatchObject({ action: 'wait', atMs: NOW + 10 * MINUTE });
    expect(step({ lastUsedAt: NOW - 15 * MINUTE })).toEqual({ action: 'stop', why: 'not used for 15 min' });
  });

  it('ends at its deadline whatever is done in it, and deletes what is ephemeral', () => {
    expect(step({ deadlineAt: NOW + 1 })).toMatchObject({ action: 'wait', atMs: NOW + 1 });
    expect(step({ deadlineAt: NOW })).toMatchObject({ action: 'stop' });
    expect(step({ deadlineAt: NOW, ephemeral: true })).toMatchObject({ action: 'delete' });
  });

  it('archives and deletes what stays stopped', () => {
    const stopped = { status: 'stopped', desired: 'stopped' } as const;
    expect(step({ ...stopped, stoppedAt: NOW })).toMatchObject({ action: 'wait', atMs: NOW + 60 * MINUTE });
    expect(step({ ...stopped, stoppedAt: NOW - 60 * MINUTE })).toMatchObject({ action: 'archive' });
    expect(step({ ...stopped, stoppedAt: NOW - 120 * MINUTE })).toMatchObject({ action: 'delete' });
    expect(step({ ...stopped, autoArchiveMs: null, autoDeleteMs: null })).toMatchObject({ atMs: null });
  });

  it('does what its owner asks for', () => {
    expect(step({ desired: 'destroyed' })).toMatchObject({ action: 'delete' });
    expect(step({ desired: 'stopped' })).toMatchObject({ action: 'stop' });
    expect(step({ desired: 'archived' })).toMatchObject({ action: 'archive' });
    expect(step({ status: 'archived' })).toMatchObject({ action: 'start' });
    expect(step({ status: 'stopped' })).toMatchObject({ action: 'start' });
    expect(step({ status: 'queued' })).toMatchObject({ action: 'wait', atMs: null });
    expect(step({ status: 'stopped', isWaiting: true })).toMatchObject({ action: 'wait', atMs: null });
  });

  it('stops what nobody pays for, and does not start it again', () => {
    const broke = 'the tenant has spent its budget';
    expect(step({}, broke)).toEqual({ action: 'stop', why: broke });
    expect(step({ status: 'stopped', stoppedAt: NOW }, broke)).toMatchObject({ action: 'wait' });
  });

  it('never waits for a moment that has passed, and is over only when destroyed', () => {
    const ms = fc.integer({ min: -200, max: 200 }).map((minutes) => NOW + minutes * MINUTE);
    const timeout = fc.option(fc.integer({ min: 0, max: 200 }).map((minutes) => minutes * MINUTE));
    const any = fc.record({
      status: fc.constantFrom(...SandboxStateSchema.options),
      desired: fc.constantFrom(...DesiredStateSchema.options),
      ephemeral: fc.boolean(),
      idleTimeoutMs: timeout,
      autoArchiveMs: timeout,
      autoDeleteMs: timeout,
      deadlineAt: fc.option(ms),
      lastUsedAt: ms,
      stoppedAt: fc.option(ms),
    });
    fc.assert(
      fc.property(any, (random) => {
        const next = nextLeaseStep(random, NOW);
        if (next.action === 'wait' && next.atMs !== null) expect(next.atMs).toBeGreaterThan(NOW);
        expect(next.action === 'end').toBe(random.status === 'destroyed');
      }),
    );
  });
});
