import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { storageKeys } from '@showrunner/contracts';
import type { RunProgress } from '@showrunner/contracts';
import { freePort } from '@showrunner/contracts/testing';
import { createDatabase, newApiKey } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { startTestRedis } from '@showrunner/events/testing';
import type { TestRedis } from '@showrunner/events/testing';
import type { RunningService } from '@showrunner/service';
import { testConfig } from '@showrunner/service/testing';
import { createObjectStore } from '@showrunner/storage';
import type { ObjectStore } from '@showrunner/storage';
import { WebSocket } from 'ws';
import { startGateway } from '../start';

const KEY = 'sk_the-key-of-who-looks-on';
let other = '';
let postgres: TestPostgres;
let redis: TestRedis;
let database: Database;
let store: ObjectStore;
let gateway: RunningService;

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis()]);
  const config = testConfig({ databaseUrl: postgres.url, redisUrl: redis.url });
  database = createDatabase({ url: postgres.url });
  store = createObjectStore(config);
  gateway = await startGateway({ ...config, PREVIEW_PORT: await freePort(), SHOWRUNNER_API_KEY: KEY }, () =>
    Promise.resolve(undefined),
  );
  await database.tenants.ensure('other');
  other = newApiKey();
  await database.apiKeys.ensure(other, { name: 'other', tenantId: 'other', permissions: ['read'] });
});
afterAll(async () => {
  await gateway?.close();
  await database?.close();
  await Promise.all([postgres?.stop(), redis?.stop()]);
});

interface Message {
  type: string;
  id?: string;
  lastEventId?: string;
  lines?: string[];
  data?: Record<string, unknown>;
}
const isProgress = (message: Message): boolean => message.type === 'PROGRESS';
const progressesOf = (messages: Message[]): RunProgress[] =>
  messages.filter(isProgress) as unknown as RunProgress[];

async function newRun(id: string, projectId: string): Promise<void> {
  const source = { kind: 'git', url: 'https://example.test/p' } as const;
  await database.projects.create({ id: projectId, name: 'p', source });
  const size = { width: 1280, height: 720 };
  await database.runs.create({ id, projectId, intent: '', provider: 'local', size, keepSandbox: false });
}
const tell = (runId: string, type: 'RUN_STATE' | 'AGENT_ACTION' | 'EXPORT_PROGRESS', data: object) =>
  database.outbox.append({ type, projectId: null, runId, data: data as Record<string, unknown> });
async function filmed(id: string, projectId: string, stages: Record<string, number>): Promise<void> {
  await newRun(id, projectId);
  let at = Date.now() - 600_000;
  for (const [stage, durationMs] of Object.entries(stages))
    await database.runs.addStage(id, { stage, film: 1, startedAt: new Date(at++).toISOString(), durationMs });
  await database.runs.setState({ id, state: 'done', message: '' });
}

/** Messages by server-sent events until the stream ends or enough is seen. */
async function follow(path: string, enough: (seen: Message[]) => boolean = () => false) {
  const stop = new AbortController();
  const response = await fetch(`${gateway.url}/api/runs/${path}`, {
    headers: { 'x-api-key': KEY },
    signal: stop.signal,
  });
  const seen: (Message & { frameId?: string })[] = [];
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += new TextDecoder().decode(chunk as Uint8Array);
    const frames = rest.split('\n\n');
    rest = frames.pop() ?? '';
    for (const frame of frames) {
      const data = /^data: (.*)$/m.exec(frame)?.[1];
      const frameId = /^id: (.*)$/m.exec(frame)?.[1];
      if (data !== undefined) seen.push({ ...(JSON.parse(data) as Message), frameId });
    }
    if (enough(seen)) break;
  }
  stop.abort();
  return seen;
}
async function listen(path: string, key = KEY): Promise<{ messages: Message[]; code: number }> {
  const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/api/runs/${path}`, ['showrunner'], {
    headers: { 'x-api-key': key },
  });
  const messages: Message[] = [];
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(String(data)) as Message));
  const [code] = (await once(socket, 'close')) as [number];
  return { messages, code };
}

describe('how far a run is', () => {
  it('is told beside its events, without an end that could be told before anything was filmed', async () => {
    await newRun('first', 'p-new');
    await tell('first', 'RUN_STATE', { state: 'building' });
    const seen = await follow('first/events', (messages) => messages.some(isProgress));
    expect(progressesOf(seen).at(-1)).toMatchObject({
      ...{ runId: 'first', stage: 'building', etaMs: null, basis: null },
    });
    expect(seen.find(isProgress)).not.toHaveProperty('frameId', expect.any(String));
  });

  it('is by what earlier films of the project took, else of the installation', async () => {
    await filmed('earlier', 'p-known', { install: 4000, explore: 6000, film: 20_000, export: 10_000 });
    await newRun('next', 'p-known');
    await tell('next', 'RUN_STATE', { state: 'filming' });
    await newRun('stranger', 'p-unknown');
    const told = async (id: string) =>
      progressesOf(
        await follow(`${id}/events`, (messages) =>
          progressesOf(messages).some(({ etaMs }) => etaMs !== null),
        ),
      ).at(-1);
    expect(await told('next')).toMatchObject({
      stage: 'filming',
      basis: 'project',
      share: expect.any(Number),
    });
    const stranger = await told('stranger');
    expect(stranger).toMatchObject({ stage: 'queued', basis: 'installation', share: 0, etaMs: 40_000 });
    expect(JSON.stringify(stranger)).not.toContain('p-known');
  });

  it('ends with all of it, before the last event', async () => {
    await newRun('ending', 'p-known');
    await tell('ending', 'RUN_STATE', { state: 'exporting' });
    await tell('ending', 'EXPORT_PROGRESS', { progress: 0.5 });
    const following = follow('ending/events');
    await delay(400);
    await tell('ending', 'RUN_STATE', { state: 'done' });
    const seen = await following;
    expect(progressesOf(seen)[0]).toMatchObject({ stage: 'exporting', share: 0.875 });
    expect(seen.slice(-2)).toMatchObject([
      { type: 'PROGRESS', share: 1, etaMs: 0 },
      { type: 'RUN_STATE', data: { state: 'done' } },
    ]);
  });
});

describe('a run is followed by WebSocket', () => {
  it('to its end, by the same messages, and on after the last that came', async () => {
    await newRun('w1', 'p-known');
    await tell('w1', 'RUN_STATE', { state: 'building' });
    const listening = listen('w1/events');
    await delay(400);
    await tell('w1', 'RUN_STATE', { state: 'filming' });
    await tell('w1', 'RUN_STATE', { state: 'done' });
    const { messages, code } = await listening;
    expect(code).toBe(1000);
    const events = messages.filter((message) => !isProgress(message));
    expect(events.map(({ data }) => data?.['state'])).toEqual(['building', 'filming', 'done']);
    expect(events.every(({ id, lastEventId }) => id !== undefined && id === lastEventId)).toBe(true);
    expect(messages.some(isProgress)).toBe(true);
    const again = await listen(`w1/events?lastEventId=${events[0]?.lastEventId}`);
    expect(again.messages.filter((message) => !isProgress(message))).toEqual(events.slice(1));
    await database.runs.setState({ id: 'w1', state: 'done', message: '' });
    const over = await listen(`w1/events?lastEventId=${events.at(-1)?.lastEventId}`);
    expect(over).toEqual({ messages: [], code: 1000 });
  });

  it.each([
    ['w1/events', () => other, 404],
    ['w1/events', () => 'sk_wrong', 401],
    ['none/events', () => KEY, 404],
    ['w1/events?lastEventId=x', () => KEY, 400],
  ])('%s is refused to who may not, or asks for what is not there', async (path, key, status) => {
    await expect(listen(path, key())).rejects.toThrow(`Unexpected server response: ${status}`);
  });
});

describe('the log of install and app', () => {
  it('comes line by line, if it is asked for, and goes on where the connection broke', async () => {
    await newRun('logged', 'p-known');
    await database.runs.setBuild('logged', 'logged', null);
    await tell('logged', 'RUN_STATE', { state: 'building' });
    const put = (text: string) => store.put(storageKeys.buildLog('logged'), text);
    await put('$ npm install\n\u001b[32madded 3 packages\u001b[0m\nhalf a li');
    const linesOf = (messages: Message[]) => messages.flatMap(({ lines = [] }) => lines);
    const first = await follow('logged/events?log=true', (seen) => linesOf(seen).length >= 2);
    expect(linesOf(first)).toEqual(['$ npm install', 'added 3 packages']);
    const place = first.filter(({ frameId }) => frameId !== undefined).at(-1)?.frameId ?? '';
    expect(place).toMatch(/^\d+\.\d+$/);
    await put('$ npm install\n\u001b[32madded 3 packages\u001b[0m\nhalf a line\nready\n');
    const second = await follow(
      `logged/events?log=true&lastEventId=${place}`,
      (seen) => linesOf(seen).length >= 2,
    );
    expect(linesOf(second)).toEqual(['half a line', 'ready']);
    expect(second.filter(({ type }) => type === 'RUN_STATE')).toEqual([]);
    const without = await follow('logged/events', (seen) => seen.some(isProgress));
    expect(linesOf(without)).toEqual([]);
  });
});
