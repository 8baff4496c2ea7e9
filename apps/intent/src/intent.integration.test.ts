import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { storageKeys, storagePrefixes } from '@showrunner/contracts';
import type { RunSummary } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import type { RunningService } from '@showrunner/service';
import { call as send, openApiRoutes } from '@showrunner/service/testing';
import type { CallOptions } from '@showrunner/service/testing';
import { startIntent } from './start';
import { action, exportedHistory, planBody } from './testing/film-fixtures';
import { startIntentTestPlatform, until } from './testing/test-platform';
import type { IntentTestPlatform } from './testing/test-platform';

let platform: IntentTestPlatform;
let database: Database;
let service: RunningService;
/** The same service while Temporal is away. */
let cutOff: RunningService;

beforeAll(async () => {
  platform = await startIntentTestPlatform();
  ({ database } = platform);
  service = await startIntent({ ...platform.config, SANDBOX_ON_LOST: 'reacquire' });
  cutOff = await startIntent({ ...platform.config, TEMPORAL_ADDRESS: '127.0.0.1:1' });
  await database.projects.create({
    id: 'p1',
    name: 'kanban',
    source: { kind: 'git', url: 'https://example.test/p1' },
  });
  await database.projects.create({
    id: 'p2',
    name: 'other',
    source: { kind: 'git', url: 'https://example.test/p2' },
  });
}, 90_000);
afterAll(async () => {
  await Promise.all([service.close(), cutOff.close()]);
  await platform.stop();
});

const call = (path: string, options: CallOptions = {}) => send(`${service.url}${path}`, options);
const post = (path: string, headers: Record<string, string> = {}) => call(path, { method: 'POST', headers });
const problem = (status: number, code: string) => ({
  status,
  json: expect.objectContaining({ status, code }),
});
const film = (json: object = {}, headers: Record<string, string> = {}) =>
  call('/api/runs', { json: { projectId: 'p1', ...json }, headers });
const idOf = (result: { json: Record<string, unknown> }): string => String(result.json['id']);
const handle = (id: string) => platform.temporal.environment.client.workflow.getHandle(`run-${id}`);
const stateOf = async (id: string): Promise<string> => (await database.runs.get(id)).state;
const isKilled = (state: string): boolean => state === 'killed';
const killed = async (id: string): Promise<void> => {
  await post(`/api/runs/${id}/kill`);
  await until(() => stateOf(id), isKilled);
};
const status = async (id: string): Promise<string> => (await handle(id).describe()).status.name;

it('has the routes that are described, each behind the internal token', async () => {
  const mine = openApiRoutes('intent');
  const routes = service.routes.filter(({ path }) => path.startsWith('/api'));
  const names = (list: typeof routes): string[] => list.map(({ method, path }) => `${method} ${path}`).sort();
  expect(names(routes)).toEqual(names(mine));
  for (const { method, path } of routes) {
    const url = `${service.url}${path.replace(/:\w+/g, 'x')}`;
    expect((await send(url, { method, token: null })).status).toBe(401);
  }
});

it('intents and plans are kept and found', async () => {
  const created = await call('/api/intents', { json: { projectId: 'p1', text: 'show the board' } });
  expect(created).toMatchObject({ status: 201, json: { projectId: 'p1', text: 'show the board' } });
  expect((await call(`/api/intents/${idOf(created)}`)).json).toEqual(created.json);
  expect((await call('/api/intents?projectId=p1')).json).toMatchObject({
    data: [created.json],
    nextCursor: null,
  });
  expect(await call('/api/intents', { json: { projectId: 'nothing', text: 'x' } })).toMatchObject(
    problem(404, 'not_found'),
  );
  expect(await call('/api/intents', { json: { projectId: 'p1', text: '' } })).toMatchObject(
    problem(400, 'invalid_input'),
  );
  const plan = await database.plans.store({ id: 'plan1', projectId: 'p1', body: planBody });
  expect((await call('/api/plans/plan1')).json).toEqual(plan);
  expect((await call('/api/plans?projectId=p2')).json).toEqual({ data: [], nextCursor: null });
  expect(await call('/api/plans/nothing')).toMatchObject(problem(404, 'not_found'));
});

it('a run may name a stored intent of its project, which says what to show', async () => {
  const stored = await call('/api/intents', { json: { projectId: 'p1', text: 'show the board' } });
  const intentId = idOf(stored);
  const made = await call('/api/runs', { json: { projectId: 'p1', intentId } });
  expect(made).toMatchObject({ status: 202, json: { intentId, intent: 'show the board' } });
  expect((await database.runs.get(idOf(made))).intentId).toBe(intentId);
  const other = await call('/api/intents', { json: { projectId: 'p2', text: 'another app' } });
  expect(await call('/api/runs', { json: { projectId: 'p1', intentId: idOf(other) } })).toMatchObject(
    problem(422, 'intent_of_other_project'),
  );
  expect(await call('/api/runs', { json: { projectId: 'p1', intentId, intent: 'else' } })).toMatchObject(
    problem(400, 'intent_ambiguous'),
  );
  expect(await call('/api/runs', { json: { projectId: 'p1', intentId: 'nothing' } })).toMatchObject(
    problem(404, 'not_found'),
  );
});

describe('a run', () => {
  it('is stored, told and started with what operators look for', async () => {
    const created = await film({
      intent: 'show the board',
      pace: 'none',
      ...{ aspect: '9:16', theme: 'aurora' },
      size: { width: 640, height: 480 },
    });
    const id = idOf(created);
    expect(created).toMatchObject({
      status: 202,
      json: { projectId: 'p1', state: 'queued', intent: 'show the board' },
    });
    expect(created.headers.get('location')).toBe(`/api/runs/${id}`);
    expect((await call(`/api/runs/${id}`)).json).toMatchObject({
      id,
      state: 'queued',
      pace: 'none',
      stages: [],
      video: null,
    });
    const [event] = await database.outbox.readAfter(0n, { runId: id }, 5);
    expect(event).toMatchObject({ type: 'RUN_STATE', data: { state: 'queued' } });
    const description = await handle(id).describe();
    expect(description).toMatchObject({ type: 'produceVideo', taskQueue: 'plan' });
    expect(description.searchAttributes).toMatchObject({
      ShowrunnerProject: ['p1'],
      ShowrunnerProjectName: [expect.any(String)],
      ShowrunnerTenant: ['default'],
      ShowrunnerRun: [id],
      ShowrunnerProvider: ['local'],
    });
    expect(description.memo).toMatchObject({
      preview: `http://sbx-${id}.preview.localhost:${platform.config.PREVIEW_PORT}`,
      video: expect.stringContaining(`/api/runs/${id}/artifacts/video.mp4`),
    });
    const { events } = await handle(id).fetchHistory();
    const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    expect(JSON.parse(Buffer.from(payload?.data ?? '').toString())).toMatchObject({
      onSandboxLost: 'reacquire',
      ...{ pace: 'none', aspect: '9:16', theme: 'aurora' },
    });
    await post(`/api/runs/${id}/kill`);
  });

  it('follows SANDBOX_PROVIDER when it names no provider', async () => {
    const docker = await startIntent({ ...platform.config, SANDBOX_PROVIDER: 'docker' });
    try {
      const start = (json: object) =>
        send(`${docker.url}/api/runs`, { json: { projectId: 'p1', intent: 'end', ...json } });
      const followed = await start({});
      expect(followed).toMatchObject({ status: 202, json: { provider: 'docker' } });
      expect((await handle(idOf(followed)).describe()).searchAttributes).toMatchObject({
        ShowrunnerProvider: ['docker'],
      });
      expect(await start({ provider: 'local' })).toMatchObject({ json: { provider: 'local' } });
    } finally {
      await docker.close();
    }
  });

  it('needs a project, a plan of that project and a size that can be filmed', async () => {
    expect(await film({ projectId: 'nothing' })).toMatchObject(problem(404, 'not_found'));
    expect(await film({ planId: 'nothing' })).toMatchObject(problem(404, 'not_found'));
    expect(await film({ projectId: 'p2', planId: 'plan1' })).toMatchObject(
      problem(422, 'plan_of_other_project'),
    );
    for (const wrong of [{ pace: 'hectic' }, { aspect: '3:2' }, { theme: 'neon' }])
      expect(await film(wrong)).toMatchObject(problem(400, 'invalid_input'));
    const odd = await film({ size: { width: 641, height: 480 }, overrides: { port: 99_999 } });
    expect(odd).toMatchObject(problem(400, 'invalid_input'));
    expect(odd.json['errors']).toMatchObject([{ path: 'overrides.port' }, { path: 'size.width' }]);
    expect(await call('/api/runs/nothing')).toMatchObject(problem(404, 'not_found'));
  });

  it('films a plan by hand, which is stored and pinned, and says where one is wrong', async () => {
    const step = {
      action: { type: 'press', key: 'Enter' },
      caption: 'Send it',
      success: { kind: 'textVisible', text: 'Sent' },
    };
    const plan = { title: 'By hand', features: [{ id: 'send', title: 'Send it', steps: [step] }] };
    const id = idOf(await film({ plan }));
    const { planId } = await database.runs.get(id);
    const { body } = await database.plans.get(String(planId));
    expect(body).toMatchObject({ title: 'By hand', planner: 'hand', features: [{ startPath: '/' }] });
    expect((await call(`/api/runs/${id}/plan`)).json).toMatchObject({ id: planId });
    expect(await film({ plan, planId })).toMatchObject(problem(400, 'plan_ambiguous'));
    const test = { fileName: 'a.spec.ts', source: 'test(' };
    expect(await film({ plan, test })).toMatchObject(problem(400, 'plan_ambiguous'));
    expect(await film({ test })).toMatchObject(problem(400, 'bad_test'));
    const wrong = await film({ plan: { ...plan, features: [{ ...plan.features[0], id: 'No slug' }] } });
    expect(wrong).toMatchObject(problem(400, 'invalid_input'));
    expect(wrong.json['errors']).toMatchObject([{ path: 'plan.features.0.id' }]);
    await post(`/api/runs/${id}/kill`);
  });

  it('tells its state through the workflow, and from the database when it is over', async () => {
    const id = idOf(await film({ intent: 'board' }));
    expect((await call(`/api/runs/${id}/state`)).json).toEqual({
      session_id: 'session-1',
      current_feature: 'board',
      step_index: 2,
      browser_session: 'browser-1',
      run_state: 'filming',
      message: 'As the workflow says',
    });
    const away = await send(`${cutOff.url}/api/runs/${id}/state`);
    expect(away).toMatchObject({ status: 200, json: { run_state: 'queued', session_id: null } });
    await killed(id);
    expect((await call(`/api/runs/${id}/state`)).json).toMatchObject({ run_state: 'killed', step_index: -1 });
  });

  it('is listed newest first, by project and state', async () => {
    const ids = [idOf(await film({ projectId: 'p2' })), idOf(await film({ projectId: 'p2' }))];
    const page = await call('/api/runs?projectId=p2&limit=1');
    expect((page.json['data'] as RunSummary[]).map(({ id }) => id)).toEqual([ids[1]]);
    const next = await call(`/api/runs?projectId=p2&limit=1&cursor=${String(page.json['nextCursor'])}`);
    expect(next.json).toMatchObject({ data: [{ id: ids[0] }], nextCursor: null });
    expect((await call('/api/runs?projectId=p2&state=done')).json).toEqual({ data: [], nextCursor: null });
    expect(await call('/api/runs?state=resting')).toMatchObject(problem(400, 'invalid_input'));
    for (const id of ids) await post(`/api/runs/${id}/kill`);
  });
});

describe('an Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'key-1', 'x-showrunner-key': 'api-key-1' };

  it('gives the run of the first request again', async () => {
    const first = await film({ intent: 'once' }, headers);
    const again = await film({ intent: 'once' }, headers);
    expect([again.status, again.json]).toEqual([202, first.json]);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(await film({ intent: 'other' }, headers)).toMatchObject(problem(422, 'idempotency_key_reused'));
    const other = await film({ intent: 'once' }, { ...headers, 'x-showrunner-key': 'api-key-2' });
    expect(idOf(other)).not.toBe(idOf(first));
  });

  it('makes one run of requests that come at the same time', async () => {
    const key = { ...headers, 'idempotency-key': 'key-2' };
    const results = await Promise.all(Array.from({ length: 5 }, () => film({ intent: 'at once' }, key)));
    expect(new Set(results.map(idOf)).size).toBe(1);
    expect(results.map((result) => result.status)).toEqual([202, 202, 202, 202, 202]);
  });

  it('is free again after a request that failed, and must be harmless', async () => {
    const key = { ...headers, 'idempotency-key': 'key-3' };
    expect(await film({ projectId: 'nothing' }, key)).toMatchObject(problem(404, 'not_found'));
    expect((await film({}, key)).status).toBe(202);
    for (const bad of ['a b', 'x'.repeat(201)]) {
      expect(await film({}, { 'idempotency-key': bad })).toMatchObject(
        problem(400, 'idempotency_key_invalid'),
      );
    }
  });
});

describe('stopping', () => {
  it.each([
    ['cancel', 'cancelled'],
    ['kill', 'killed'],
  ])('%s signals the workflow', async (how, result) => {
    const id = idOf(await film());
    const stopped = await post(`/api/runs/${id}/${how}`);
    expect(stopped).toMatchObject({ status: 202, json: { id, requested: how, delivered: true } });
    expect(await handle(id).result()).toBe(result);
    // The stand-in ends without a last word: the request says how the run ended.
    await until(
      () => stateOf(id),
      (state) => state === result,
    );
    expect(await post(`/api/runs/${id}/${how}`)).toMatchObject(problem(409, 'run_ended'));
  });

  it('of nothing is not found', async () => {
    expect(await post('/api/runs/nothing/kill')).toMatchObject(problem(404, 'not_found'));
  });

  it('is accepted while Temporal is away, and delivered later', async () => {
    const id = idOf(await film());
    const stopped = await send(`${cutOff.url}/api/runs/${id}/kill`, { method: 'POST' });
    expect(stopped).toMatchObject({ status: 202, json: { requested: 'kill', delivered: false } });
    expect(await handle(id).result()).toBe('killed');
  });

  it('is deleted with its history and files once it has ended, and not before', async () => {
    const going = idOf(await film());
    await until(
      () => status(going),
      (name) => name === 'RUNNING',
    );
    expect(await call(`/api/runs/${going}`, { method: 'DELETE' })).toMatchObject(problem(409, 'run_in_use'));
    await post(`/api/runs/${going}/cancel`);
    await until(
      () => stateOf(going),
      (state) => state === 'cancelled',
    );
    await until(
      () => platform.store.head(storageKeys.history(going)),
      (head) => head !== null,
    );
    expect((await call(`/api/runs/${going}`, { method: 'DELETE' })).status).toBe(204);
    expect(await call(`/api/runs/${going}`)).toMatchObject(problem(404, 'not_found'));
    expect(await call(`/api/runs/${going}`, { method: 'DELETE' })).toMatchObject(problem(404, 'not_found'));
    await until(
      () => platform.store.list(storagePrefixes.run(going)),
      (keys) => keys.length === 0,
    );
    const gone = () => status(going).catch((error: Error) => error.name);
    await until(gone, (name) => name === 'WorkflowNotFoundError');
  });

  it('outranks: a kill after a cancel, not a cancel after a kill', async () => {
    const id = idOf(await film());
    await database.runs.requestStop(id, 'cancel');
    await database.runs.requestStop(id, 'kill');
    await database.runs.requestStop(id, 'cancel');
    expect((await database.runs.get(id)).stopRequested).toBe('kill');
    await until(
      () => stateOf(id),
      (state) => state === 'killed',
    );
  });
});

describe('reconciling', () => {
  it('starts a run that was accepted while Temporal was away', async () => {
    const created = await send(`${cutOff.url}/api/runs`, { json: { projectId: 'p1' } });
    expect(created.status).toBe(202);
    const id = idOf(created);
    await until(
      () => status(id).catch(() => 'none'),
      (name) => name === 'RUNNING',
    );
    await post(`/api/runs/${id}/kill`);
  });

  it('never starts a run that was stopped before', async () => {
    const size = { width: 1280, height: 720 };
    const run = {
      id: 'stopped-early',
      projectId: 'p1',
      intent: '',
      provider: 'local' as const,
      size,
      keepSandbox: false,
    };
    await database.transaction(async (tx) => {
      await tx.runs.create(run);
      await tx.runs.requestStop(run.id, 'cancel');
    });
    await until(
      () => stateOf(run.id),
      (state) => state === 'cancelled',
    );
    await expect(handle(run.id).describe()).rejects.toThrow(/not found/i);
    const events = await database.outbox.readAfter(0n, { runId: run.id }, 5);
    expect(events.at(-1)).toMatchObject({ type: 'RUN_STATE', data: { state: 'cancelled' } });
  });

  it('ends a run whose workflow was terminated, ended silently or is unknown', async () => {
    const terminated = idOf(await film());
    await handle(terminated).terminate('by an operator');
    const silent = idOf(await film({ intent: 'end' }));
    const size = { width: 1280, height: 720 };
    await database.transaction(async (tx) => {
      await tx.runs.create({
        id: 'lost',
        projectId: 'p1',
        intent: '',
        provider: 'local',
        size,
        keepSandbox: false,
      });
      await tx.runs.setState({ id: 'lost', state: 'filming', message: '' });
    });
    const expected = {
      [terminated]: 'workflow_terminated',
      [silent]: 'workflow_completed',
      lost: 'workflow_lost',
    };
    for (const [id, code] of Object.entries(expected)) {
      await until(
        () => stateOf(id),
        (state) => state === 'failed',
      );
      expect((await call(`/api/runs/${id}`)).json).toMatchObject({
        failure: { code, remedy: expect.any(String) },
      });
    }
  });
});

describe('the history', () => {
  it('comes from Temporal, and from the store when Temporal has forgotten', async () => {
    const id = idOf(await film({ intent: 'end' }));
    await until(
      () => stateOf(id),
      (state) => state === 'failed',
    );
    await until(
      () => platform.store.head(storageKeys.history(id)),
      (head) => head !== null,
    );
    const { headers, json, text } = await call(`/api/runs/${id}/history`);
    expect((await handle(id).describe()).memo?.['video']).toContain('signature=');
    expect(text).not.toMatch(/"memo":\{/);
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    const { events } = (json['workflows'] as Record<string, { events: { eventType: string }[] }>)[
      `run-${id}`
    ] ?? { events: [] };
    expect(events[0]?.eventType).toBe('EVENT_TYPE_WORKFLOW_EXECUTION_STARTED');
    expect(events.at(-1)?.eventType).toBe('EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED');
    const kept = await send(`${cutOff.url}/api/runs/${id}/history`);
    expect([kept.status, kept.json]).toEqual([200, json]);
  });

  it('of a running run is what there is so far; without Temporal a clear 503', async () => {
    const id = idOf(await film());
    expect(Object.keys((await call(`/api/runs/${id}/history`)).json['workflows'] as object)).toEqual([
      `run-${id}`,
    ]);
    expect(await send(`${cutOff.url}/api/runs/${id}/history`)).toMatchObject(
      problem(503, 'temporal_unavailable'),
    );
    expect(await call('/api/runs/nothing/history')).toMatchObject(problem(404, 'not_found'));
    await post(`/api/runs/${id}/kill`);
  });
});

describe('facts and replays', () => {
  const filmed = async (): Promise<string> => {
    const id = idOf(await film());
    await database.plans.store({ id: `plan-${id}`, projectId: 'p1', runId: id, body: planBody });
    await database.actions.append({ film: 1, runId: id, sessionId: 's1', takeId: 't1', record: action });
    await killed(id);
    return id;
  };

  it('plan, actions and logs are told', async () => {
    const id = await filmed();
    expect((await call(`/api/runs/${id}/plan`)).json).toMatchObject({ id: `plan-${id}`, body: planBody });
    expect((await call(`/api/runs/${id}/actions`)).json).toEqual({ data: [action] });
    await database.runs.setBuild(id, id, null);
    await platform.store.put(storageKeys.buildLog(id), `${'early\n'.repeat(10_000)}last line\n`);
    const logs = await call(`/api/runs/${id}/logs`);
    expect(logs.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(logs.text).toContain(`Run ${id} · killed`);
    expect(logs.text).toContain('last line');
    expect(logs.text.length).toBeLessThan(40_000);
    expect(await call('/api/runs/lost/plan')).toMatchObject(problem(404, 'not_found'));
    expect((await call('/api/runs/lost/actions')).json).toEqual({ data: [] });
  });

  it('a run is replayed with its plan and its actions', async () => {
    const id = await filmed();
    const replayed = await post(`/api/runs/${id}/replay`, { 'idempotency-key': `replay-${id}` });
    expect(replayed).toMatchObject({
      status: 202,
      json: { replayOf: id, planId: `plan-${id}`, projectId: 'p1' },
    });
    const { recorded, planHash } = await database.runs.get(idOf(replayed));
    const { feature, step, tool, arguments: args, result, verified } = action;
    expect(recorded).toEqual([
      { feature, step, tool, arguments: args, action: action.action, result, verified },
    ]);
    expect(planHash).toMatch(/^[0-9a-f]{64}$/);
    const again = await post(`/api/runs/${id}/replay`, { 'idempotency-key': `replay-${id}` });
    expect(idOf(again)).toBe(idOf(replayed));
    expect(await post(`/api/runs/${idOf(replayed)}/replay`)).toMatchObject(problem(409, 'run_not_ended'));
    expect(await post('/api/runs/lost/replay')).toMatchObject(problem(409, 'nothing_to_replay'));
    expect(await post('/api/runs/nothing/replay')).toMatchObject(problem(404, 'not_found'));
    await post(`/api/runs/${idOf(replayed)}/kill`);
  });

  it('fault 3: values of variables stand in no answer and no history, and are given to a replay', async () => {
    const value = 'sk_live_never-to-be-read-again';
    const created = await film({ overrides: { port: 4100, env: { STRIPE_SECRET: value } } });
    const id = idOf(created);
    const history = await handle(id).fetchHistory();
    const payloads = history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
    const input = payloads.map(({ data }) => Buffer.from(data ?? '').toString()).join('');
    expect(JSON.parse(input)).toMatchObject({ overrides: { port: 4100, envNames: ['STRIPE_SECRET'] } });
    const answers = await Promise.all(
      ['', '/logs', '/history', '/state'].map(async (part) => (await call(`/api/runs/${id}${part}`)).text),
    );
    const events = JSON.stringify(await database.outbox.readAfter(0n, { runId: id }, 100));
    for (const form of [value, Buffer.from(value).toString('base64').slice(0, 24)])
      expect([input, created.text, events, ...answers].join('\n')).not.toContain(form);
    await database.plans.store({ id: `plan-${id}`, projectId: 'p1', runId: id, body: planBody });
    await database.actions.append({ film: 1, runId: id, sessionId: 's1', takeId: 't1', record: action });
    await killed(id);
    const replayed = idOf(await post(`/api/runs/${id}/replay`));
    expect(await database.runs.openEnvironment(replayed)).toEqual({ STRIPE_SECRET: value });
    await post(`/api/runs/${replayed}/kill`);
  });

  it('an exported history is replayed, also where its project is not known', async () => {
    const replayed = await call('/api/runs/replay', { json: { history: exportedHistory() } });
    expect(replayed.status).toBe(202);
    const run = await database.runs.get(idOf(replayed));
    expect(run.recorded?.length).toBeGreaterThan(2);
    const plan = await database.plans.get(String(run.planId));
    expect(plan.projectId).toBe(run.projectId);
    expect(await database.projects.get(run.projectId)).toMatchObject({ source: { kind: 'git' } });
    await post(`/api/runs/${run.id}/kill`);
  });

  it('a history of another machine is replayed on the source that is given', async () => {
    const history = exportedHistory();
    const replayed = async (json: object) =>
      database.runs.get(idOf(await call('/api/runs/replay', { json: { history, ...json } })));
    const first = await replayed({});
    const run = await replayed({ projectId: first.projectId });
    expect(run.projectId).toBe(first.projectId);
    expect((await database.plans.get(String(run.planId))).projectId).toBe(first.projectId);
    for (const { id } of [first, run]) await post(`/api/runs/${id}/kill`);
    expect(await call('/api/runs/replay', { json: { history, projectId: 'nothing' } })).toMatchObject(
      problem(404, 'not_found'),
    );
  });

  it('a history that is none is refused with its reason', async () => {
    expect(await call('/api/runs/replay', { json: {} })).toMatchObject(problem(400, 'invalid_input'));
    const result = await call('/api/runs/replay', { json: { history: { workflows: {} } } });
    expect(result).toMatchObject({ status: 422, json: { code: 'history_invalid' } });
    expect(result.json['detail']).toContain('produceVideo');
  });
});
