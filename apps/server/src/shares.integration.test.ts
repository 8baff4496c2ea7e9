import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PERMISSIONS, storageKeys } from '@showrunner/contracts';
import type { Permission } from '@showrunner/contracts';
import { createDatabase, newApiKey } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { startTestRedis } from '@showrunner/events/testing';
import type { TestRedis } from '@showrunner/events/testing';
import { shareToken } from '@showrunner/service';
import type { RunningService } from '@showrunner/service';
import { testConfig, TEST_TOKEN } from '@showrunner/service/testing';
import { createObjectStore } from '@showrunner/storage';
import { startAll } from './start-all';
import { ownedThings } from './testing/owned-things';
import type { OwnedThings } from './testing/owned-things';

const VIDEO = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 251));
const [RUN, EXPORT] = ['filmed', 'the-film'];
const TITLE = 'Shop <script>alert("x")</script> & more';
let postgres: TestPostgres;
let redis: TestRedis;
let server: RunningService;
let database: Database;
let things: OwnedThings;
const keys = { owner: '', other: '', reader: '' };

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis()]);
  const config = testConfig({ databaseUrl: postgres.url, redisUrl: redis.url });
  database = createDatabase({ url: postgres.url });
  const store = createObjectStore(config);
  things = await ownedThings(database, store, 'acme');
  const file = (name: string, contentType: string) => ({ name, contentType, bytes: 1 });
  const own = database.forTenant('acme');
  const size = { width: 1280, height: 720 };
  const run = { id: RUN, projectId: things.projects, intent: '', provider: 'local', size } as const;
  await own.runs.create({ ...run, keepSandbox: false });
  await own.exports.save({
    ...{ id: EXPORT, runId: RUN, state: 'done', ...size, durationMs: 65_000 },
    storageKey: storageKeys.exportFile(EXPORT, 'video.mp4'),
    files: [
      ...[file('video.mp4', 'video/mp4'), file('captions.vtt', 'text/vtt'), file('poster.png', 'image/png')],
      ...[file('chapters.json', 'application/json'), file('outline.json', 'application/json')],
    ],
  });
  const put = (name: string, body: Buffer | string) => store.put(storageKeys.exportFile(EXPORT, name), body);
  await put('video.mp4', VIDEO);
  await put('captions.vtt', 'WEBVTT\n');
  await put('poster.png', 'png');
  await put('outline.json', '{"secret":true}');
  await put(
    'chapters.json',
    JSON.stringify({ title: TITLE, duration: 65, chapters: [{ title: 'Add <b>a card</b>', start: 61.5 }] }),
  );
  await database.tenants.ensure('other');
  const newKey = async (tenantId: string, permissions: Permission[]): Promise<string> => {
    const key = newApiKey();
    await database.apiKeys.ensure(key, { name: 'shares', tenantId, permissions });
    return key;
  };
  keys.owner = await newKey('acme', [...PERMISSIONS]);
  keys.other = await newKey('other', [...PERMISSIONS]);
  keys.reader = await newKey('acme', ['read']);
  server = await startAll({ ...config, SOURCE_ALLOWED_HOSTS: [] });
});
afterAll(async () => {
  await server?.close();
  await database?.close();
  await Promise.all([postgres?.stop(), redis?.stop()]);
});

async function call(path: string, method = 'GET', key = keys.owner, json?: unknown) {
  const response = await fetch(`${server.url}/api/runs/${path}`, {
    method,
    headers: { 'x-api-key': key, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
    body: json === undefined ? undefined : JSON.stringify(json),
  });
  const text = await response.text();
  return { status: response.status, json: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
}
const share = async (): Promise<{ id: string; path: string; embedPath: string }> =>
  (await call(`${RUN}/shares`, 'POST')).json as never;
async function open(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(`${server.url}${path}`, { method, headers });
  return {
    status: response.status,
    headers: response.headers,
    body: Buffer.from(await response.arrayBuffer()),
  };
}
const isPage = (answer: Awaited<ReturnType<typeof open>>): boolean =>
  answer.headers.get('content-type') === 'text/html; charset=utf-8' &&
  /<h1>[^<]+<\/h1>/.test(String(answer.body));

describe('a share link', () => {
  it('opens the page of the film for whoever has it, with its chapters and what previews show', async () => {
    const { path, embedPath } = await share();
    const { status, headers, body } = await open(path, { 'x-forwarded-proto': 'https' });
    const page = String(body);
    expect(status).toBe(200);
    expect(page).toContain(
      '<title>Shop &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; more</title>',
    );
    expect(page).not.toMatch(/<script>alert|<b>/);
    expect(page).toContain('data-start="61.5"><span class="time">1:01</span>Add &lt;b&gt;a card&lt;/b&gt;');
    expect(page).toContain(`src="${path}/video.mp4" poster="${path}/poster.png"`);
    expect(page).toContain(`src="${path}/captions.vtt"`);
    const at = server.url.replace('http:', 'https:');
    for (const [name, value] of [
      ['property="og:video"', `${at}${path}/video.mp4`],
      ['property="og:image"', `${at}${path}/poster.png`],
      ['property="og:url"', `${at}${path}`],
      ['property="og:video:width"', '1280'],
      ['property="video:duration"', '65'],
      ['name="twitter:player"', `${at}${embedPath}`],
    ])
      expect(page).toContain(`<meta ${name} content="${value}">`);
    const nonce = /script-src 'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? '';
    expect(page).toContain(`<script nonce="${nonce}">`);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('set-cookie')).toBeNull();
    expect(String((await open(path)).body)).not.toContain(nonce);
  });

  it('opens the film alone, which other pages may show', async () => {
    const { embedPath } = await share();
    const { status, headers, body } = await open(embedPath);
    expect([status, headers.get('x-frame-options')]).toEqual([200, null]);
    expect(headers.get('content-security-policy')).toContain('frame-ancestors *');
    expect(String(body)).not.toContain('data-start');
  });

  it('sends the film whole and in ranges', async () => {
    const { path } = await share();
    const whole = await open(`${path}/video.mp4`);
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    expect(whole.body.equals(VIDEO)).toBe(true);
    const part = await open(`${path}/video.mp4`, { range: 'bytes=990-' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 990-999/1000']);
    expect(part.body.equals(VIDEO.subarray(990))).toBe(true);
    expect((await open(`${path}/video.mp4`, { range: 'bytes=1000-' })).status).toBe(416);
    expect((await open(`${path}/video.mp4`, {}, 'HEAD')).headers.get('content-length')).toBe('1000');
    expect(String((await open(`${path}/captions.vtt`)).body)).toBe('WEBVTT\n');
  });

  it('opens nothing but that film: no other file, no other run, no route of the API, nothing to change', async () => {
    const { path } = await share();
    const token = path.split('/')[2] ?? '';
    for (const name of ['outline.json', 'chapters.json', 'plan.json', 'history.json', 'take.mkv', '..', 'x'])
      expect([name, (await open(`${path}/${name}`)).status]).not.toEqual([name, 200]);
    for (const name of ['/api/runs', `/api/runs/${RUN}`, `/api/runs/${RUN}/artifacts/video.mp4`])
      for (const headers of [{ authorization: `Bearer ${token}` }, { authorization: `SignIn ${token}` }])
        expect((await open(`${name}?token=${token}`, headers)).status).toBe(401);
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await open(path, {}, method)).status).toBe(401);
    expect((await open(`${path}/video.mp4/x`)).status).toBe(401);
  });

  it('is no link once its signature, id or time was tampered with', async () => {
    const { id, path } = await share();
    const [, seconds, signature = ''] = path.slice('/watch/'.length).split('.');
    const expiresAt = new Date(Number(seconds) * 1000);
    const tries = [
      `/watch/${id}.${seconds}.${signature.split('').reverse().join('')}`,
      `/watch/${id}.${Number(seconds) + 1}.${signature}`,
      `/watch/shr-000000000000000000000000.${seconds}.${signature}`,
      `/watch/${shareToken(`${TEST_TOKEN}x`, { shareId: id, expiresAt })}`,
      `/watch/${id}`,
      `${path}A`,
      '/watch/x',
    ];
    for (const wrong of tries)
      for (const place of [wrong, wrong.replace('watch', 'embed'), `${wrong}/video.mp4`]) {
        const answer = await open(place);
        expect([place, answer.status]).toEqual([
          place,
          place.startsWith('/embed') || isPage(answer) ? 404 : 0,
        ]);
      }
  });

  it('is answered 410 with a plain page when its time is over, it was revoked, or its run was deleted', async () => {
    const past = { shareId: 'shr-past', expiresAt: new Date(Date.now() - 1000) };
    const ended = async (path: string): Promise<void> => {
      for (const place of [path, path.replace('watch', 'embed'), `${path}/video.mp4`]) {
        const answer = await open(place);
        expect([place, answer.status, isPage(answer)]).toEqual([place, 410, true]);
        expect(String(answer.body)).not.toMatch(/<script|Shop/);
      }
    };
    await ended(`/watch/${shareToken(TEST_TOKEN, past)}`);
    const { id, path } = await share();
    expect((await open(path)).status).toBe(200);
    expect((await call(`${RUN}/shares/${id}`, 'DELETE')).status).toBe(204);
    expect((await call(`${RUN}/shares/${id}`, 'DELETE')).status).toBe(204);
    await ended(path);
    const gone = { shareId: 'shr-gone', expiresAt: new Date(Date.now() + 60_000) };
    await ended(`/watch/${shareToken(TEST_TOKEN, gone)}`);
  });

  it('goes with its run', async () => {
    const own = database.forTenant('acme');
    const size = { width: 640, height: 480 };
    const run = {
      id: 'short-lived',
      projectId: things.projects,
      intent: '',
      provider: 'local',
      size,
    } as const;
    await own.runs.create({ ...run, keepSandbox: false });
    await own.exports.save({ id: 'e-short', runId: run.id, state: 'done' });
    await own.runs.setState({ id: run.id, state: 'done', message: '' });
    const { json } = await call('short-lived/shares', 'POST', keys.owner, { expiresInSeconds: 3600 });
    const path = String(json['path']);
    expect((await open(path)).status).toBe(200);
    await database.transaction((tx) => tx.deletions.deleteRun(run.id));
    expect((await open(path)).status).toBe(410);
  });
});

describe('links by REST', () => {
  it('are listed with what became of them, and only by their tenant', async () => {
    const { id, path } = await share();
    await call(`${RUN}/shares/${id}`, 'DELETE');
    const { json } = await call(`${RUN}/shares`);
    expect(json['data']).toContainEqual(expect.objectContaining({ id, path, state: 'revoked' }));
    const other = `${RUN}/shares`;
    expect((await call(other, 'GET', keys.other)).status).toBe(404);
    expect((await call(other, 'POST', keys.other)).status).toBe(404);
    const live = await share();
    expect((await call(`${other}/${live.id}`, 'DELETE', keys.other)).status).toBe(404);
    expect((await open(live.path)).status).toBe(200);
    expect((await call(`${things.check}/shares/${live.id}`, 'DELETE')).status).toBe(404);
  });

  it('are made by who may write, of runs that have a film, for a time that can be told', async () => {
    expect((await call(`${RUN}/shares`, 'POST', keys.reader)).status).toBe(403);
    expect(await call(`${things.check}/shares`, 'POST')).toMatchObject({
      status: 409,
      json: { code: 'nothing_to_share' },
    });
    expect((await call('none/shares', 'POST')).status).toBe(404);
    for (const expiresInSeconds of [0, 59, 1.5, 1e12, '60', null])
      expect((await call(`${RUN}/shares`, 'POST', keys.owner, { expiresInSeconds })).status).toBe(400);
  });
});
