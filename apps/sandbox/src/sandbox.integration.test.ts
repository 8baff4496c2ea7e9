import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newProjectId, sandboxIdOf } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import type { RunningService } from '@showrunner/service';
import { call as send, openApiRoutes, startTestTemporal, testConfig } from '@showrunner/service/testing';
import type { CallOptions, TestTemporal } from '@showrunner/service/testing';
import { startSandbox } from './start';

let postgres: TestPostgres;
let temporal: TestTemporal;
let database: Database;
let service: RunningService;

beforeAll(async () => {
  [postgres, temporal] = await Promise.all([startTestPostgres(), startTestTemporal()]);
  const config = testConfig({ databaseUrl: postgres.url, temporal });
  database = createDatabase({ url: postgres.url });
  service = await startSandbox({ ...config, SOURCE_ALLOWED_HOSTS: [] });
});
afterAll(async () => {
  await service.close();
  await database.close();
  await Promise.all([postgres.stop(), temporal.stop()]);
});

const call = (path: string, options: CallOptions = {}) => send(`${service.url}${path}`, options);
const newProject = async (url: string): Promise<string> => {
  const { id } = await database.projects.create({
    id: newProjectId(),
    name: url,
    source: { kind: 'git', url },
  });
  return id;
};
const problem = (status: number, code: string) => ({
  status,
  json: expect.objectContaining({ status, code }),
});

it('has the routes that are described, each behind the internal token', async () => {
  const mine = openApiRoutes('sandbox');
  const routes = service.routes.filter(({ path }) => path.startsWith('/api'));
  const names = (list: typeof routes): string[] => list.map(({ method, path }) => `${method} ${path}`).sort();
  expect(names(routes)).toEqual(names(mine));
  for (const { method, path } of routes) {
    const url = `${service.url}${path.replace(/:\w+/g, 'x')}`;
    expect((await send(url, { method, token: null })).status).toBe(401);
  }
  expect((await call('/readyz', { token: null })).json).toEqual({
    status: 'ok',
    checks: ['PostgreSQL', 'Temporal'],
  });
});

describe('sandboxes of builds', () => {
  it('are listed with their preview, and removed by a workflow', async () => {
    const projectId = await newProject('https://example.test/kept');
    const id = sandboxIdOf(projectId);
    await database.sandboxes.createPending({ id, buildId: projectId, projectId, provider: 'local' });
    const preview = {
      sandboxId: id,
      projectId,
      url: 'http://preview',
      port: 1,
      upstreamHost: 'localhost:1',
      path: '/',
    };
    await database.previews.register(preview);
    expect((await call(`/api/sandboxes/${id}`)).json).toMatchObject({
      id,
      status: 'creating',
      previewUrl: 'http://preview',
    });
    expect((await call(`/api/sandboxes?projectId=${projectId}`)).json).toMatchObject({
      data: [{ id, previewUrl: 'http://preview' }],
    });
    expect((await call(`/api/sandboxes/${id}`, { method: 'DELETE' })).status).toBe(202);
    expect((await call(`/api/sandboxes/${id}`, { method: 'DELETE' })).status).toBe(202);
    const { type } = await temporal.environment.client.workflow.getHandle(`remove-${id}`).describe();
    expect(type).toBe('removeSandbox');
    await database.sandboxes.markDestroyed(id);
    expect((await call(`/api/sandboxes/${id}`, { method: 'DELETE' })).json).toMatchObject({
      status: 'destroyed',
      previewUrl: null,
    });
    expect(await call('/api/sandboxes/nothing')).toMatchObject(problem(404, 'not_found'));
  });

  it('of a run that goes on are not removed', async () => {
    const projectId = await newProject('https://example.test/used');
    const run = {
      id: `r${projectId}`,
      projectId,
      intent: '',
      provider: 'local' as const,
      size: { width: 1280, height: 720 },
      keepSandbox: false,
    };
    await database.runs.create(run);
    await database.builds.create({ id: run.id, projectId, runId: run.id });
    await database.sandboxes.createPending({
      id: sandboxIdOf(run.id),
      buildId: run.id,
      projectId,
      provider: 'local',
    });
    expect(await call(`/api/sandboxes/sbx-${run.id}`, { method: 'DELETE' })).toMatchObject(
      problem(409, 'sandbox_in_use'),
    );
  });
});
