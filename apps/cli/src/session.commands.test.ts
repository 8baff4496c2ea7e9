import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { ApiClient } from '@showrunner/api-client';
import { actInSession, endSession, listSessions, markSession, openSession } from './session.commands';

const asked: { method: string; path: string; body: string }[] = [];
let printed = '';
beforeEach(() => {
  asked.length = 0;
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true));
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => void jest.restoreAllMocks());

const session = (more: object = {}) => ({
  ...{
    session_id: 's1',
    project_id: 'p1',
    state: 'filming',
    message: 'Open',
    preview_url: null,
    features: [],
  },
  ...{ current_feature: null, step_index: -1, browser_session: 'mcp-1', steps_left: 9, live: '/x' },
  ...{ created_at: '2026-11-30T08:00:00.000Z', finished_at: null, ...more },
});
/** Answers one request after another. */
const api = (...answers: object[]) =>
  new ApiClient({
    ...{ baseUrl: 'http://127.0.0.1:4400/api', apiKey: 'sk_x' },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      asked.push({
        method: request.method,
        path: new URL(request.url).pathname,
        body: await request.text(),
      });
      return Response.json(answers[Math.min(asked.length, answers.length) - 1]);
    },
  });

it('opens a session, and says its id once it takes actions', async () => {
  const waiting = session({ state: 'building', browser_session: null });
  expect(await openSession(api(waiting, waiting, session()), 'p1', { idle: '2' })).toBe(0);
  expect(printed).toBe('s1\n');
  expect(asked[0]).toEqual({
    ...{ method: 'POST', path: '/api/sessions', body: '{"projectId":"p1","idleMinutes":2}' },
  });
  expect(asked.slice(1).map(({ path }) => path)).toEqual(['/api/sessions/s1', '/api/sessions/s1']);
  expect(await openSession(api(session({ state: 'failed' })), undefined, { build: 'b1' })).not.toBe(0);
});

it('uses a tool, and fails as the tool does', async () => {
  const answer = {
    session_id: 's1',
    seq: 1,
    tool: 'browser_click',
    text: 'Clicked',
    action: null,
    steps_left: 8,
  };
  const args = '{"target":"e1"}';
  expect(await actInSession(api({ ...answer, result: 'succeeded' }), 's1', 'browser_click', { args })).toBe(
    0,
  );
  expect([printed, asked[0]?.body]).toEqual([
    ...['Clicked\n', '{"tool":"browser_click","arguments":{"target":"e1"}}'],
  ]);
  expect(await actInSession(api({ ...answer, result: 'failed' }), 's1', 'browser_click', {})).not.toBe(0);
  for (const wrong of ['{', '[]', 'null', '3'])
    await expect(actInSession(api(answer), 's1', 'browser_click', { args: wrong })).rejects.toMatchObject({
      code: 'bad_json',
    });
});

it('marks, and tells what is not proven', async () => {
  const marked = { session_id: 's1', feature: 'add', title: 'Add', at: 1, evidence: [] };
  expect(await markSession(api({ ...marked, status: 'open' }), 's1', 'start', { feature: 'add' })).toBe(0);
  const unproven = { ...marked, status: 'unproven', reason: 'It cannot be seen.' };
  expect(await markSession(api(unproven), 's1', 'success', { text: 'Plan' })).not.toBe(0);
  expect(asked.map(({ body }) => body)).toEqual([
    '{"kind":"start","feature":"add"}',
    '{"kind":"success","condition":{"kind":"textVisible","text":"Plan"}}',
  ]);
  expect(printed).toContain('add  unproven  It cannot be seen.');
});

it('lists, and ends with a film or without', async () => {
  await listSessions(api({ data: [session()], nextCursor: null }), {});
  await listSessions(api({ data: [], nextCursor: null }), {});
  expect(printed).toContain('s1  filming');
  expect(printed).toContain('No sessions yet.');
  asked.length = 0;
  await endSession(api(session()), 's1', {});
  await endSession(api({}), 's1', { discard: true });
  expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    ...['POST /api/sessions/s1/end', 'DELETE /api/sessions/s1'],
  ]);
});
