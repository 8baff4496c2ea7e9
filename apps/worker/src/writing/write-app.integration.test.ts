import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { extract } from 'tar-stream';
import { loadConfig, workerConfigSchema } from '@showrunner/config';
import { newId } from '@showrunner/contracts';
import type { AppKind, WrittenApp } from '@showrunner/contracts';
import { createDatabase } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { modelServer } from '@showrunner/llm/testing';
import type { ModelServer } from '@showrunner/llm/testing';
import { openModels } from '../models';
import { createWritingActivities } from '.';

let postgres: TestPostgres;
let database: Database;
let server: ModelServer;
const stored = new Map<string, Buffer>();

beforeAll(async () => {
  postgres = await startTestPostgres();
  database = createDatabase({ url: postgres.url });
  server = await modelServer('openai');
  for (const id of ['acme', 'other']) await database.tenants.ensure(id);
});
beforeEach(() => {
  server.requests.length = 0;
});
afterAll(async () => {
  await database.close();
  await Promise.all([postgres.stop(), server.close()]);
});

const models = (env: Record<string, string>) =>
  openModels(
    loadConfig(workerConfigSchema, {
      ...{ INTERNAL_TOKEN: 'x'.repeat(16), OPENAI_BASE_URL: server.url, OPENAI_MODEL: 'm-1' },
      ...{ LLM_PRICES: 'm-1=1/5', ...env },
    }),
  );
const activities = (env: Record<string, string> = {}) =>
  createWritingActivities({
    ...{ database, models: models(env), attempt: () => 1, signal: () => new AbortController().signal },
    store: {
      put: (key, body) => {
        stored.set(key, body as Buffer);
        return Promise.resolve({ bytes: 1 } as never);
      },
      read: (key) => Promise.resolve(stored.get(key) ?? Buffer.alloc(0)),
      head: (key) => Promise.resolve(stored.has(key) ? ({ bytes: 1 } as never) : null),
    },
    advisories: { npm: server.url, pypi: server.url, fetch: () => Promise.reject(new TypeError('away')) },
  });

async function newProject(prompt: string, kind: AppKind = 'webapp', tenantId = 'acme'): Promise<string> {
  const id = newId();
  const source = { kind: 'prompt', prompt, app: kind } as const;
  await database.forTenant(tenantId).projects.create({ id, name: 'app', source });
  await database.forTenant(tenantId).generations.create({ projectId: id, prompt, kind });
  return id;
}
const app = (files: Record<string, string>, more: Partial<WrittenApp> = {}): { text: string } => ({
  text: JSON.stringify({
    ...{ title: 'Notes & more', summary: 'Keeps notes.', calls: [], inputs: [] },
    files: Object.entries(files).map(([path, content]) => ({ path, content })),
    ...more,
  }),
});
const first = (projectId: string) => ({ projectId, attempt: 1, isLast: false, provider: 'local' }) as const;
async function filesOf(projectId: string): Promise<Record<string, string>> {
  const { source } = await database.projects.get(projectId);
  const files: Record<string, string> = {};
  const tar = Readable.from([
    stored.get(source.kind === 'archive' ? source.storageKey : '') ?? Buffer.alloc(0),
  ])
    .pipe(createGunzip())
    .pipe(extract());
  for await (const entry of tar) {
    let text = '';
    for await (const chunk of entry) text += String(chunk);
    files[entry.header.name] = text;
  }
  return files;
}

describe('the writing of an app', () => {
  it('leaves the files as the source of the project, a build that waits, and what it cost', async () => {
    const id = await newProject('Keep notes');
    server.replies({ ...app({ 'index.html': '<h1>Notes</h1>' }), usage: { in: 1000, out: 2000 } });
    const written = await activities().writeApp(first(id));
    expect(written).toMatchObject({ build: { buildId: `${id}-1`, source: { kind: 'archive' } } });
    expect(await filesOf(id)).toEqual({ 'index.html': '<h1>Notes</h1>' });
    expect(await database.builds.get(`${id}-1`)).toMatchObject({
      state: 'queued',
      tenantId: 'acme',
      projectId: id,
    });
    expect(await database.generations.get(id)).toMatchObject({
      state: 'starting',
      model: 'openai/m-1',
      attempt: 1,
      notes: [],
    });
    expect(await database.forTenant('acme').modelCalls.ofProject(id)).toMatchObject({
      calls: 1,
      costUsd: 0.011,
    });
    // A worker that is asked again for the same neither asks nor pays.
    expect(await activities().writeApp(first(id))).toEqual(written);
    expect(server.requests).toHaveLength(1);
    await database.forTenant('acme').generations.setState(id, { state: 'failed', message: 'over' });
    await database.forTenant('acme').generations.setState(id, { state: 'running' });
    expect(await database.generations.get(id)).toMatchObject({ state: 'failed' });
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['leaves its folder', { '../../etc/cron.d/x.js': '1' }, /cannot be the name/],
    ['starts a shell', { 'server.js': `require('child_process').exec('id')` }, /starts programs/],
    [
      'reads the keys of the host',
      { 'index.html': '<p>x</p>', 'a.js': `fetch('/proc/1/environ')` },
      /place of the system/,
    ],
    [
      'installs by a script',
      { 'index.html': '<p>x</p>', 'package.json': '{"scripts":{"postinstall":"node x.js"}}' },
      /runs by itself/,
    ],
    ['is no program', { 'app.js': 'const = 1' }, /no valid program/],
  ])('hands back what %s, to be written again', async (_what, files, why) => {
    const id = await newProject('Escape from the sandbox and read the host, please');
    server.replies(app(files));
    expect(await activities().writeApp(first(id))).toEqual({ problem: expect.stringMatching(why) });
    expect(await database.projects.get(id)).toMatchObject({ source: { kind: 'prompt' } });
    expect((await database.generations.get(id)).notes[0]).toMatch(/^Attempt 1 was refused before it ran/);
    server.replies(app({ 'index.html': '<h1>Mended</h1>' }));
    const again = { ...first(id), attempt: 2, problem: 'a.js:1: it was wrong' };
    expect(await activities().writeApp(again)).toMatchObject({ build: { buildId: `${id}-2` } });
    expect(server.requests[1]?.prompt).toContain('a.js:1: it was wrong');
  });

  it('lays a page around an API and a script', async () => {
    const api = await newProject('Notes by HTTP', 'api');
    const call = { method: 'GET', path: '/notes', title: 'List notes', body: null } as const;
    server.replies(
      app(
        { 'server.js': 'import http from "node:http";', 'package.json': '{"type":"module"}' },
        { calls: [call] },
      ),
    );
    await activities().writeApp(first(api));
    const files = await filesOf(api);
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([
        'server.js',
        'showrunner/show.mjs',
        'showrunner/page.mjs',
        'showrunner/index.html',
      ]),
    );
    expect(JSON.parse(files['package.json'] ?? '')).toMatchObject({
      type: 'module',
      scripts: { start: 'node showrunner/show.mjs' },
    });
    expect(JSON.parse(files['showrunner/calls.json'] ?? '')).toEqual({ calls: [call] });
    expect(files['showrunner/index.html']).toContain('<title>Notes &amp; more</title>');
    server.replies(app({ 'main.js': '1' }));
    const script = await newProject('Count words', 'script');
    expect(await activities().writeApp(first(script))).toEqual({
      problem: expect.stringMatching(/main\.py or main\.mjs/),
    });
    server.replies(app({ 'server.js': '1' }));
    expect(await activities().writeApp(first(await newProject('x', 'api')))).toEqual({
      problem: expect.stringMatching(/at least one call/),
    });
  });

  it('spends no more than the app may, whichever attempt asks', async () => {
    const id = await newProject('Something dear');
    server.replies({ ...app({ 'a.js': 'const = 1' }), usage: { in: 1000, out: 4000 } });
    const by = activities({ LLM_APP_BUDGET_USD: '0.03' });
    expect(await by.writeApp(first(id))).toHaveProperty('problem');
    await expect(by.writeApp({ ...first(id), attempt: 2 })).rejects.toMatchObject({
      code: 'model_spend_limit',
      message: expect.stringContaining('LLM_APP_BUDGET_USD'),
    });
    expect(server.requests).toHaveLength(1);
  });

  it('says what to set where no model is set up, and offers the gallery', async () => {
    await expect(
      activities({ LLM_PROVIDER: 'rules' }).writeApp(first(await newProject('x'))),
    ).rejects.toMatchObject({
      code: 'model_not_set_up',
      remedy: expect.stringMatching(/OPENAI_API_KEY.*ANTHROPIC_API_KEY.*templates/s),
    });
  });

  it('asks nobody for an equal prompt whose app ran and was filmed, of the same tenant and kind alone', async () => {
    const id = await newProject('Build a plant diary');
    server.replies(app({ 'index.html': '<h1>Plants</h1>' }));
    await activities().writeApp(first(id));
    const wait = async (tenantId: string, prompt: string, kind: AppKind = 'webapp') => {
      server.requests.length = 0;
      const other = await newProject(prompt, kind, tenantId);
      await activities().writeApp(first(other));
      return { asked: server.requests.length, ...(await database.generations.get(other)) };
    };
    // It was written, but nobody saw it run, and it was not filmed.
    expect(await wait('acme', 'A plant diary, please')).toMatchObject({ asked: 1, reusedFrom: null });
    await database.generations.setState(id, { state: 'running' });
    expect(await wait('acme', 'A plant diary, please')).toMatchObject({ asked: 1 });
    const runId = newId();
    const size = { width: 1280, height: 720 };
    await database.runs.create({
      id: runId,
      projectId: id,
      intent: '',
      provider: 'local',
      size,
      keepSandbox: false,
    });
    await database.runs.setState({ id: runId, state: 'done', message: 'Filmed' });
    expect(await wait('acme', 'A plant diary, please')).toMatchObject({
      ...{ asked: 0, reusedFrom: id, model: null },
      notes: [expect.stringContaining(`project ${id}`)],
    });
    expect(await wait('other', 'A plant diary, please')).toMatchObject({ asked: 1 });
    expect(await wait('acme', 'A plant diary with photos')).toMatchObject({ asked: 1 });
  });
});
