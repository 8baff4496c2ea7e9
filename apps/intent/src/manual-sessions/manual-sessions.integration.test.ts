import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, sandboxIdOf, storageKeys } from '@showrunner/contracts';
import type { RunningService } from '@showrunner/service';
import { call as send } from '@showrunner/service/testing';
import type { CallOptions } from '@showrunner/service/testing';
import { startIntent } from '../start';
import { startIntentTestPlatform, until } from '../testing/test-platform';
import type { IntentTestPlatform } from '../testing/test-platform';

const limit = { requested: 1, enforced: 1, by: 'test' };
const LIMITS = { cpus: limit, memoryBytes: limit, diskBytes: limit, maxProcesses: limit };
let platform: IntentTestPlatform;
let service: RunningService;
let projectId: string;

beforeAll(async () => {
  platform = await startIntentTestPlatform();
  service = await startIntent(platform.config);
  const project = {
    id: newId(),
    name: 'board',
    source: { kind: 'git', url: 'https://example.test/a' },
  } as const;
  ({ id: projectId } = await platform.database.projects.create(project));
});
afterAll(async () => {
  await service.close();
  await platform.stop();
});

const call = (path: string, options: CallOptions = {}) => send(`${service.url}${path}`, options);
const problem = (status: number, code: string) => ({
  status,
  json: expect.objectContaining({ code, remedy: expect.any(String) }),
});
const opened = async (): Promise<string> => {
  const { status, json } = await call('/api/sessions', { json: { projectId, maxSteps: 9 } });
  expect([status, json['state']]).toEqual([202, 'queued']);
  const id = String(json['session_id']);
  const asked = () => call(`/api/sessions/${id}`);
  await until(asked, ({ json: session }) => session['browser_session'] === 'mcp-1');
  return id;
};

describe('/api/sessions', () => {
  it('opens a session, uses tools, marks, and ends it with its film or without', async () => {
    const id = await opened();
    const at = `/api/sessions/${id}`;
    const answer = JSON.stringify({ text: '- button "Add" [ref=e1]', picture: 'aGk=' });
    await platform.store.put(storageKeys.reply(id, '0'), answer);
    const act = (json: object) => call(`${at}/actions`, { json });
    expect(await act({ tool: 'browser_take_screenshot' })).toMatchObject({
      status: 200,
      json: {
        ...{ session_id: id, result: 'succeeded', text: '- button "Add" [ref=e1]', steps_left: 8 },
        image: { content_type: 'image/jpeg', data: 'aGk=' },
      },
    });
    expect(await act({ tool: 'browser_evaluate', arguments: {} })).toMatchObject(
      problem(403, 'tool_not_allowed'),
    );
    const away = { tool: 'browser_navigate', arguments: { url: 'http://169.254.169.254/' } };
    expect(await act(away)).toMatchObject(problem(403, 'address_not_allowed'));
    expect(await act({ tool: 'browser_click' })).toMatchObject(problem(422, 'tool_arguments_invalid'));
    const mark = (json: object) => call(`${at}/marks`, { json });
    expect(await mark({ kind: 'start', feature: 'add' })).toMatchObject({
      ...{ status: 200, json: { session_id: id, feature: 'add', status: 'open' } },
    });
    expect(await mark({ kind: 'success' })).toMatchObject(problem(409, 'no_feature_begun'));
    for (const condition of [
      { kind: 'done' },
      { kind: 'url', path: '/', pattern: '(a+)+$' },
      { kind: 'url' },
    ])
      expect(await mark({ kind: 'success', condition })).toMatchObject(problem(422, 'condition_not_allowed'));
    expect((await call(at)).json).toMatchObject({ steps_left: 8, live: `/api/runs/${id}/live` });
    expect((await call('/api/sessions')).json['data']).toMatchObject([{ session_id: id }]);
    expect((await call(`${at}/end`, { method: 'POST' })).status).toBe(202);
    const over = await until(
      () => act({ tool: 'browser_snapshot' }),
      ({ status }) => status === 409,
    );
    expect(over).toMatchObject(problem(409, 'session_not_open'));

    const other = await opened();
    expect(await call(`/api/sessions/${other}`, { method: 'DELETE' })).toMatchObject({
      ...{ status: 202, json: { id: other, requested: 'kill' } },
    });
  });

  it('is of its tenant alone, and no run of a plan is one', async () => {
    const size = { width: 1280, height: 720 };
    const run = { id: newId(), projectId, intent: '', provider: 'local', size, keepSandbox: false } as const;
    await platform.database.runs.create(run);
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/end'],
      ['DELETE', ''],
    ] as const)
      expect(await call(`/api/sessions/${run.id}${path}`, { method })).toMatchObject(
        problem(404, 'not_found'),
      );
  });

  it('opens on an app that runs, says what shows none, and bounds how many are open', async () => {
    const open = (json: object) => call('/api/sessions', { json });
    expect(await open({})).toMatchObject(problem(422, 'session_app_ambiguous'));
    expect(await open({ projectId, buildId: 'b' })).toMatchObject(problem(422, 'session_app_ambiguous'));
    expect(await open({ projectId: 'nothing' })).toMatchObject(problem(404, 'not_found'));
    const buildId = newId();
    const sandboxId = sandboxIdOf(buildId);
    const { builds, sandboxes } = platform.database;
    await builds.create({ id: buildId, projectId });
    await sandboxes.createPending({ id: sandboxId, buildId, projectId, provider: 'local' });
    await sandboxes.markRunning(sandboxId, LIMITS);
    await builds.setSandbox(buildId, sandboxId);
    expect(await open({ buildId })).toMatchObject(problem(409, 'session_needs_app'));
    const app = {
      port: 3000,
      upstreamHost: 'localhost:3000',
      path: '/',
      previewUrl: 'http://p.test',
      readyMs: 1,
    };
    await builds.setApp(buildId, app);
    await builds.setState({ id: buildId, state: 'running', message: '' });
    const bySandbox = await open({ sandboxId });
    expect(bySandbox).toMatchObject({
      status: 202,
      json: { project_id: projectId, preview_url: 'http://p.test' },
    });
    const inside = { tool: 'browser_navigate', arguments: { url: 'http://p.test/a' } };
    await platform.store.put(storageKeys.reply(String(bySandbox.json['session_id']), '0'), '{"text":""}');
    expect(
      await call(`/api/sessions/${String(bySandbox.json['session_id'])}/actions`, { json: inside }),
    ).toMatchObject({
      ...{ status: 200, json: { tool: 'browser_navigate' } },
    });
    expect(await platform.database.runs.isDriven(sandboxId)).toBe(true);
    let last = await open({ buildId });
    for (let n = 0; n < 5 && last.status === 202; n += 1) last = await open({ buildId });
    expect(last).toMatchObject(problem(429, 'sessions_used_up'));
  });
});
