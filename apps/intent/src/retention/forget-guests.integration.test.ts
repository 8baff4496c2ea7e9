import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { createLogger } from '@showrunner/telemetry';
import { ForgetGuests } from './forget-guests';

const DAY_MS = 86_400_000;
let postgres: TestPostgres;
let database: Database;
let rounds: ForgetGuests;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({ url: postgres.url });
  const logger = createLogger({ service: 'test', level: 'silent' });
  rounds = new ForgetGuests(database, { guestsKeptDays: 30 }, logger);
});
afterAll(async () => {
  await database.close();
  await postgres.stop();
});

/** Somebody with a tenant of his own and a project in it. */
async function somebody(isGuest: boolean) {
  const user = await database.users.create({ isGuest, name: 'x' });
  const userId = user?.id ?? '';
  const tenantId = `guest-${newId()}`.toLowerCase();
  await database.tenants.createPersonal(tenantId);
  await database.memberships.add(tenantId, userId, 'editor');
  const projectId = newId();
  await database
    .forTenant(tenantId)
    .projects.create({ id: projectId, name: 'p', source: { kind: 'git', url: 'https://a.test/b' } });
  return { userId, tenantId, projectId };
}
const isThere = async ({ userId }: { userId: string }): Promise<boolean> =>
  database.users.get(userId).then(
    () => true,
    () => false,
  );

it('guests go with all that is theirs, thirty days after they were last seen; people stay', async () => {
  const now = Date.now();
  const [guest, person] = [await somebody(true), await somebody(false)];
  expect(await rounds.forget(now + 29 * DAY_MS)).toBe(0);
  expect(await rounds.forget(now + 31 * DAY_MS)).toBe(1);
  expect([await isThere(guest), await isThere(person)]).toEqual([false, true]);
  expect(await database.projects.find(guest.projectId)).toBeNull();
  expect(await database.tenants.find(guest.tenantId)).toBeNull();
  expect(await database.projects.find(person.projectId)).toMatchObject({ name: 'p' });
  const records = await database.deletions.list(10);
  expect(records.map(({ id }) => id)).toEqual([`tenant-${guest.tenantId}`]);
});

it('a guest who came back stays, and one whose run goes on until it has ended', async () => {
  const [visiting, filming] = [await somebody(true), await somebody(true)];
  const runs = database.forTenant(filming.tenantId).runs;
  const run = { id: newId(), projectId: filming.projectId, intent: '', provider: 'local' } as const;
  await runs.create({ ...run, size: { width: 640, height: 480 }, keepSandbox: false });
  await delay(5);
  const since = Date.now();
  await delay(5);
  const { userId, tenantId } = visiting;
  const times = { sessionMs: DAY_MS, refreshMs: DAY_MS };
  await database.userSessions.open({ userId, tenantId, browser: '', address: '' }, times);

  expect(await rounds.forget(since + 30 * DAY_MS)).toBe(0);
  expect([await isThere(visiting), await isThere(filming)]).toEqual([true, true]);
  await runs.setState({ id: run.id, state: 'done', message: '' });
  expect(await rounds.forget(since + 30 * DAY_MS)).toBe(1);
  expect([await isThere(visiting), await isThere(filming)]).toEqual([true, false]);
});
