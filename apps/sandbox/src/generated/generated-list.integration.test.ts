import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId, sandboxIdOf } from '@showrunner/contracts';
import type { SandboxPurpose } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import type { RunningService } from '@showrunner/service';
import { TENANT_HEADER } from '@showrunner/service';
import { call, testConfig } from '@showrunner/service/testing';
import { startSandbox } from '../start';

let postgres: TestPostgres;
let database: Database;
let service: RunningService;
beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({ url: postgres.url });
  const config = testConfig({ databaseUrl: postgres.url });
  service = await startSandbox({ ...config, TEMPORAL_ADDRESS: '127.0.0.1:1', SOURCE_ALLOWED_HOSTS: [] }, () =>
    Promise.reject(new RangeError('no provider is asked')),
  );
});
afterAll(async () => {
  await service?.close();
  await database?.close();
  await postgres?.stop();
});

async function stored(tenantId: string, purpose: SandboxPurpose): Promise<string> {
  const [id, projectId] = [sandboxIdOf(newId()), newId()];
  const own = database.forTenant(tenantId);
  await database.tenants.ensure(tenantId);
  const source = { kind: 'git', url: 'https://a.test/b' } as const;
  await own.projects.create({ id: projectId, name: 'p', source });
  await own.sandboxes.createPending({ id, buildId: newId(), projectId, provider: 'local', purpose });
  return id;
}

it('GET /api/sandbox lists and counts apps of generated code alone, of their owner, that are still there', async () => {
  const list = async (tenant: string) =>
    (await call(`${service.url}/api/sandbox`, { headers: { [TENANT_HEADER]: tenant } })).json;
  expect(await list('acme')).toEqual({ success: true, sandboxes: [], count: 0 });
  const ids: string[] = [];
  for (const purpose of ['api', 'generated', 'build', 'agent', 'generated'] as const) {
    const id = await stored('acme', purpose);
    if (purpose === 'generated') ids.push(id);
  }
  await stored('other', 'generated');
  const [first = '', second = ''] = ids;
  const row = (sandboxId: string) => ({
    ...{ sandboxId, status: 'creating', previewUrl: null },
    createdAt: expect.any(String),
  });
  expect(await list('acme')).toEqual({ success: true, sandboxes: [row(second), row(first)], count: 2 });
  await database.forTenant('acme').sandboxes.markDestroyed(first);
  expect(await list('acme')).toEqual({ success: true, sandboxes: [row(second)], count: 1 });
  expect(await list('other')).toMatchObject({ count: 1 });
});
