import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TestBrowser } from './testing/browser';
import { OPERATOR_KEY, startTestGateway } from './testing/gateway';
import type { TestGateway } from './testing/gateway';

// Passwords are made to take long, and longer where much else goes on.
jest.setTimeout(60_000);
let gateway: TestGateway;
let invitedOnly: string;
beforeAll(async () => {
  gateway = await startTestGateway({ AUTH_SIGN_UP: 'open', AUTH_GUESTS: 'on' });
  invitedOnly = await gateway.another({ AUTH_SIGN_UP: 'invited', AUTH_GUESTS: 'off' });
}, 60_000);
afterAll(() => gateway?.stop());

const PASSWORD = 'correct horse battery';
const signUp = (browser: TestBrowser, mail: string, more: object = {}) =>
  browser.post('/api/auth/sign-up', { mail, password: PASSWORD, ...more });
const signIn = (browser: TestBrowser, mail: string, password = PASSWORD, more: object = {}) =>
  browser.post('/api/auth/sign-in', { mail, password, ...more });
const byKey = { headers: { authorization: `Bearer ${OPERATOR_KEY}` } };
async function invite(body: object = {}, url = gateway.url): Promise<{ token: string; id: string }> {
  const response = await fetch(`${url}/api/invitations`, {
    method: 'POST',
    headers: { ...byKey.headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(201);
  const { path, id } = (await response.json()) as { path: string; id: string };
  expect(path).toMatch(/^\/studio\/join#[\w-]{43}$/);
  return { token: path.split('#')[1] ?? '', id };
}

describe('an account', () => {
  it('is made, with a tenant of its own, and its cookies are none that scripts or other sites get', async () => {
    const ada = gateway.browser();
    const made = await signUp(ada, 'Ada@Example.org', { name: 'Ada' });
    expect(made).toMatchObject({
      status: 201,
      json: {
        key: null,
        user: { mail: 'ada@example.org', name: 'Ada', isGuest: false, hasPassword: true },
        role: 'owner',
        permissions: ['read', 'write', 'sandbox', 'manage'],
      },
    });
    const tenantId = String(made.json['tenantId']);
    expect(tenantId).toMatch(/^ada-[a-z0-9]{8}$/);
    const cookies = made.headers.getSetCookie();
    expect(cookies[0]).toMatch(/^showrunner_access=\S+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
    expect(cookies[1]).toMatch(
      /^showrunner_refresh=[\w-]{43}; Path=\/api\/auth; Max-Age=\d+; HttpOnly; SameSite=Strict$/,
    );
    expect(JSON.stringify(made.json)).not.toContain(PASSWORD);
    expect((await ada.ask('GET', '/api/runs')).status).toBe(200);
    expect(gateway.inner.seen.headers).toMatchObject({
      'x-showrunner-tenant': tenantId,
      'x-showrunner-permissions': 'read,write,sandbox,manage',
    });
    expect(gateway.inner.seen.headers['cookie']).toBeUndefined();
    const behindTls = {
      headers: { 'x-forwarded-proto': 'https' },
      json: { mail: 'ada@example.org', password: PASSWORD },
    };
    const secure = await gateway.browser().ask('POST', '/api/auth/sign-in', behindTls);
    for (const cookie of secure.headers.getSetCookie()) expect(cookie).toMatch(/; Secure$/);
  });

  it('is there once for a mail address, however it is written', async () => {
    expect((await signUp(gateway.browser(), 'bea@example.org')).status).toBe(201);
    expect(await signUp(gateway.browser(), 'BEA@example.org')).toMatchObject({
      status: 409,
      json: { code: 'mail_taken' },
    });
  });

  it('is refused without what it needs', async () => {
    for (const wrong of [
      { mail: 'no address', password: PASSWORD },
      { mail: 'x@example.org', password: 'short' },
      { mail: 'x@example.org' },
      { mail: 'x@example.org', password: 'p'.repeat(257) },
      { mail: 'x@example.org', password: 'with \u0000 inside' },
    ])
      expect((await gateway.browser().post('/api/auth/sign-up', wrong)).status).toBe(400);
    const form = await gateway
      .browser()
      .ask('POST', '/api/auth/sign-in', { headers: { 'content-type': 'text/plain' }, json: {} });
    expect([400, 415]).toContain(form.status);
  });

  it('takes an invitation where the installation says so, and none where nobody may', async () => {
    const ask = async (url: string, path: string, json: object) => {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(json),
      });
      return { status: response.status, json: (await response.json()) as object };
    };
    const asked = { mail: 'new@example.org', password: PASSWORD };
    expect(await ask(invitedOnly, '/api/auth/sign-up', asked)).toMatchObject({
      status: 403,
      json: { code: 'invitation_needed' },
    });
    expect(await ask(invitedOnly, '/api/auth/guest', {})).toMatchObject({
      status: 403,
      json: { code: 'guests_off' },
    });
    const closed = await gateway.another({ AUTH_SIGN_UP: 'off', AUTH_GUESTS: 'off' });
    const { token } = await invite();
    expect(await ask(closed, '/api/auth/sign-up', { ...asked, invitation: token })).toMatchObject({
      status: 403,
      json: { code: 'sign_up_off' },
    });
    expect(await ask(invitedOnly, '/api/auth/sign-up', { ...asked, invitation: token })).toMatchObject({
      status: 201,
      json: { tenantId: 'default', role: 'editor' },
    });
    expect(await ask(closed, '/api/auth/oidc', {})).toMatchObject({
      status: 403,
      json: { code: 'oidc_off' },
    });
  });
});

describe('who tries out passwords', () => {
  it('enumeration: learns nothing about which addresses there are, by answer or by time', async () => {
    await signUp(gateway.browser(), 'cleo@example.org');
    const tried = async (mail: string) => {
      const start = performance.now();
      const answer = await signIn(gateway.browser(), mail, 'not the password');
      return { answer, ms: performance.now() - start };
    };
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let round = 0; round < 2; round += 1) {
      const [known, unknown] = [await tried('cleo@example.org'), await tried(`nobody-${round}@example.org`)];
      const { instance: _, ...told } = unknown.answer.json;
      expect(known.answer.json).toMatchObject(told);
      expect(known.answer.status).toBe(401);
      expect([...unknown.answer.headers.keys()]).toEqual([...known.answer.headers.keys()]);
      times.known.push(known.ms);
      times.unknown.push(unknown.ms);
    }
    // The hash is what takes time: it is made in both cases.
    expect(Math.min(...times.unknown)).toBeGreaterThan(Math.min(...times.known) / 3);
    expect(Math.min(...times.known)).toBeGreaterThan(Math.min(...times.unknown) / 3);
  }, 60_000);

  it('is counted by address, and told so with every answer', async () => {
    const strict = await gateway.another({ SIGN_INS_PER_MINUTE: 3 });
    const ask = () => fetch(`${strict}/api/auth`);
    const first = await ask();
    expect(first.headers.get('ratelimit-policy')).toBe('"address"; q=3; w=60; pk=:MTJjYTE3YjQ5YWYy:');
    expect(first.headers.get('ratelimit')).toMatch(/^"address"; r=2; t=\d+/);
    await Promise.all([ask(), ask()]);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('a page of somebody else', () => {
  it('CSRF: changes nothing by the cookies of who is signed in, and signs nobody in', async () => {
    const eve = gateway.browser();
    await signUp(eve, 'eve@example.org');
    const post = (path: string, headers: Record<string, string>, json: object = {}) =>
      eve.ask('POST', path, { headers, json });
    const refused = { status: 403, json: { code: 'cross_site_refused' } };
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'http://127.0.0.1:1' },
      { origin: 'null' },
    ] as Record<string, string>[]) {
      expect(await post('/api/runs', headers)).toMatchObject(refused);
      expect(await post('/api/auth/refresh', headers)).toMatchObject(refused);
      expect(await post('/api/account/deletion', headers, { password: PASSWORD })).toMatchObject(refused);
      expect(
        await post('/api/auth/sign-in', headers, { mail: 'eve@example.org', password: PASSWORD }),
      ).toMatchObject(refused);
      expect(await post('/api/auth/oidc', headers)).toMatchObject(refused);
    }
    // A form can set no header of its own.
    const cookie = `showrunner_access=${eve.cookie('showrunner_access')}; showrunner_refresh=${eve.cookie('showrunner_refresh')}`;
    for (const path of ['/api/runs', '/api/auth/refresh', '/api/invitations']) {
      const response = await fetch(`${gateway.url}${path}`, { method: 'POST', headers: { cookie } });
      expect([path, response.status]).toEqual([path, 403]);
    }
    expect(
      (await eve.ask('GET', '/api/session', { headers: { 'sec-fetch-site': 'cross-site' } })).status,
    ).toBe(403);
    expect((await eve.ask('GET', '/api/session')).status).toBe(200);
  });

  it('fixation: cookies that were planted before the sign-in open nothing of it', async () => {
    const mallory = gateway.browser();
    await signUp(mallory, 'mallory@example.org');
    const victim = mallory.copy();
    await signUp(gateway.browser(), 'victim@example.org');
    const signedIn = await signIn(victim, 'victim@example.org');
    expect(signedIn.json).toMatchObject({ user: { mail: 'victim@example.org' } });
    for (const name of ['showrunner_access', 'showrunner_refresh'])
      expect(victim.cookie(name)).not.toBe(mallory.cookie(name));
    // What was planted has ended, and never was the victim's.
    expect((await mallory.ask('GET', '/api/session')).status).toBe(401);
    expect((await mallory.post('/api/auth/refresh')).status).toBe(401);
    expect((await victim.ask('GET', '/api/session')).json).toMatchObject({
      user: { mail: 'victim@example.org' },
    });
    // Two of one name: which is ours cannot be told.
    const twice = `showrunner_access=${victim.cookie('showrunner_access')}; showrunner_access=planted`;
    expect((await fetch(`${gateway.url}/api/session`, { headers: { cookie: twice } })).status).toBe(401);
  });
});

describe('cookies off', () => {
  it('are told as such: the sign-in succeeds, and the next request says what is missing', async () => {
    const forgetful = gateway.browser(false);
    expect((await signUp(forgetful, 'forgetful@example.org')).status).toBe(201);
    expect((await forgetful.ask('GET', '/api/session')).status).toBe(401);
    expect(await forgetful.post('/api/auth/refresh')).toMatchObject({
      status: 401,
      json: { code: 'session_missing', remedy: expect.stringContaining('Allow cookies') },
    });
  });
});

describe('a guest', () => {
  const beGuest = async (): Promise<{ browser: TestBrowser; tenantId: string }> => {
    const browser = gateway.browser();
    const { status, json } = await browser.post('/api/auth/guest');
    expect([status, json['role']]).toEqual([201, 'editor']);
    return { browser, tenantId: String(json['tenantId']) };
  };
  const makeProject = (tenantId: string) =>
    gateway.database.forTenant(tenantId).projects.create({
      id: `p-${tenantId}`,
      name: 'Tried',
      source: { kind: 'git', url: 'https://example.org/a.git' },
    } as never);

  it('keeps what he made when he signs up, and his old cookie is over', async () => {
    const { browser, tenantId } = await beGuest();
    await makeProject(tenantId);
    const before = browser.copy();
    const made = await signUp(browser, 'claimed@example.org');
    expect(made.json).toMatchObject({
      tenantId,
      role: 'owner',
      user: { isGuest: false, mail: 'claimed@example.org' },
    });
    expect(await gateway.database.forTenant(tenantId).projects.find(`p-${tenantId}`)).toMatchObject({
      name: 'Tried',
    });
    expect((await before.ask('GET', '/api/session')).status).toBe(401);
    expect((await before.post('/api/auth/refresh')).status).toBe(401);
    expect((await signIn(gateway.browser(), 'claimed@example.org')).json).toMatchObject({ tenantId });
  });

  it('keeps what he made when he signs in to an account that he has', async () => {
    const { json: owner } = await signUp(gateway.browser(), 'has-one@example.org');
    const { browser, tenantId } = await beGuest();
    await makeProject(tenantId);
    const entered = await signIn(browser, 'has-one@example.org');
    expect(entered.json).toMatchObject({ tenantId, role: 'owner' });
    expect((entered.json['memberships'] as { tenantId: string }[]).map((one) => one.tenantId)).toEqual([
      owner['tenantId'],
      tenantId,
    ]);
    expect((await gateway.database.memberships.ofTenant(tenantId)).map(({ mail }) => mail)).toEqual([
      'has-one@example.org',
    ]);
  });

  it('is nobody else’s: a wrong password, a taken address claim nothing', async () => {
    const { browser, tenantId } = await beGuest();
    expect((await signIn(browser, 'has-one@example.org', 'wrong')).status).toBe(401);
    expect((await signUp(browser, 'has-one@example.org')).status).toBe(409);
    expect((await browser.ask('GET', '/api/session')).json).toMatchObject({
      tenantId,
      user: { isGuest: true },
    });
    expect((await browser.post('/api/account/password', { password: PASSWORD })).status).toBe(403);
  });
});

describe('an invitation', () => {
  const lookAt = (invitation: string) => gateway.browser().post('/api/auth/invitation', { invitation });

  it('is seen, accepted once by a new account, and then is none', async () => {
    const { token } = await invite({ role: 'viewer', mail: 'Guest.One@example.org' });
    expect(await lookAt(token)).toMatchObject({
      status: 200,
      json: { tenantId: 'default', role: 'viewer', mail: 'guest.one@example.org' },
    });
    expect(await signUp(gateway.browser(), 'somebody.else@example.org', { invitation: token })).toMatchObject(
      {
        status: 403,
        json: { code: 'invitation_of_another' },
      },
    );
    const one = gateway.browser();
    expect((await signUp(one, 'guest.one@example.org', { invitation: token })).json).toMatchObject({
      tenantId: 'default',
      permissions: ['read'],
    });
    expect((await one.post('/api/invitations', {})).status).toBe(403);
    expect(await lookAt(token)).toMatchObject({ status: 404, json: { code: 'invitation_invalid' } });
    const again = await signUp(gateway.browser(), 'late@example.org', { invitation: token });
    expect(again).toMatchObject({ status: 404, json: { code: 'invitation_invalid' } });
    // Nothing of the failed ones is left.
    for (const mail of ['late@example.org', 'somebody.else@example.org'])
      expect(await gateway.database.users.findByMail(mail)).toBeNull();
  });

  it('is accepted by one of two that come at once', async () => {
    const { token } = await invite();
    const answers = await Promise.all(
      ['first', 'second', 'third'].map((name) =>
        signUp(gateway.browser(), `${name}.of.all@example.org`, { invitation: token }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404, 404]);
  });

  it('link expired, or withdrawn: opens nothing', async () => {
    const late = await gateway.database.invitations.create('default', { role: 'editor', lastsMs: -1 });
    const withdrawn = await invite();
    const deleted = await fetch(`${gateway.url}/api/invitations/${withdrawn.id}`, {
      method: 'DELETE',
      ...byKey,
    });
    expect(deleted.status).toBe(204);
    for (const invitation of [late.token, withdrawn.token, 'made-up']) {
      expect((await lookAt(invitation)).status).toBe(404);
      expect((await signUp(gateway.browser(), 'too.late@example.org', { invitation })).status).toBe(404);
    }
  });

  it('makes who has an account a member of several tenants, between which he goes to and fro', async () => {
    await gateway.database.tenants.ensure('acme');
    const both = gateway.browser();
    const { json: own } = await signUp(both, 'both@example.org');
    const { token } = await invite({ role: 'editor', tenantId: 'acme' });
    const joined = await both.post('/api/account/memberships', { invitation: token });
    expect(joined.json).toMatchObject({ tenantId: 'acme', role: 'editor' });
    await both.ask('GET', '/api/runs');
    expect(gateway.inner.seen.headers).toMatchObject({ 'x-showrunner-tenant': 'acme' });
    const back = await both.post('/api/account/tenant', { tenantId: own['tenantId'] });
    expect(back.json).toMatchObject({ tenantId: own['tenantId'], role: 'owner' });
    expect((await both.post('/api/account/tenant', { tenantId: 'default' })).status).toBe(404);
    // Signing in with another one leads there.
    const more = await invite({ role: 'viewer' });
    const again = await signIn(gateway.browser(), 'both@example.org', PASSWORD, { invitation: more.token });
    expect(again.json).toMatchObject({ tenantId: 'default', role: 'viewer' });
    expect(again.json['memberships']).toHaveLength(3);
  });

  it('is given by nobody to more than he may do, or to another tenant', async () => {
    const owner = gateway.browser();
    await signUp(owner, 'owner.of.one@example.org');
    expect((await owner.post('/api/invitations', { role: 'owner' })).status).toBe(201);
    for (const wrong of [{ role: 'operator' }, { tenantId: 'acme' }])
      expect((await owner.post('/api/invitations', wrong)).status).toBe(403);
    expect((await owner.post('/api/invitations', { tenantId: 'NO' })).status).toBe(400);
    const listed = (await owner.ask('GET', '/api/invitations')).json['data'] as { role: string }[];
    expect(listed.map(({ role }) => role)).toEqual(['owner']);
    const foreign = await invite();
    expect((await owner.ask('DELETE', `/api/invitations/${foreign.id}`)).status).toBe(404);
  });
});
