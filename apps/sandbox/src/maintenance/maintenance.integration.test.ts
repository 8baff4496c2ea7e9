import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AppError, DEFAULT_LIMITS } from '@showrunner/contracts';
import { LocalSandboxProvider } from '@showrunner/sandbox-local';
import type { SandboxProvider } from '@showrunner/sandbox';
import { startSandboxPlatform } from '../testing/sandbox-platform';
import type { SandboxPlatform } from '../testing/sandbox-platform';

/** A second home of local sandboxes, under another provider's name. */
class OtherHome extends LocalSandboxProvider {
  // What it is called is all that differs.
  override readonly name = 'docker' as never;
}

let platform: SandboxPlatform;
let folder: string;
let other: SandboxProvider;
/** Breaks the next destruction at the old provider, as a death of the process would. */
let breaks = false;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'showrunner-migration-'));
  other = new OtherHome({ home: join(folder, 'sandboxes'), uidDirectory: join(folder, 'uids') });
  platform = await startSandboxPlatform({ SANDBOX_PLACES: { local: 50, docker: 50 } }, (local) => (name) => {
    if (name === 'docker') return other;
    if (name === 'e2b') throw unreachable();
    return new Proxy(local, {
      get: (target, key) => {
        if (key === 'destroy' && breaks)
          return () => {
            breaks = false;
            return Promise.reject(new AppError('bad_gateway', 'It was broken off.', { retryable: true }));
          };
        const member = Reflect.get(target, key, target) as unknown;
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
  });
}, 120_000);
const unreachable = (): AppError =>
  new AppError('sandbox_unavailable', 'E2B is not set up.', { remedy: 'Set SANDBOX_PROVIDER.' });
afterAll(async () => {
  await platform?.stop();
  for (const { id } of await other.list()) await other.destroy(id);
  await rm(folder, { recursive: true, force: true });
});

it('moves sandboxes with their files from one provider to another, goes on after a break, and leaves nothing behind', async () => {
  const running = await platform.create({ labels: { kept: 'yes' } });
  const stopped = await platform.create();
  for (const [{ id }, text] of [
    [running, 'one'],
    [stopped, 'two'],
  ] as const) {
    const command = `mkdir -p deep && echo ${text} > deep/file && ln -s deep/file link && chmod 751 deep/file && echo h > ~/home`;
    expect((await platform.call(`/api/sandboxes/${id}/exec`, { json: { command } })).json).toMatchObject({
      exitCode: 0,
    });
  }
  await platform.call(`/api/sandboxes/${stopped.id}/stop?wait=30`, { method: 'POST' });
  const query = 'from=local&to=docker';
  const plan = async () =>
    (await platform.call(`/api/maintenance/sandboxes/migration?${query}`)).json['data'];
  expect(await plan()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: running.id, status: 'running', action: 'move' }),
      expect.objectContaining({ id: stopped.id, status: 'stopped', action: 'move' }),
    ]),
  );
  const move = (id: string) =>
    platform.call(`/api/maintenance/sandboxes/${id}/migrate?${query}`, { method: 'POST' });
  breaks = true;
  expect((await move(running.id)).status).toBe(502);
  // Its record is moved already; only the rest is left to do.
  expect(await plan()).toEqual([
    expect.objectContaining({ id: running.id, action: 'clean' }),
    expect.objectContaining({ id: stopped.id, action: 'move' }),
  ]);
  expect((await move(running.id)).json).toEqual({ id: running.id, provider: 'docker', files: 0 });
  expect((await move(stopped.id)).json).toMatchObject({ provider: 'docker', files: expect.any(Number) });
  expect(await plan()).toEqual([]);
  expect(await platform.provider.list()).toEqual([]);

  expect((await platform.call(`/api/sandboxes/${running.id}`)).json).toMatchObject({
    status: 'running',
    provider: 'docker',
    labels: { kept: 'yes' },
  });
  expect((await platform.call(`/api/sandboxes/${stopped.id}`)).json).toMatchObject({ status: 'stopped' });
  await platform.call(`/api/sandboxes/${stopped.id}/start?wait=30`, { method: 'POST' });
  for (const [{ id }, text] of [
    [running, 'one'],
    [stopped, 'two'],
  ] as const) {
    const command = 'cat link ~/home && stat -c %a deep/file';
    expect((await platform.call(`/api/sandboxes/${id}/exec`, { json: { command } })).json).toMatchObject({
      stdout: `${text}\nh\n751\n`,
    });
    expect((await platform.call(`/api/sandboxes/${id}?wait=30`, { method: 'DELETE' })).json).toMatchObject({
      status: 'destroyed',
    });
  }
  expect(await other.list()).toEqual([]);
}, 120_000);

it('lets an operator list, archive and delete sandboxes of all tenants, and nobody else', async () => {
  await platform.database.tenants.ensure('alice');
  const { id } = await platform.create({}, 'alice');
  const listed = await platform.call('/api/maintenance/sandboxes?tenantId=alice');
  expect((listed.json['data'] as { id: string }[]).map((one) => one.id)).toEqual([id]);
  expect(
    (await platform.call(`/api/maintenance/sandboxes/${id}/archive`, { method: 'POST' })).json,
  ).toMatchObject({
    desired: 'archived',
  });
  expect(
    (await platform.call(`/api/maintenance/sandboxes/${id}/delete`, { method: 'POST' })).json,
  ).toMatchObject({
    desired: 'destroyed',
  });
  for (const [path, method] of [
    ['', 'GET'],
    ['/migration?from=local&to=docker', 'GET'],
    [`/${id}/archive`, 'POST'],
    [`/${id}/delete`, 'POST'],
    [`/${id}/migrate?from=local&to=docker`, 'POST'],
  ] as const) {
    const answer = await platform.call(`/api/maintenance/sandboxes${path}`, { method, tenant: 'alice' });
    expect([path, answer.status]).toEqual([path, 403]);
  }
}, 60_000);

it('tells where sandboxes are recorded that the platform cannot reach', async () => {
  const mine = await platform.create();
  const id = 'sbx-far-away';
  await platform.database.sandboxes.enqueue({
    ...{ id, tenantId: 'default', purpose: 'api', provider: 'e2b', labels: {}, environment: {} },
    ...{ ephemeral: false, idleTimeoutMs: null, autoArchiveMs: null, autoDeleteMs: null, deadlineAt: null },
    ...{ requested: DEFAULT_LIMITS, network: null },
  });
  const { json } = await platform.call('/api/maintenance/sandboxes/providers');
  expect(json['data']).toContainEqual({
    ...{ provider: 'e2b', sandboxes: 1, reachable: false },
    why: 'E2B is not set up. Set SANDBOX_PROVIDER.',
  });
  expect(json['data']).toContainEqual(
    expect.objectContaining({ provider: 'local', reachable: true, why: '' }),
  );
  expect((await platform.call('/api/maintenance/sandboxes/providers', { tenant: 'a' })).status).toBe(403);
  // Fault 8: what its provider does not delete an operator can give up, and nobody else.
  const giveUp = `/api/maintenance/sandboxes/${id}/delete?abandon=true`;
  expect((await platform.call(giveUp, { method: 'POST', tenant: 'a' })).status).toBe(403);
  expect((await platform.call(giveUp, { method: 'POST' })).json).toMatchObject({ id, status: 'destroyed' });
  await platform.call(`/api/sandboxes/${mine.id}?wait=30`, { method: 'DELETE' });
});
