import { once } from 'node:events';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PERMISSIONS, ROLE_PERMISSIONS } from '@showrunner/contracts';
import type { Permission, Role } from '@showrunner/contracts';
import { createDatabase, newApiKey } from '@showrunner/database';
import type { Database } from '@showrunner/database';
import { startTestPostgres } from '@showrunner/database/testing';
import type { TestPostgres } from '@showrunner/database/testing';
import { startTestRedis } from '@showrunner/events/testing';
import type { TestRedis } from '@showrunner/events/testing';
import type { RunningService } from '@showrunner/service';
import { describedOperations, exampleOf, testConfig } from '@showrunner/service/testing';
import type { DescribedOperation } from '@showrunner/service/testing';
import { createObjectStore } from '@showrunner/storage';
import { startAll } from './start-all';
import { ownedThings } from './testing/owned-things';
import type { OwnedThings } from './testing/owned-things';

/** Every route of the OpenAPI document, with the keys of who owns the things in question and of who does not. */
let postgres: TestPostgres;
let redis: TestRedis;
let server: RunningService;
let database: Database;
let things: OwnedThings;
const operations = describedOperations();
const keys: Record<'owner' | 'other' | 'reader' | 'writer' | 'editor' | 'manager', string> = {
  owner: '',
  editor: '',
  manager: '',
  other: '',
  reader: '',
  writer: '',
};

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startTestPostgres(), startTestRedis()]);
  const config = testConfig({ databaseUrl: postgres.url, redisUrl: redis.url });
  database = createDatabase({ url: postgres.url });
  things = await ownedThings(database, createObjectStore(config), 'acme');
  await database.tenants.ensure('other');
  const newKey = async (tenantId: string, permissions: Permission[]): Promise<string> => {
    const key = newApiKey();
    await database.apiKeys.ensure(key, { name: 'walk', tenantId, permissions });
    return key;
  };
  keys.owner = await newKey('acme', [...PERMISSIONS]);
  keys.other = await newKey('other', ['read', 'write', 'sandbox']);
  keys.reader = await newKey('acme', ['read']);
  keys.writer = await newKey('acme', ['write']);
  keys.editor = await newKey('acme', [...ROLE_PERMISSIONS.editor]);
  keys.manager = await newKey('acme', [...ROLE_PERMISSIONS.owner]);
  server = await startAll({ ...config, SOURCE_ALLOWED_HOSTS: [] });
});
afterAll(async () => {
  await server?.close();
  await database?.close();
  await Promise.all([postgres?.stop(), redis?.stop()]);
});

/** Things of no tenant: what stands behind these names a thing, but not one that is anybody's. */
const NAMES_ONLY = [
  ...['artifacts', 'processes', 'contexts', 'keys', 'tenants'],
  // A player of a live video lives in the gateway alone, below the run that it shows.
  ...['invitations', 'members', 'whep'],
];

/** Which of acme's things a path is walked with: some answer for runs of a kind alone. */
function kindOf(path: string, collection: string): keyof OwnedThings {
  if (path.endsWith('/check')) return 'check';
  return path.includes('/comparison') ? 'comparison' : (collection as keyof OwnedThings);
}

/** The path of an operation with the ids of what is acme's; null for one that leads to nothing of a tenant. */
function pathOf({ path, query }: DescribedOperation): { url: string; isOwned: boolean; isWhole: boolean } {
  let isOwned = false;
  let isWhole = true;
  const url = path.replace(/([\w-]+)\/\{(\w+)\}/g, (_, collection: string) => {
    // Code that comes with the request runs under any name.
    if (NAMES_ONLY.includes(collection) || path.endsWith('/execute')) {
      isWhole &&= collection === 'artifacts';
      return `${collection}/${path.includes('exports') ? 'video.mp4' : 'plan.json'}`;
    }
    const id = things[kindOf(path, collection)];
    // A new kind of thing: say in owned-things.ts which one of acme's is asked for.
    expect([path, collection, id]).toEqual([path, collection, expect.any(String)]);
    isOwned = true;
    return `${collection}/${id}`;
  });
  const asked = query.map(({ name, schema }) => `${name}=${encodeURIComponent(String(exampleOf(schema)))}`);
  return { url: asked.length === 0 ? url : `${url}?${asked.join('&')}`, isOwned, isWhole };
}
const idsOf = () => ({
  ...{ projectId: things.projects, runId: things.runs, planId: things.plans, intentId: things.intents },
});
const namesThing = ({ body }: DescribedOperation): boolean =>
  body !== undefined &&
  Object.values(idsOf()).some((id) => JSON.stringify(exampleOf(body, idsOf())).includes(id));

interface Answer {
  status: number;
  /** What came within a second; a stream may not have ended then. */
  text: string;
}
async function ask(operation: DescribedOperation, key: string | undefined): Promise<Answer> {
  const { method, body, mediaType } = operation;
  const authorization: Record<string, string> = credentialsOf(key);
  if (operation.isWebSocket) return { status: await upgrade(pathOf(operation).url, authorization), text: '' };
  const type = body === undefined ? mediaType : 'application/json';
  const sent =
    body === undefined
      ? mediaType === undefined
        ? undefined
        : 'x'
      : JSON.stringify(exampleOf(body, idsOf()));
  const response = await fetch(`${server.url}${pathOf(operation).url}`, {
    method,
    redirect: 'manual',
    headers: {
      ...authorization,
      ...(sent === undefined || type === undefined ? {} : { 'content-type': type }),
    },
    body: sent,
    signal: AbortSignal.timeout(20_000),
  });
  const read = (async () => {
    let text = '';
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
    return text;
  })();
  const text = await Promise.race([read, new Promise<string>((done) => setTimeout(done, 1_000, ''))]);
  read.catch(() => undefined);
  return { status: response.status, text };
}
/** A key, or the cookie of a person as a page of the studio sends it. */
function credentialsOf(key: string | undefined): Record<string, string> {
  if (key === undefined) return {};
  if (!key.startsWith('showrunner_access=')) return { authorization: `Bearer ${key}` };
  return { cookie: key, 'x-requested-by': 'studio', origin: server.url };
}
async function upgrade(path: string, headers: Record<string, string>): Promise<number> {
  const asked = request(`${server.url}${path}`, {
    headers: {
      ...headers,
      ...{ connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    },
  }).end();
  // One that has a sandbox of its own is let in before anything is asked of it.
  const opened = once(asked, 'upgrade').then(([, socket]) => (socket as Duplex).destroy());
  const refused = once(asked, 'response') as Promise<[{ statusCode: number; resume(): void }]>;
  opened.catch(() => undefined);
  refused.catch(() => undefined);
  return Promise.race([
    opened.then(() => 101),
    refused.then(([response]) => {
      response.resume();
      return response.statusCode;
    }),
  ]);
}
const nameOf = ({ method, path }: DescribedOperation): string => `${method} ${path}`;
const each = async (
  those: readonly DescribedOperation[],
  key: () => string | undefined,
  expected: (operation: DescribedOperation) => unknown,
): Promise<void> => {
  const seen: unknown[] = [];
  const wanted: unknown[] = [];
  for (const operation of those) {
    seen.push([nameOf(operation), (await ask(operation, key())).status]);
    wanted.push([nameOf(operation), expected(operation)]);
  }
  expect(seen).toEqual(wanted);
};
const guarded = operations.filter(({ permission }) => permission !== undefined);

describe('the walk of all routes', () => {
  it('fault 2: another tenant is answered 404 for every thing, and its lists are empty', async () => {
    const owned = guarded.filter(
      (operation) =>
        operation.permission !== 'operate' && (pathOf(operation).isOwned || namesThing(operation)),
    );
    expect(owned.length).toBeGreaterThan(55);
    await each(
      owned,
      () => keys.other,
      () => 404,
    );
    const lists = guarded.filter(
      (operation) =>
        operation.method === 'GET' && operation.permission === 'read' && !pathOf(operation).isOwned,
    );
    for (const operation of lists) {
      const { status, text } = await ask(operation, keys.other);
      expect([nameOf(operation), status]).toEqual([nameOf(operation), 200]);
      for (const id of Object.values(things)) expect(text).not.toContain(id);
      expect(text).not.toMatch(/secret (shop|words|plans)/i);
    }
  }, 120_000);

  it('what is walked is there: its owner is answered', async () => {
    const readable = guarded.filter(
      (operation) =>
        operation.method === 'GET' &&
        operation.permission === 'read' &&
        pathOf(operation).isOwned &&
        pathOf(operation).isWhole,
    );
    for (const operation of readable) {
      const { status } = await ask(operation, keys.owner);
      expect([nameOf(operation), status]).not.toEqual([nameOf(operation), 404]);
    }
    expect(
      (
        await ask(
          readable.find(({ path }) => path === '/api/runs/{id}')!,
          keys.owner,
        )
      ).text,
    ).toContain(things.runs);
  }, 120_000);

  it('and nothing of it has changed', async () => {
    const own = database.forTenant('acme');
    expect(await own.projects.find(things.projects)).toMatchObject({ name: 'Secret shop' });
    expect(await own.runs.get(things.runs)).toMatchObject({ state: 'done', stopRequested: null });
    expect(await own.sandboxes.get(things.sandboxes)).toMatchObject({
      status: 'creating',
      desired: 'running',
    });
    expect(await own.previewLinks.find(things.previews)).toMatchObject({ revokedAt: null });
    expect((await own.runs.list({ limit: 10 })).data).toHaveLength(4);
    expect((await database.forTenant('other').runs.list({ limit: 10 })).data).toEqual([]);
  });

  it('nobody gets anywhere without a key, or with a wrong one', async () => {
    await each(
      guarded,
      () => undefined,
      () => 401,
    );
    await each(
      guarded,
      () => `${keys.owner}x`,
      () => 401,
    );
  }, 120_000);

  it('a key gets no further than its permissions', async () => {
    const refused = (allowed: string) => guarded.filter(({ permission }) => permission !== allowed);
    await each(
      refused('read'),
      () => keys.reader,
      () => 403,
    );
    await each(
      refused('write'),
      () => keys.writer,
      () => 403,
    );
    const operator = guarded.filter(({ permission }) => permission === 'operate' || permission === 'manage');
    expect(operator.length).toBeGreaterThan(8);
    await each(
      operator,
      () => keys.other,
      () => 403,
    );
  }, 120_000);
});

describe('roles', () => {
  const beyond = (role: 'editor' | 'owner') =>
    guarded.filter(({ permission }) => !ROLE_PERMISSIONS[role].some((held) => held === permission));

  it.each([
    ['editor', 'editor'],
    ['owner', 'manager'],
  ] as const)(
    'an %s is refused every route beyond his role, and reads every other',
    async (role, name) => {
      expect(beyond(role).length).toBeGreaterThan(5);
      await each(
        beyond(role),
        () => keys[name],
        () => 403,
      );
      const open = guarded.filter(
        (operation) =>
          operation.method === 'GET' && !beyond(role).includes(operation) && !pathOf(operation).isOwned,
      );
      for (const operation of open) {
        const { status } = await ask(operation, keys[name]);
        expect([nameOf(operation), status]).not.toEqual([nameOf(operation), 403]);
      }
    },
    120_000,
  );
});

describe('the walk of all routes by the cookies of people', () => {
  /** Somebody who was invited, and signed up. */
  async function cookieOf(role: Role, tenantId: string): Promise<string> {
    const { token } = await database.invitations.create(tenantId, { role, lastsMs: 60_000 });
    const response = await fetch(`${server.url}/api/auth/sign-up`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        mail: `${role}.of.${tenantId}@example.org`,
        password: 'correct horse battery',
        invitation: token,
      }),
    });
    expect(response.status).toBe(201);
    return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }
  const mayNot = (role: Role) =>
    guarded.filter(({ permission }) => !ROLE_PERMISSIONS[role].some((held) => held === permission));

  it.each(['viewer', 'editor', 'owner', 'operator'] as const)(
    'a %s is refused what his role may not, and reads what is his tenant’s',
    async (role) => {
      const cookie = await cookieOf(role, 'acme');
      await each(
        mayNot(role),
        () => cookie,
        () => 403,
      );
      const [report] = guarded.filter(({ path, method }) => path === '/api/runs/{id}' && method === 'GET');
      expect(report).toBeDefined();
      if (report !== undefined) expect((await ask(report, cookie)).text).toContain(things.runs);
      const managed = guarded.filter(
        (operation) =>
          operation.method === 'GET' && operation.permission === 'manage' && !pathOf(operation).isOwned,
      );
      const isManager = role === 'owner' || role === 'operator';
      for (const operation of managed)
        if (!operation.path.includes('{'))
          expect([nameOf(operation), (await ask(operation, cookie)).status]).toEqual([
            nameOf(operation),
            isManager ? 200 : 403,
          ]);
    },
    120_000,
  );

  it('the owner of another tenant is answered 404 for every thing', async () => {
    const cookie = await cookieOf('owner', 'other');
    const owned = guarded.filter(
      (operation) =>
        operation.permission !== 'operate' && (pathOf(operation).isOwned || namesThing(operation)),
    );
    await each(
      owned,
      () => cookie,
      () => 404,
    );
  }, 120_000);

  it('and a cookie that nobody signed opens nothing', async () => {
    await each(
      guarded,
      () => 'showrunner_access=eyJhbGciOiJub25lIn0.e30.',
      () => 401,
    );
  }, 120_000);
});

describe('tenants and keys by REST', () => {
  const call = async (path: string, key: string, method = 'GET', json?: unknown) => {
    const response = await fetch(`${server.url}/api${path}`, {
      method,
      headers: { 'x-api-key': key, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
    const text = await response.text();
    return {
      status: response.status,
      json: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  };

  it('an operator deletes a tenant, whose keys open nothing from then on, but never the default one', async () => {
    const { owner } = keys;
    await call('/tenants', owner, 'POST', { id: 'leaving' });
    const made = await call('/keys', owner, 'POST', { name: 'ci', tenantId: 'leaving' });
    const key = String(made.json['key']);
    expect((await call('/runs', key)).status).toBe(200);
    expect((await call('/tenants/leaving', owner, 'DELETE')).status).toBe(204);
    expect((await call('/tenants/leaving', owner)).status).toBe(404);
    expect((await call('/runs', key)).status).toBe(401);
    expect(await call('/tenants/default', owner, 'DELETE')).toMatchObject({
      status: 409,
      json: { code: 'tenant_is_default' },
    });
  });

  it('an owner gives keys of his tenant by role, but never more than he has, and sees no other tenant’s', async () => {
    const { manager, owner } = keys;
    const made = await call('/keys', manager, 'POST', { name: 'guest', role: 'viewer' });
    expect(made).toMatchObject({
      status: 201,
      json: { tenantId: 'acme', permissions: ['read'], role: 'viewer' },
    });
    const viewer = String(made.json['key']);
    expect((await call('/runs', viewer)).status).toBe(200);
    expect((await call('/keys', viewer)).status).toBe(403);
    for (const wrong of [
      { role: 'operator' },
      { permissions: ['operate'] },
      { role: 'viewer', tenantId: 'other' },
    ])
      expect(await call('/keys', manager, 'POST', { name: 'more', ...wrong })).toMatchObject({
        status: 403,
        json: { code: 'permission_missing' },
      });
    const both = { name: 'both', role: 'viewer', permissions: ['read'] };
    expect((await call('/keys', manager, 'POST', both)).status).toBe(400);
    const theirs = await call('/keys', owner, 'POST', { name: 'theirs', role: 'editor', tenantId: 'other' });
    const operators = await call('/keys', owner, 'POST', { name: 'op', role: 'operator' });
    expect((await call(`/keys/${String(theirs.json['id'])}`, manager)).status).toBe(404);
    expect((await call(`/keys/${String(theirs.json['id'])}`, manager, 'DELETE')).status).toBe(404);
    expect((await call(`/keys/${String(operators.json['id'])}`, manager, 'DELETE')).status).toBe(403);
    expect((await call('/keys?tenantId=other', manager)).status).toBe(403);
    const listed = (await call('/keys', manager)).json['data'] as { tenantId: string }[];
    expect(new Set(listed.map(({ tenantId }) => tenantId))).toEqual(new Set(['acme']));
    expect((await call(`/keys/${String(made.json['id'])}`, manager, 'DELETE')).status).toBe(204);
    const until = Date.now() + 2_000;
    while ((await call('/runs', viewer)).status !== 401) expect(Date.now()).toBeLessThan(until);
  }, 20_000);

  it('an operator makes a tenant and a key, which is shown once, works, and is revoked at once', async () => {
    const { owner } = keys;
    expect(await call('/tenants', owner, 'POST', { id: 'third', maxSandboxes: 2 })).toMatchObject({
      status: 201,
      json: { id: 'third', maxSandboxes: 2, budgetUsd: null },
    });
    expect((await call('/tenants', owner, 'POST', { id: 'third' })).status).toBe(409);
    expect((await call('/tenants', owner, 'POST', { id: 'Not A Name' })).status).toBe(400);
    expect((await call('/tenants/third', owner, 'PATCH', { maxSandboxes: null })).json).toMatchObject({
      maxSandboxes: null,
    });
    expect((await call('/tenants/none', owner)).status).toBe(404);
    expect((await call('/keys', owner, 'POST', { name: 'x', tenantId: 'none' })).status).toBe(404);
    expect((await call('/keys', owner, 'POST', { name: 'x', permissions: ['all'] })).status).toBe(400);
    const made = await call('/keys', owner, 'POST', {
      name: 'ci',
      tenantId: 'third',
      permissions: ['read'],
      expiresInDays: 1,
    });
    const key = String(made.json['key']);
    expect(made).toMatchObject({
      status: 201,
      json: { name: 'ci', prefix: key.slice(0, 10), permissions: ['read'] },
    });
    expect([(await call('/runs', key)).status, (await call('/keys', key)).status]).toEqual([200, 403]);
    const listed = await call('/keys?tenantId=third', owner);
    expect(listed.json['data']).toEqual([
      expect.objectContaining({ id: made.json['id'], name: 'ci', revokedAt: null }),
    ]);
    expect(JSON.stringify(listed.json)).not.toContain(key);
    expect((await call(`/keys/${String(made.json['id'])}`, owner, 'DELETE')).status).toBe(204);
    expect((await call(`/keys/${String(made.json['id'])}`, owner, 'DELETE')).status).toBe(204);
    const until = Date.now() + 2_000;
    while ((await call('/runs', key)).status !== 401) expect(Date.now()).toBeLessThan(until);
  }, 20_000);
});
