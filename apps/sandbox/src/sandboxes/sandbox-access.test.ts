import { describe, expect, it } from '@jest/globals';
import { NotFoundError } from '@showrunner/contracts';
import type { Database, SandboxRecord } from '@showrunner/database';
import type { Sandbox } from '@showrunner/sandbox';
import { SandboxAccess } from './sandbox-access';
import { SandboxProviders } from './sandbox-providers';

const MINUTE_MS = 60_000;

/** The way to one sandbox, with the trips to the database noted. */
function accessTo(facts: Partial<SandboxRecord>) {
  const trips: string[] = [];
  const record = {
    ...{ id: 's1', tenantId: 't1', provider: 'local', providerId: null, buildId: null, status: 'running' },
    ...{ lastUsedAt: new Date().toISOString(), idleTimeoutMs: 15 * MINUTE_MS },
    ...facts,
  };
  const forTenant = (tenantId: string) => ({
    sandboxes: {
      get: async (id: string) => {
        trips.push(`find ${id}`);
        if (tenantId !== record.tenantId || id !== record.id) throw new NotFoundError('sandbox', id);
        return record;
      },
      touch: async (id: string) => void trips.push(`touch ${id}`),
    },
  });
  const database = { forTenant } as unknown as Database;
  const gets: string[] = [];
  const sandbox = { id: record.id } as Sandbox;
  const providers = new SandboxProviders(
    async () => ({ get: async (id: string) => (gets.push(id), sandbox) }) as never,
  );
  return { access: new SandboxAccess(database, providers), trips, gets, sandbox };
}

describe('a command in a sandbox', () => {
  it('reads the record once and notes its use once, at its end', async () => {
    const { access, trips, gets, sandbox } = accessTo({});
    const before = await access.change('t1', 's1', async (given) => {
      expect(given).toBe(sandbox);
      return [...trips];
    });
    expect(before).toEqual(['find s1']);
    expect(trips).toEqual(['find s1', 'touch s1']);
    expect(gets).toEqual(['s1']);
  });

  it('notes its use at its start when the idle timeout would come before the next note', async () => {
    const lastUsedAt = new Date(Date.now() - 15 * MINUTE_MS + 10_000).toISOString();
    const { access, trips } = accessTo({ lastUsedAt });
    await access.use('t1', 's1', async () => {
      expect(trips).toEqual(['find s1', 'touch s1']);
    });
    expect(trips).toEqual(['find s1', 'touch s1', 'touch s1']);
  });

  it('notes its use when it fails, too, and none where it may not begin', async () => {
    const failing = accessTo({ idleTimeoutMs: null });
    const failure = new RangeError('it broke');
    await expect(failing.access.use('t1', 's1', () => Promise.reject(failure))).rejects.toBe(failure);
    expect(failing.trips).toEqual(['find s1', 'touch s1']);

    const stopped = accessTo({ status: 'stopped' });
    await expect(stopped.access.use('t1', 's1', async () => 1)).rejects.toMatchObject({
      code: 'sandbox_not_running',
    });
    expect(stopped.trips).toEqual(['find s1']);
    await expect(stopped.access.use('t2', 's1', async () => 1)).rejects.toMatchObject({ code: 'not_found' });
    expect(stopped.gets).toEqual([]);
  });
});
