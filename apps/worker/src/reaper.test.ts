import { describe, expect, it } from '@jest/globals';
import { AppError, NotFoundError } from '@showrunner/contracts';
import type { SandboxInfo, SandboxProviderName } from '@showrunner/contracts';
import { isLive, Reaper } from './reaper';

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
  lease: {
    buildId: string | null;
    idleTimeoutMs: number | null;
    status: string;
    provider?: string;
  } | null = null,
  driven = false,
): Stores =>
  ({
    runs: {
      isDriven: () => Promise.resolve(driven),
      get: () =>
        run ? Promise.resolve({ keepSandbox: false, ...run }) : Promise.reject(new NotFoundError('run', 'r')),
    },
    sandboxes: { find: () => Promise.resolve(lease && { provider: 'local', ...lease }) },
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

  it('ends what a sandbox under a lease left at the provider that it was moved from', async () => {
    const lease = { buildId: null, idleTimeoutMs: null, status: 'stopped', provider: 'docker' };
    expect(await isLive(stores(undefined, undefined, lease), sandbox({}, 31), NOW)).toBe(false);
    // It may be on its way there.
    expect(await isLive(stores(undefined, undefined, lease), sandbox({}, 5), NOW)).toBe(true);
  });

  it('spares a build that waits for its place, however long', async () => {
    const queued = { buildId: 'b', idleTimeoutMs: null, status: 'queued' };
    const build = sandbox({ build: 'b' }, 600);
    expect(await isLive(stores(undefined, { state: 'queued' }, queued), build, NOW)).toBe(true);
    expect(await isLive(stores(undefined, { state: 'cancelled' }, queued), build, NOW)).toBe(false);
    const admitted = { ...queued, status: 'creating' };
    expect(await isLive(stores(undefined, { state: 'queued' }, admitted), build, NOW)).toBe(false);
  });

  it('spares an app that somebody drives by hand, whoever made it', async () => {
    const old = sandbox({ build: 'b' }, 31);
    expect(await isLive(stores(undefined, { state: 'running' }, null, true), old, NOW)).toBe(true);
    expect(await isLive(stores(undefined, { state: 'running' }), old, NOW)).toBe(false);
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

describe('a round of the reaper', () => {
  const OLD = new Date(NOW - 120_000).toISOString();
  type Row = { id: string; provider: SandboxProviderName; runId: string | null } & Record<string, unknown>;
  const row = (id: string, provider: SandboxProviderName, runId: string | null): Row => ({
    ...{ id, provider, runId, buildId: id, idleTimeoutMs: null, providerId: null },
    ...{ status: 'creating', createdAt: OLD, admittedAt: OLD },
  });
  /** A platform in which the runs `over` have ended, with what its providers run. */
  function platform(rows: Row[], running: Partial<Record<SandboxProviderName, string[]>>) {
    const warned: string[] = [];
    const ended: string[] = [];
    const left = (): Row[] => rows.filter(({ id }) => !ended.includes(id));
    const provider = (name: SandboxProviderName) => ({
      name,
      list: () =>
        Promise.resolve(
          (running[name] ?? []).map((id) => ({ ...sandbox({ run: 'over' }), id, provider: name })),
        ),
      destroy: (id: string) => {
        running[name] = (running[name] ?? []).filter((one) => one !== id);
        return Promise.resolve();
      },
      sweep: () => Promise.resolve(),
    });
    const database = {
      runs: {
        isDriven: () => Promise.resolve(false),
        get: (id: string) => Promise.resolve({ state: id === 'over' ? 'failed' : 'queued' }),
      },
      builds: { get: () => Promise.reject(new NotFoundError('build', 'b')) },
      previews: { revoke: () => Promise.resolve() },
      sandboxes: {
        find: (id: string) => Promise.resolve(rows.find((one) => one.id === id) ?? null),
        listUndestroyed: () => Promise.resolve(left()),
        markDestroyed: (id: string) => Promise.resolve(ended.push(id)),
      },
    };
    const reaper = new Reaper({
      provider: provider('local'),
      providerOf: (name) =>
        name === 'docker'
          ? Promise.resolve(provider(name))
          : Promise.reject(new AppError('sandbox_unavailable', 'It is not set up.')),
      database: database as unknown as ConstructorParameters<typeof Reaper>[0]['database'],
      logger: {
        warn: (facts: unknown) => void warned.push(JSON.stringify(facts)),
      } as ConstructorParameters<typeof Reaper>[0]['logger'],
    });
    return { reaper, ended, warned, running };
  }

  it('ends what is left at every provider that a sandbox was recorded at', async () => {
    const { reaper, ended, running } = platform(
      [row('a', 'local', 'over'), row('b', 'docker', 'over'), row('c', 'docker', 'on')],
      { local: ['a'], docker: ['b'] },
    );
    await reaper.sweep(NOW);
    expect(ended.sort()).toEqual(['a', 'b']);
    expect(running).toEqual({ local: [], docker: [] });
  });

  it('gives back the place of a sandbox that was never made, once its run has ended', async () => {
    const waiting = { ...row('waits', 'local', 'over'), status: 'queued', admittedAt: null };
    const { reaper, ended } = platform(
      [row('admitted', 'local', 'over'), waiting, row('goes-on', 'local', 'on')],
      {},
    );
    await reaper.sweep(NOW);
    expect(ended.sort()).toEqual(['admitted', 'waits']);
  });

  it('tells once, and how many, when a provider cannot be reached, and goes on with the others', async () => {
    const { reaper, ended, warned } = platform(
      [row('x', 'e2b', 'over'), row('y', 'e2b', 'over'), row('z', 'local', 'over')],
      {},
    );
    await reaper.sweep(NOW);
    await reaper.sweep(NOW);
    expect(ended).toEqual(['z']);
    expect(warned.filter((line) => line.includes('"provider":"e2b","sandboxes":2'))).toHaveLength(1);
  });
});
