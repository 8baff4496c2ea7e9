import { connect } from 'node:net';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sandboxIdOf, storageKeys, storagePrefixes } from '@showrunner/contracts';
import type { Project } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { Temporal } from '@showrunner/service';
import type { RunningService } from '@showrunner/service';
import {
  call as send,
  openApiRoutes,
  startTestTemporal,
  testConfig,
  TEST_TOKEN,
} from '@showrunner/service/testing';
import type { CallOptions, TestTemporal } from '@showrunner/service/testing';
import { createObjectStore } from '@showrunner/storage';
import type { ObjectStore } from '@showrunner/storage';
import { createLogger } from '@showrunner/telemetry';
import { BuildReconciler } from './builds/build-reconciler';
import { BuildWorkflows } from '@showrunner/service/build-workflows';
import { startProject } from './start';

let postgres: TestPostgres;
let temporal: TestTemporal;
let database: Database;
let store: ObjectStore;
let service: RunningService;
const clients: Temporal[] = [];

beforeAll(async () => {
  [postgres, temporal] = await Promise.all([startTestPostgres(), startTestTemporal()]);
  const config = testConfig({ databaseUrl: postgres.url, temporal });
  database = createDatabase({ url: postgres.url });
  store = createObjectStore(config);
  service = await startProject({ ...config, SOURCE_ALLOWED_HOSTS: ['git.local:8080'] });
});
afterAll(async () => {
  await service.close();
  await Promise.all(clients.map((client) => client.close()));
  await database.close();
  await Promise.all([postgres.stop(), temporal.stop()]);
});

const call = (path: string, options: CallOptions = {}) => send(`${service.url}${path}`, options);
const buildReconciler = () => {
  const client = new Temporal(temporal);
  clients.push(client);
  const logger = createLogger({ service: 'test', level: 'silent' });
  return new BuildReconciler(database, new BuildWorkflows(database, client), logger);
};
const problem = (status: number, code: string) => ({
  status,
  json: expect.objectContaining({ status, code }),
});
const git = (url: string, more: object = {}) =>
  call('/api/projects', { json: { source: { kind: 'git', url, ...more } } });
const ARCHIVE = gzipSync(Buffer.alloc(2000, 'x'));

function upload(parts: { archive?: [Uint8Array, string]; project?: unknown; [name: string]: unknown }) {
  const form = new FormData();
  if (parts.project !== undefined) {
    form.append('project', typeof parts.project === 'string' ? parts.project : JSON.stringify(parts.project));
  }
  if (parts.archive) form.append('archive', new Blob([new Uint8Array(parts.archive[0])]), parts.archive[1]);
  for (const [name, value] of Object.entries(parts)) {
    if (name !== 'archive' && name !== 'project') form.append(name, String(value));
  }
  return call('/api/projects', { method: 'POST', body: form });
}

it('has the routes that are described, each behind the internal token', async () => {
  const mine = openApiRoutes('project');
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

describe('a template', () => {
  it('becomes a project whose files lie where an upload would', async () => {
    const { data } = (await call('/api/templates')).json as { data: { name: string }[] };
    expect(data.length).toBeGreaterThanOrEqual(8);
    const created = await call('/api/projects', { json: { template: 'flask' } });
    expect(created).toMatchObject({
      status: 201,
      json: { name: 'Garden party', source: { kind: 'archive' } },
    });
    const { id, source } = created.json as { id: string; source: { storageKey: string; bytes: number } };
    expect(source.storageKey).toBe(storageKeys.upload(id, 'flask.tar.gz'));
    expect(await store.head(source.storageKey)).toMatchObject({ bytes: source.bytes });
    const named = await call('/api/projects', { json: { template: 'html', name: 'Mine' } });
    expect(named.json).toMatchObject({ name: 'Mine' });
  });

  it('that is not there is refused, and so is a name that is a path', async () => {
    expect(await call('/api/projects', { json: { template: 'none' } })).toMatchObject(
      problem(422, 'template_not_found'),
    );
    for (const template of ['../kanban', '.', '/etc', 7])
      expect((await call('/api/projects', { json: { template } })).status).toBe(400);
  });
});

describe('a prompt', () => {
  const ask = (body: object) => call('/api/projects', { json: { wait: false, ...body } });

  it('becomes a project whose app is being written, by a workflow of its own', async () => {
    const created = await ask({ prompt: 'A habit tracker\nfor two', kind: 'webapp' });
    expect(created).toMatchObject({
      status: 201,
      json: {
        ...{ name: 'A habit tracker for two', preview_url: null },
        source: { kind: 'prompt', app: 'webapp' },
        generation: { state: 'queued', attempt: 0, failure: null, usage: { calls: 0, costUsd: 0 } },
      },
    });
    const { id } = created.json as { id: string };
    const client = new Temporal(temporal);
    clients.push(client);
    const described = await client.call((one) => one.workflow.getHandle(`generate-${id}`).describe());
    expect(described).toMatchObject({ type: 'generateApp', taskQueue: 'plan' });
    expect((await call(`/api/projects/${id}`)).json).toMatchObject({
      project_id: id,
      generation: { kind: 'webapp' },
    });
  });

  it('is answered with the app, or why there is none, for whoever waits', async () => {
    const waiting = call('/api/projects', { json: { prompt: 'A poll for lunch' } });
    const projectOf = async (): Promise<Project> => {
      for (;;) {
        const { data } = (await call('/api/projects')).json as { data: Project[] };
        const found = data.find(({ name }) => name === 'A poll for lunch');
        if (found !== undefined) return found;
        await delay(50);
      }
    };
    const { id } = await projectOf();
    const failure = {
      code: 'model_not_set_up',
      message: 'There is no model.',
      stage: 'writing',
      remedy: 'Set a key.',
    };
    await database.generations.setState(id, { state: 'failed', message: failure.message, failure });
    expect(await waiting).toMatchObject({
      status: 422,
      json: { code: 'model_not_set_up', detail: 'There is no model.', remedy: 'Set a key.' },
    });
  });

  it('that says nothing, says too much or asks for another kind is refused', async () => {
    for (const body of [
      { prompt: ' ' },
      { prompt: 'x'.repeat(4001) },
      { prompt: 'x', kind: 'game' },
      { prompt: 7 },
    ])
      expect((await ask(body)).status).toBe(400);
  });
});

describe('a Git source', () => {
  it('becomes a project with an event', async () => {
    const created = await git('https://example.test/owner/kanban.git', {
      branch: 'main',
      subdir: 'apps/web',
    });
    expect(created).toMatchObject({
      status: 201,
      json: { name: 'kanban', source: { kind: 'git', branch: 'main', subdir: 'apps/web' } },
    });
    const { id } = created.json as { id: string };
    expect(created.headers.get('location')).toBe(`/api/projects/${id}`);
    expect((await call(`/api/projects/${id}`)).json).toEqual({
      ...created.json,
      project_id: id,
      preview_url: null,
      generation: null,
    });
    const [event] = await database.outbox.readAfter(0n, { projectId: id }, 10);
    expect(event).toMatchObject({ type: 'PROJECT_CREATED', data: { name: 'kanban' } });
  });

  it('answers {project_id, preview_url} while an app of it runs', async () => {
    const { id } = (await git('https://example.test/owner/shown.git')).json as { id: string };
    const buildId = `b-${id}`;
    await database.builds.create({ id: buildId, projectId: id });
    const sandboxId = sandboxIdOf(buildId);
    await database.sandboxes.createPending({ id: sandboxId, buildId, projectId: id, provider: 'local' });
    const url = `http://${sandboxId}.preview.localhost:4401`;
    const app = { port: 3000, upstreamHost: 'localhost:3000', path: '/' };
    await database.previews.register({ sandboxId, projectId: id, url, ...app });
    const shown = async () => (await call(`/api/projects/${id}`)).json;
    expect(await shown()).toMatchObject({ project_id: id, preview_url: url });
    await database.sandboxes.markDestroyed(sandboxId);
    expect(await shown()).toMatchObject({ project_id: id, preview_url: null });
  });

  it('is refused when it could do harm or leak', async () => {
    const cases: [string, string][] = [
      ['ext::sh -c id', 'source_url_invalid'],
      ['ext::id', 'source_scheme_not_allowed'],
      ['file:///etc', 'source_scheme_not_allowed'],
      ['/etc', 'source_scheme_not_allowed'],
      ['--upload-pack=id', 'source_url_invalid'],
      ['ssh://example.test/x', 'source_scheme_not_allowed'],
      ['https://user:pass@example.test/x', 'source_credentials_in_url'],
      ['https://127.0.0.1/x', 'source_host_not_allowed'],
      ['http://169.254.169.254/latest', 'source_host_not_allowed'],
      ['https://localhost/x', 'source_host_not_allowed'],
    ];
    for (const [url, code] of cases) {
      const result = await git(url);
      expect([url, result.status, result.json['code']]).toEqual([url, 400, code]);
      expect(result.json['remedy']).toEqual(expect.any(String));
    }
    expect((await git('http://git.local:8080/x')).status).toBe(201);
    expect(await git('https://example.test/x', { branch: '--option' })).toMatchObject(
      problem(400, 'source_branch_invalid'),
    );
    expect(await git('https://example.test/x', { subdir: '../x' })).toMatchObject(
      problem(400, 'subdir_invalid'),
    );
    expect(await git('https://example.test/x', { commit: 'HEAD' })).toMatchObject(
      problem(400, 'invalid_input'),
    );
  });

  it('with a token keeps it sealed, and tells it in no answer, event or row', async () => {
    const result = await git('https://example.test/x', { token: 'ghp_verysecret' });
    expect(result.status).toBe(201);
    const { id } = result.json as { id: string };
    const { data } = await database.projects.list({ limit: 100 });
    const events = await database.outbox.readAfter(0n, { projectId: id }, 10);
    const told = [result.text, (await call(`/api/projects/${id}`)).text, JSON.stringify([data, events])];
    for (const text of told) expect(text).not.toMatch(/verysecret/);
  });

  it.each([
    ['http://example.test/x', 'ghp_verysecret', 422, 'source_token_in_the_clear'],
    ['https://example.test/x', 'ghp very', 400, 'invalid_input'],
    ['https://example.test/x', 'ghp\r\nHost: evil', 400, 'invalid_input'],
  ])('%s with the token %j is refused, and the token not told', async (url, token, status, code) => {
    const result = await git(url, { token });
    expect(result).toMatchObject(problem(status, code));
    expect(result.text).not.toContain(token);
  });

  it('must be described', async () => {
    expect(await call('/api/projects', { json: {} })).toMatchObject(problem(400, 'invalid_input'));
    expect(await call('/api/projects', { method: 'POST' })).toMatchObject(problem(400, 'invalid_input'));
    expect(
      await call('/api/projects', { body: 'x', headers: { 'content-type': 'text/plain' } }),
    ).toMatchObject(problem(415, 'unsupported_media_type'));
  });
});

describe('an archive', () => {
  const stored = async (): Promise<string[]> => (await store.list('projects/')).map(({ key }) => key);

  it('goes to the object store as it is', async () => {
    const created = await upload({ archive: [ARCHIVE, 'my app.tar.gz'], project: { subdir: 'web' } });
    expect(created.status).toBe(201);
    const { id, name, source } = created.json as unknown as Project;
    const storageKey = storageKeys.upload(id, 'my-app.tar.gz');
    const sha256 = createHash('sha256').update(ARCHIVE).digest('hex');
    expect(name).toBe('my app');
    expect(source).toEqual({
      kind: 'archive',
      storageKey,
      fileName: 'my app.tar.gz',
      bytes: ARCHIVE.length,
      sha256,
      subdir: 'web',
    });
    expect((await store.read(storageKey)).equals(ARCHIVE)).toBe(true);
    expect((await call(`/api/projects/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await store.head(storageKey)).toBeNull();
  });

  it('needs no description and keeps a hostile name harmless', async () => {
    const created = await upload({ archive: [Buffer.from('PK\x03\x04rest'), '../../etc/pass wd é.zip'] });
    expect(created.status).toBe(201);
    const { id, source } = created.json as unknown as Project;
    expect(source).toMatchObject({
      storageKey: expect.stringMatching(new RegExp(`^projects/${id}/upload/[\\w.-]+$`)),
    });
  });

  it('is refused with a remedy when it is none, and nothing is kept', async () => {
    const before = await stored();
    const cases: [Parameters<typeof upload>[0], number, string][] = [
      [{ archive: [Buffer.alloc(0), 'a.zip'] }, 400, 'archive_empty'],
      [{ archive: [Buffer.from('hello'), 'a.zip'] }, 415, 'not_an_archive'],
      [{ archive: [Buffer.alloc(5000, 'hello'), 'a.tar'] }, 415, 'not_an_archive'],
      [{ archive: [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1]), 'a.tar.zst'] }, 415, 'archive_type_unsupported'],
      [{ project: { name: 'x' } }, 400, 'archive_missing'],
      [{ archive: [ARCHIVE, 'a.tgz'], project: '{"name":' }, 400, 'bad_json'],
      [{ archive: [ARCHIVE, 'a.tgz'], project: { name: '' } }, 400, 'invalid_input'],
      [{ archive: [ARCHIVE, 'a.tgz'], project: { subdir: '/etc' } }, 400, 'subdir_invalid'],
      [{ archive: [ARCHIVE, 'a.tgz'], other: 'x' }, 400, 'multipart_part_unexpected'],
    ];
    for (const [parts, status, code] of cases) {
      const result = await upload(parts);
      expect([code, result.status, result.json['code']]).toEqual([code, status, code]);
      expect(result.json['remedy']).toEqual(expect.any(String));
    }
    expect(await stored()).toEqual(before);
  });

  it('is refused when the body is broken or ends early', async () => {
    const before = await stored();
    const broken = { 'content-type': 'multipart/form-data' };
    expect(await call('/api/projects', { body: 'x', headers: broken })).toMatchObject(
      problem(400, 'multipart_invalid'),
    );
    const short = { 'content-type': 'multipart/form-data; boundary=b' };
    const body = '--b\r\nContent-Disposition: form-data; name="archive"; filename="a.zip"\r\n\r\nPK\x03\x04';
    expect(await call('/api/projects', { body, headers: short })).toMatchObject(
      problem(400, 'multipart_invalid'),
    );
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    socket.write(
      `POST /api/projects HTTP/1.1\r\nHost: x\r\nX-Showrunner-Internal: ${TEST_TOKEN}\r\nContent-Type: ${short['content-type']}\r\nContent-Length: 5000\r\n\r\n${body}`,
    );
    await once(socket, 'ready');
    socket.destroy();
    expect((await call('/healthz')).status).toBe(200);
    expect(await stored()).toEqual(before);
  });

  it.each([
    ['a field without a name', 'form-data', 'null'],
    ['a field with an empty name', 'form-data; name=""', 'x'],
    ['a file without a name', 'form-data; filename="a.zip"', 'PK\x03\x04'],
    ['a file with an empty name', 'form-data; name=""; filename="a.zip"', 'PK\x03\x04'],
    ['a file whose name cannot be decoded', "form-data; name*=utf-8''%ff%00; filename*=utf-8''%00", 'x'],
  ])(
    'fault 1: %s is this upload’s own failure, and the process lives on',
    async (_what, disposition, text) => {
      const before = await stored();
      const body = `--B\r\nContent-Disposition: ${disposition}\r\n\r\n${text}\r\n--B--\r\n`;
      const answer = await call('/api/projects', {
        body,
        headers: { 'content-type': 'multipart/form-data; boundary=B' },
      });
      expect(answer).toMatchObject({ status: 400, json: { remedy: expect.stringContaining('multipart') } });
      expect((await call('/healthz')).status).toBe(200);
      expect(await stored()).toEqual(before);
    },
  );

  it('fault 1: what the listeners of the parser throw is a failure of the request', async () => {
    // The store is what an upload calls from inside of the parser.
    const answer = await upload({ archive: [ARCHIVE, `${'.'.repeat(300)}\u0000`] });
    expect([201, 400]).toContain(answer.status);
    expect((await call('/healthz')).status).toBe(200);
  });

  it('of more than 100 MB is refused while it arrives', async () => {
    const before = await stored();
    const head = '--b\r\nContent-Disposition: form-data; name="archive"; filename="a.zip"\r\n\r\nPK\x03\x04';
    let left = 101;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.from(head)),
      pull: (controller) =>
        left-- === 0 ? controller.close() : controller.enqueue(new Uint8Array(1024 * 1024)),
    });
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    expect(await call('/api/projects', { body, headers })).toMatchObject(problem(413, 'archive_too_large'));
    expect(await stored()).toEqual(before);
  });
});

describe('projects', () => {
  it('are listed in pages, newest first', async () => {
    for (let n = 0; n < 3; n++) await git(`https://example.test/page-${n}`);
    const first = await call('/api/projects?limit=2');
    expect((first.json['data'] as Project[]).map(({ name }) => name)).toEqual(['page-2', 'page-1']);
    const second = await call(`/api/projects?limit=1&cursor=${String(first.json['nextCursor'])}`);
    expect((second.json['data'] as Project[]).map(({ name }) => name)).toEqual(['page-0']);
    expect(await call('/api/projects?cursor=x')).toMatchObject(problem(400, 'bad_cursor'));
    expect(await call('/api/projects?limit=101')).toMatchObject(problem(400, 'invalid_input'));
  });

  it('cannot be deleted while a run goes on, or twice', async () => {
    const { id } = (await git('https://example.test/busy')).json as { id: string };
    const size = { width: 1280, height: 720 };
    const run = {
      id: `run-of-${id}`,
      projectId: id,
      intent: '',
      provider: 'local' as const,
      size,
      keepSandbox: false,
    };
    await database.runs.create(run);
    expect(await call(`/api/projects/${id}`, { method: 'DELETE' })).toMatchObject(
      problem(409, 'project_in_use'),
    );
    await database.runs.setState({ id: run.id, state: 'done', message: '' });
    expect((await call(`/api/projects/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await call(`/api/projects/${id}`)).toMatchObject(problem(404, 'not_found'));
    expect(await call(`/api/projects/${id}`, { method: 'DELETE' })).toMatchObject(problem(404, 'not_found'));
  });

  it('are deleted with their runs, films and uploads', async () => {
    const made = await upload({ archive: [ARCHIVE, 'shop.tar.gz'] });
    const id = (made.json as { id: string }).id;
    const run = { id: `run-of-${id}`, projectId: id, intent: '', provider: 'local' as const };
    await database.runs.create({ ...run, size: { width: 1280, height: 720 }, keepSandbox: false });
    await database.runs.setState({ id: run.id, state: 'done', message: '' });
    await store.put(storageKeys.history(run.id), '{}');
    expect((await call(`/api/projects/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await database.runs.find(run.id)).toBeNull();
    const left = async () => [
      ...(await store.list(storagePrefixes.project(id))),
      ...(await store.list(storagePrefixes.run(run.id))),
    ];
    while ((await left()).length > 0) await delay(20);
  });
});

describe('builds', () => {
  it('start the workflow with search attributes', async () => {
    const { id: projectId } = (await git('https://example.test/built')).json as { id: string };
    const started = await call(`/api/projects/${projectId}/build`, { json: { overrides: { port: 3000 } } });
    expect(started).toMatchObject({
      status: 202,
      json: { projectId, state: 'queued', overrides: { port: 3000 } },
    });
    const { id } = started.json as { id: string };
    expect(started.headers.get('location')).toBe(`/api/builds/${id}`);
    const description = await temporal.environment.client.workflow.getHandle(`build-${id}`).describe();
    expect(description).toMatchObject({ type: 'buildProject', taskQueue: 'sandbox' });
    expect(description.searchAttributes['ShowrunnerProject']).toEqual([projectId]);
    expect((await call(`/api/builds/${id}`)).json).toMatchObject({ id, state: 'queued' });
    expect((await call(`/api/builds/${id}/log`)).text).toBe('');
    await store.put(storageKeys.buildLog(id), 'npm ci\n');
    const log = await call(`/api/builds/${id}/log`);
    expect([log.text, log.headers.get('content-type')]).toEqual(['npm ci\n', 'text/plain; charset=utf-8']);
  });

  it('that only detect start a workflow of their own, also when the service died in between', async () => {
    const { id: projectId } = (await git('https://example.test/looked-at')).json as { id: string };
    const asked = await call(`/api/projects/${projectId}/detect`, { json: { overrides: { port: 3000 } } });
    expect(asked).toMatchObject({
      status: 202,
      json: { projectId, state: 'queued', detectOnly: true, overrides: { port: 3000 }, plan: null },
    });
    const { id } = asked.json as { id: string };
    expect(asked.headers.get('location')).toBe(`/api/builds/${id}`);
    const handleOf = (build: string) => temporal.environment.client.workflow.getHandle(`build-${build}`);
    expect(await handleOf(id).describe()).toMatchObject({ type: 'detectProject', taskQueue: 'sandbox' });

    await database.builds.create({ id: 'forgotten0', projectId, detectOnly: true });
    await buildReconciler().reconcile(Date.now() + 60_000);
    expect(await handleOf('forgotten0').describe()).toMatchObject({ type: 'detectProject' });

    expect(
      await call(`/api/projects/${projectId}/detect`, { json: { overrides: { port: 0 } } }),
    ).toMatchObject({ status: 400 });
    expect(await call('/api/projects/nothing/detect', { json: {} })).toMatchObject(problem(404, 'not_found'));
  });

  it('follow SANDBOX_PROVIDER when they name no provider', async () => {
    const config = testConfig({ databaseUrl: postgres.url, temporal });
    const docker = await startProject({ ...config, SOURCE_ALLOWED_HOSTS: [], SANDBOX_PROVIDER: 'docker' });
    try {
      const { id: projectId } = (await git('https://example.test/elsewhere')).json as { id: string };
      for (const what of ['build', 'detect']) {
        const start = (json: object) => send(`${docker.url}/api/projects/${projectId}/${what}`, { json });
        expect(await start({})).toMatchObject({ status: 202, json: { provider: 'docker' } });
        expect(await start({ provider: 'local' })).toMatchObject({ json: { provider: 'local' } });
      }
    } finally {
      await docker.close();
    }
  });

  it('are started as they were meant when the service died before it started them', async () => {
    const { id: projectId } = (await git('https://example.test/forgotten')).json as { id: string };
    const limits = { cpus: 2 };
    await database.builds.create({ id: 'forgotten1', projectId, overrides: { port: 4000 }, limits });
    const reconciler = buildReconciler();
    const workflow = temporal.environment.client.workflow.getHandle('build-forgotten1');
    await reconciler.reconcile();
    await expect(workflow.describe()).rejects.toThrow(WorkflowNotFoundError); // its request may be at work still

    await reconciler.reconcile(Date.now() + 60_000);
    await reconciler.reconcile(Date.now() + 60_000);
    const { events } = await workflow.fetchHistory();
    const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    expect(JSON.parse(Buffer.from(payload?.data ?? []).toString())).toMatchObject({
      buildId: 'forgotten1',
      overrides: { port: 4000 },
      limits,
    });
  });

  it('fail when they cannot be started any more', async () => {
    const { id: projectId } = (await git('https://example.test/gone')).json as { id: string };
    await database.builds.create({ id: 'forgotten2', projectId });
    await database.projects.markDeleted(projectId);
    await buildReconciler().reconcile(Date.now() + 60_000);
    expect(await database.builds.get('forgotten2')).toMatchObject({
      state: 'failed',
      failure: { code: 'build_not_started' },
    });
  });

  it('need an existing project and nothing else', async () => {
    const build = (id: string, options: CallOptions) => call(`/api/projects/${id}/build`, options);
    expect(await build('nothing', { method: 'POST' })).toMatchObject(problem(404, 'not_found'));
    const { id } = (await git('https://example.test/plain')).json as { id: string };
    expect((await build(id, { method: 'POST' })).status).toBe(202);
    expect(await build(id, { json: { limits: { cpus: 99 } } })).toMatchObject(problem(400, 'invalid_input'));
    expect(await call('/api/builds/nothing')).toMatchObject(problem(404, 'not_found'));
  });
});
