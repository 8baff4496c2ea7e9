import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { newId } from '@showrunner/contracts';
import type { TestBrowser } from './testing/browser';
import { OPERATOR_KEY, startTestGateway } from './testing/gateway';
import type { TestGateway } from './testing/gateway';

// Passwords are made to take long, and longer where much else goes on.
jest.setTimeout(60_000);
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ AUTH_SIGN_UP: 'open', AUTH_GUESTS: 'off' });
}, 60_000);
afterAll(() => gateway?.stop());

const PASSWORD = 'correct horse battery';
async function signedUp(
  name: string,
): Promise<{ browser: TestBrowser; tenantId: string; userId: string; mail: string }> {
  const browser = gateway.browser();
  const mail = `${name}@example.org`;
  const { status, json } = await browser.post('/api/auth/sign-up', { mail, password: PASSWORD });
  expect(status).toBe(201);
  const { id: userId } = json['user'] as { id: string };
  return { ...{ browser, mail, userId }, tenantId: String(json['tenantId']) };
}
async function signIn(mail: string, password = PASSWORD): Promise<TestBrowser> {
  const browser = gateway.browser();
  expect((await browser.post('/api/auth/sign-in', { mail, password })).status).toBe(200);
  return browser;
}
const statusOf = async (browser: TestBrowser): Promise<number> =>
  (await browser.ask('GET', '/api/session')).status;
/** At once, or as soon as the gateway has heard of it. */
async function untilOver(browser: TestBrowser): Promise<void> {
  const until = Date.now() + 6_000;
  while ((await statusOf(browser)) !== 401) expect(Date.now()).toBeLessThan(until);
}
async function stream(browser: TestBrowser): Promise<{ ended: Promise<boolean> }> {
  const response = await fetch(`${gateway.url}/api/events`, {
    headers: { cookie: `showrunner_access=${browser.cookie('showrunner_access')}` },
  });
  expect(response.status).toBe(200);
  return {
    ended: response.text().then(
      () => true,
      () => true,
    ),
  };
}
const asOperator = (path: string, method = 'GET') =>
  fetch(`${gateway.url}${path}`, { method, headers: { authorization: `Bearer ${OPERATOR_KEY}` } });

describe('a browser', () => {
  it('is refreshed by a token that is good once', async () => {
    const { browser, userId } = await signedUp('rita');
    const [access, refresh] = ['showrunner_access', 'showrunner_refresh'].map((name) => browser.cookie(name));
    const { status, json } = await browser.post('/api/auth/refresh');
    expect([status, (json['user'] as { id: string }).id]).toEqual([200, userId]);
    expect(browser.cookie('showrunner_refresh')).not.toBe(refresh);
    expect(await statusOf(browser)).toBe(200);
    expect((await browser.post('/api/auth/refresh')).status).toBe(200);
    // It goes where it is used, and nowhere else.
    expect(gateway.inner.seen.headers['cookie']).toBeUndefined();
    expect(access).toBeDefined();
  });

  it('session stolen: the old refresh token comes again, and all that came of it ends', async () => {
    const { browser, mail } = await signedUp('stella');
    const elsewhere = await signIn(mail);
    const thief = browser.copy();
    expect((await thief.post('/api/auth/refresh')).status).toBe(200);
    const watching = await stream(thief);
    // The owner comes with what the thief has used: neither of both stays in.
    const owner = await browser.post('/api/auth/refresh');
    expect(owner).toMatchObject({ status: 401, json: { code: 'session_reused' } });
    expect(owner.headers.getSetCookie().every((line) => line.includes('Max-Age=0'))).toBe(true);
    await untilOver(thief);
    expect(await watching.ended).toBe(true);
    expect((await thief.post('/api/auth/refresh')).status).toBe(401);
    // Her other browser has nothing to do with it, and the audit log tells of it.
    expect(await statusOf(elsewhere)).toBe(200);
    const until = Date.now() + 3_000;
    for (
      let seen = '';
      !/"path":"\/api\/auth\/refresh","status":401|"status":401[^}]*refresh|refresh[^}]*"status":401/.test(
        seen,
      );
    ) {
      expect(Date.now()).toBeLessThan(until);
      seen = await (await asOperator('/api/audit?tenantId=*')).text();
    }
  });

  it('of two that refresh with one token at once one is a thief', async () => {
    const { browser } = await signedUp('twice');
    const answers = await Promise.all(
      [browser.copy(), browser.copy()].map((one) => one.post('/api/auth/refresh')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    await untilOver(browser);
  });

  it('signs out here, or everywhere', async () => {
    const { browser: first, mail } = await signedUp('ulla');
    const [second, third] = [await signIn(mail), await signIn(mail)];
    const copy = third.copy();
    expect((await third.ask('DELETE', '/api/session')).status).toBe(204);
    expect(third.cookie('showrunner_access')).toBeUndefined();
    await untilOver(copy);
    expect((await copy.post('/api/auth/refresh')).status).toBe(401);
    const listed = (await first.ask('GET', '/api/account/sessions')).json['data'] as { isThis: boolean }[];
    expect(listed.map(({ isThis }) => isThis)).toEqual([false, true]);
    expect((await first.ask('DELETE', '/api/account/sessions')).status).toBe(204);
    await untilOver(second);
    expect((await second.post('/api/auth/refresh')).status).toBe(401);
  });

  it('is signed out when another changes the password, and the old one opens nothing', async () => {
    const { browser, mail } = await signedUp('vera');
    const other = await signIn(mail);
    const change = (current: string, password = 'another horse battery') =>
      browser.post('/api/account/password', { current, password });
    expect(await change('wrong')).toMatchObject({ status: 403, json: { code: 'sign_in_failed' } });
    expect((await change(PASSWORD, 'short')).status).toBe(400);
    expect((await change(PASSWORD)).status).toBe(200);
    expect(await statusOf(browser)).toBe(200);
    await untilOver(other);
    expect((await gateway.browser().post('/api/auth/sign-in', { mail, password: PASSWORD })).status).toBe(
      401,
    );
    await signIn(mail, 'another horse battery');
  });

  it('cannot make sign-ins of its own that outlive it, and is nobody with a key', async () => {
    const { browser } = await signedUp('wanda');
    for (const path of ['/api/session', '/api/sign-ins']) expect((await browser.post(path)).status).toBe(403);
    for (const path of ['/api/account/password', '/api/account/deletion']) {
      const response = await fetch(`${gateway.url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${OPERATOR_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({ password: PASSWORD }),
      });
      expect(await response.json()).toMatchObject({ status: 403, code: 'person_needed' });
    }
    expect(await (await asOperator('/api/account/sessions')).json()).toEqual({ data: [] });
  });
});

describe('members', () => {
  async function joined(owner: Awaited<ReturnType<typeof signedUp>>, name: string, role: string) {
    const member = await signedUp(name);
    const { json } = await owner.browser.post('/api/invitations', { role });
    const invitation = String(json['path']).split('#')[1];
    expect((await member.browser.post('/api/account/memberships', { invitation })).status).toBe(200);
    return member;
  }

  it('another role counts at once, and whoever is taken out is out at once', async () => {
    const owner = await signedUp('xenia');
    const member = await joined(owner, 'yves', 'editor');
    const { browser, tenantId } = owner;
    const names = async () =>
      ((await browser.ask('GET', '/api/members')).json['data'] as { mail: string; role: string }[]).map(
        ({ mail, role }) => `${mail} ${role}`,
      );
    expect(await names()).toEqual(['xenia@example.org owner', 'yves@example.org editor']);
    const watching = await stream(member.browser);
    const changed = await browser.ask('PATCH', `/api/members/${member.userId}`, { json: { role: 'viewer' } });
    expect(changed).toMatchObject({ status: 200, json: { role: 'viewer', userId: member.userId } });
    expect(await watching.ended).toBe(true);
    await untilOver(member.browser);
    const again = await signIn(member.mail);
    expect((await again.post('/api/account/tenant', { tenantId })).json).toMatchObject({
      permissions: ['read'],
    });
    expect((await browser.ask('DELETE', `/api/members/${member.userId}`)).status).toBe(204);
    await untilOver(again);
    expect((await browser.ask('DELETE', `/api/members/${member.userId}`)).status).toBe(404);
    expect(await names()).toEqual(['xenia@example.org owner']);
  });

  it('the last owner stays while others are there, and nobody makes an operator who is none', async () => {
    const owner = await signedUp('zora');
    const member = await joined(owner, 'zack', 'editor');
    const { browser, userId } = owner;
    const lastOwner = { status: 409, json: { code: 'last_owner' } };
    expect(await browser.ask('PATCH', `/api/members/${userId}`, { json: { role: 'viewer' } })).toMatchObject(
      lastOwner,
    );
    expect(await browser.ask('DELETE', `/api/members/${userId}`)).toMatchObject(lastOwner);
    expect(await browser.post('/api/account/deletion', { password: PASSWORD })).toMatchObject(lastOwner);
    expect(
      (await browser.ask('PATCH', `/api/members/${userId}`, { json: { role: 'operator' } })).status,
    ).toBe(403);
    expect((await member.browser.ask('GET', '/api/members')).status).toBe(403);
    expect((await browser.ask('PATCH', `/api/members/nobody`, { json: { role: 'viewer' } })).status).toBe(
      404,
    );
    expect(
      (await browser.ask('PATCH', `/api/members/${member.userId}`, { json: { role: 'owner' } })).status,
    ).toBe(200);
    expect((await browser.post('/api/account/deletion', { password: PASSWORD })).status).toBe(204);
    // What is shared stays with who is left.
    expect(await gateway.database.tenants.find(owner.tenantId)).not.toBeNull();
  });
});

describe('an account that goes', () => {
  it('tenant deleted in mid-run: is refused while a run goes on, and then takes everything along', async () => {
    const { browser, tenantId, userId, mail } = await signedUp('quentin');
    const own = gateway.database.forTenant(tenantId);
    const [projectId, runId] = [newId(), newId()];
    await own.projects.create({
      id: projectId,
      name: 'His',
      source: { kind: 'git', url: 'https://example.org/a.git' },
    });
    await own.runs.create({
      ...{ id: runId, projectId, intent: '', provider: 'local', keepSandbox: false },
      size: { width: 1280, height: 720 },
    });
    const remove = (password = PASSWORD) => browser.post('/api/account/deletion', { password });
    expect(await remove()).toMatchObject({ status: 409, json: { code: 'tenant_in_use' } });
    expect(await statusOf(browser)).toBe(200);
    expect(await own.projects.find(projectId)).not.toBeNull();
    await own.runs.setState({ id: runId, state: 'cancelled', message: 'Cancelled' });
    const watching = await stream(browser);
    expect((await remove('wrong')).status).toBe(403);
    expect((await remove()).status).toBe(204);
    expect(await watching.ended).toBe(true);
    expect(browser.cookie('showrunner_access')).toBeUndefined();
    expect(await own.projects.find(projectId)).toBeNull();
    expect(await own.runs.find(runId)).toBeNull();
    expect(await gateway.database.tenants.find(tenantId)).toBeNull();
    expect(await gateway.database.users.findByMail(mail)).toBeNull();
    // What is left outside of the database is on record, and goes by the round of deletions.
    const left = (await gateway.database.deletions.list(100)).find(({ id }) => id === `tenant-${tenantId}`);
    expect(left?.workflows).toEqual(expect.arrayContaining([`run-${runId}`]));
    expect((await gateway.browser().post('/api/auth/sign-in', { mail, password: PASSWORD })).status).toBe(
      401,
    );
    await expect(gateway.database.users.get(userId)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a tenant that an operator deletes ends the sessions in it', async () => {
    const { browser, tenantId, mail } = await signedUp('petra');
    const watching = await stream(browser);
    await gateway.database.transaction((tx) => tx.deletions.deleteTenant(tenantId));
    await untilOver(browser);
    expect(await watching.ended).toBe(true);
    expect((await browser.post('/api/auth/refresh')).status).toBe(401);
    // The account is another thing: where everybody may, it gets a tenant again.
    const again = await gateway.browser().post('/api/auth/sign-in', { mail, password: PASSWORD });
    expect([again.status, again.json['tenantId'] === tenantId]).toEqual([200, false]);
  });

  it('what people did is in the audit log with who it was, and never what they sent', async () => {
    const { userId, browser } = await signedUp('audrey');
    await browser.post('/api/invitations', { role: 'viewer' });
    const until = Date.now() + 3_000;
    let entries: { path: string; userId: string; apiKeyId: null; byBrowser: boolean; status: number }[] = [];
    while (entries.length < 2) {
      expect(Date.now()).toBeLessThan(until);
      const answer = await asOperator(`/api/audit?tenantId=*&userId=${userId}`);
      entries = ((await answer.json()) as { data: typeof entries }).data;
    }
    expect(entries).toEqual([
      expect.objectContaining({
        path: '/api/invitations',
        userId,
        apiKeyId: null,
        byBrowser: true,
        status: 201,
      }),
      expect.objectContaining({
        path: '/api/auth/sign-up',
        userId,
        apiKeyId: null,
        byBrowser: true,
        status: 200,
      }),
    ]);
    expect(JSON.stringify(entries)).not.toContain(PASSWORD);
  });
});
