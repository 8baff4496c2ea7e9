import { describe, expect, it } from '@jest/globals';
import { NotFoundError } from '@showrunner/contracts';
import type { SandboxInfo } from '@showrunner/contracts';
import { isLive } from './reaper';

const limit = { requested: 1, enforced: 1, by: 'test' };
const NOW = Date.parse('2026-01-01T12:00:00Z');
const sandbox = (labels: Record<string, string>, minutesOld = 1): SandboxInfo => ({
  id: 'sbx-1',
  provider: 'local',
  status: 'running',
  createdAt: new Date(NOW - minutesOld * 60_000).toISOString(),
  labels,
  limits: { cpus: limit, memoryBytes: limit, diskBytes: limit, maxProcesses: limit },
});

type Stores = Parameters<typeof isLive>[0];
const stores = (
  run: { state: string; keepSandbox?: boolean } | undefined,
  build?: { state: string },
  lease: { buildId: string | null; idleTimeoutMs: number | null; status: string } | null = null,
): Stores =>
  ({
    runs: {
      get: () =>
        run ? Promise.resolve({ keepSandbox: false, ...run }) : Promise.reject(new NotFoundError('run', 'r')),
    },
    sandboxes: { find: () => Promise.resolve(lease) },
    builds: { get: () => (build ? Promise.resolve(build) : Promise.reject(new NotFoundError('build', 'b'))) },
  }) as unknown as Stores;

describe('isLive', () => {
  it('spares the sandbox of a run that goes on, however old', async () => {
    expect(await isLive(stores({ state: 'filming' }), sandbox({ run: 'r' }, 300), NOW)).toBe(true);
  });

  it('ends the sandbox of a run that is over or was never written down', async () => {
    expect(await isLive(stores({ state: 'failed' }), sandbox({ run: 'r' }), NOW)).toBe(false);
    expect(await isLive(stores(undefined), sandbox({ run: 'r' }), NOW)).toBe(false);
  });

  it('leaves a sandbox under a lease to its workflow until it is destroyed', async () => {
    const lease = { buildId: null, idleTimeoutMs: null, status: 'stopped' };
    expect(await isLive(stores(undefined, undefined, lease), sandbox({}, 6000), NOW)).toBe(true);
    const kept = { buildId: 'b', idleTimeoutMs: 1000, status: 'running' };
    expect(await isLive(stores({ state: 'done' }, undefined, kept), sandbox({ run: 'r' }, 6000), NOW)).toBe(
      true,
    );
    const gone = { ...lease, status: 'destroyed' };
    expect(await isLive(stores(undefined, undefined, gone), sandbox({}), NOW)).toBe(false);
  });

  it('spares a kept sandbox for half an hour', async () => {
    const kept = stores({ state: 'done', keepSandbox: true });
    expect(await isLive(kept, sandbox({ run: 'r' }, 29), NOW)).toBe(true);
    expect(await isLive(kept, sandbox({ run: 'r' }, 31), NOW)).toBe(false);
  });

  it('spares a build of its own while it is young and has not failed', async () => {
    expect(await isLive(stores(undefined, { state: 'running' }), sandbox({ build: 'b' }), NOW)).toBe(true);
    expect(await isLive(stores(undefined, { state: 'failed' }), sandbox({ build: 'b' }), NOW)).toBe(false);
  });
});
