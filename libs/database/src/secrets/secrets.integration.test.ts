import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, sandboxIdOf } from '@showrunner/contracts';
import pg from 'pg';
import { createDatabase } from '../index';
import type { Database } from '../index';
import { startTestPostgres } from '../testing';
import type { TestPostgres } from '../testing';

const VALUE = 'sk_live_of-the-shop';
const env = { STRIPE_SECRET: VALUE };
let postgres: TestPostgres;
let client: pg.Client;
let database: Database;

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({ url: postgres.url, secretKeys: { INTERNAL_TOKEN: 'first-key-of-the-tests' } });
  client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.close();
  await postgres.stop();
});

async function newRun(overrides: object = { env, port: 4000 }): Promise<string> {
  const [projectId, id] = [newId(), newId()];
  await database.projects.create({
    id: projectId,
    name: 'p',
    source: { kind: 'git', url: 'https://example.org/a' },
  });
  const run = { id, projectId, intent: '', provider: 'local', size: { width: 1280, height: 720 } } as const;
  await database.runs.create({ ...run, keepSandbox: false, overrides });
  return id;
}
/** Every table as text. */
async function dump(): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const texts = await Promise.all(
    rows.map(
      async ({ name }) => (await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)).rows,
    ),
  );
  return texts
    .flat()
    .map(({ row }) => row)
    .join('\n');
}

describe('values of environment variables', () => {
  it('fault 3: are in no table and no record, and come to who starts the app', async () => {
    const runId = await newRun();
    const run = await database.runs.get(runId);
    expect(run.overrides).toEqual({ port: 4000, envNames: ['STRIPE_SECRET'] });
    const { projectId, overrides } = run;
    await database.builds.create({ id: runId, projectId, runId, overrides });
    const own = newId();
    await database.builds.create({ id: own, projectId, overrides: { env } });
    const sandboxId = sandboxIdOf(newId());
    await database.sandboxes.enqueue({
      ...{
        id: sandboxId,
        tenantId: 'default',
        purpose: 'api',
        provider: 'local',
        labels: {},
        environment: env,
      },
      ...{
        ephemeral: false,
        idleTimeoutMs: 1,
        autoArchiveMs: 1,
        autoDeleteMs: 1,
        deadlineAt: null,
        network: null,
      },
      requested: { cpus: 1, memoryBytes: 1, diskBytes: 1, pids: 1 },
    } as never);
    for (const opened of [
      database.runs.openEnvironment(runId),
      database.builds.openEnvironment(runId),
      database.builds.openEnvironment(own),
      database.sandboxes.openEnvironment(sandboxId),
    ])
      expect(await opened).toEqual(env);
    const shown = [run, await database.builds.get(own), await database.sandboxes.get(sandboxId)];
    expect(JSON.stringify(shown)).not.toContain(VALUE);
    const text = await dump();
    expect(text).toContain(runId);
    expect(text).not.toContain(VALUE);
    expect(text).not.toContain(Buffer.from(VALUE).toString('base64').slice(0, 20));
  });

  it('nor is the token of a private repository, which only the fetch opens, and which is sealed anew as well', async () => {
    const id = newId();
    const source = { kind: 'git', url: 'https://example.org/private' } as const;
    await database.projects.create({ id, name: 'p', source, sourceToken: VALUE });
    expect(JSON.stringify(await database.projects.get(id))).not.toContain(VALUE);
    expect(await dump()).not.toContain(VALUE);
    expect(await database.projects.openSourceToken(id)).toBe(VALUE);
    expect(await database.forTenant('elsewhere').projects.openSourceToken(id)).toBeNull();
    const keys = { SECRETS_KEY: 'm'.repeat(40), INTERNAL_TOKEN: 'first-key-of-the-tests' };
    const rotated = createDatabase({ url: postgres.url, secretKeys: keys });
    expect(await rotated.secrets.reseal()).toBeGreaterThanOrEqual(1);
    expect(await rotated.projects.openSourceToken(id)).toBe(VALUE);
    const back = await database.projects.openSourceToken(id).catch((error: { code: string }) => error.code);
    expect(back).toBe('secret_unreadable');
    await rotated.close();
    // The tests that follow read with the first key.
    await client.query('UPDATE projects SET source_token_sealed = NULL');
    for (const table of ['runs', 'builds', 'sandboxes'])
      await client.query(`UPDATE ${table} SET environment_sealed = NULL`);
  });

  it('are no other tenant’s', async () => {
    const runId = await newRun();
    await database.tenants.ensure('elsewhere');
    expect(await database.forTenant('elsewhere').runs.openEnvironment(runId)).toEqual({});
    expect(await database.forTenant('default').runs.openEnvironment(runId)).toEqual(env);
  });

  it('are sealed anew after a rotation, and those of an earlier release for the first time', async () => {
    const runId = await newRun();
    const old = await newRun({ port: 1 });
    const { projectId } = await database.runs.get(old);
    await database.builds.create({ id: old, projectId });
    const clear = JSON.stringify({ port: 1, env });
    await client.query('UPDATE runs SET overrides = $1 WHERE id = $2', [clear, old]);
    await client.query('UPDATE builds SET overrides = $1, plan = $2 WHERE id = $3', [
      clear,
      JSON.stringify({ env: { ...env, CI: '1' } }),
      old,
    ]);
    expect((await database.builds.get(old)).plan?.env).toEqual({ CI: '1' });
    expect(JSON.stringify(await database.runs.get(old))).not.toContain(VALUE);
    const keys = { SECRETS_KEY: 'n'.repeat(40), INTERNAL_TOKEN: 'first-key-of-the-tests' };
    const rotated = createDatabase({ url: postgres.url, secretKeys: keys });
    expect(await rotated.runs.openEnvironment(runId)).toEqual(env);
    expect(await rotated.secrets.reseal()).toBeGreaterThanOrEqual(3);
    expect(await rotated.secrets.reseal()).toBe(0);
    expect(await dump()).not.toContain(VALUE);
    const unaware = createDatabase({ url: postgres.url, secretKeys: { ...keys, INTERNAL_TOKEN: 'another' } });
    for (const id of [runId, old]) expect(await unaware.runs.openEnvironment(id)).toEqual(env);
    expect(await unaware.builds.openEnvironment(old)).toEqual(env);
    expect((await unaware.runs.get(old)).overrides).toEqual({ port: 1, envNames: ['STRIPE_SECRET'] });
    expect((await unaware.builds.get(old)).plan).toEqual({ env: { CI: '1' } });
    await expect(database.runs.openEnvironment(runId)).rejects.toMatchObject({ code: 'secret_unreadable' });
    await Promise.all([rotated.close(), unaware.close()]);
  });
});
