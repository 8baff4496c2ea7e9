import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { TestBrowser } from './testing/browser';
import { startTestGateway } from './testing/gateway';
import type { TestGateway } from './testing/gateway';
import { LoopbackIssuer } from './testing/loopback-issuer';

const issuer = new LoopbackIssuer();
// Passwords are made to take long, and longer where much else goes on.
jest.setTimeout(60_000);
let gateway: TestGateway;
beforeAll(async () => {
  await issuer.listen();
  gateway = await startTestGateway({
    ...{ AUTH_SIGN_UP: 'open', AUTH_GUESTS: 'on', OIDC_NAME: 'Loopback' },
    ...{ OIDC_ISSUER: issuer.url, OIDC_CLIENT_ID: 'showrunner', PUBLIC_URL: 'https://showrunner.example' },
  });
}, 60_000);
afterAll(() => Promise.all([gateway?.stop(), issuer.close()]));
beforeEach(() => {
  issuer.lies = {};
});

const person = (sub: string, mail?: string, isVerified = true) => {
  issuer.person = {
    sub,
    name: `Person ${sub}`,
    ...(mail === undefined ? {} : { email: mail, email_verified: isVerified }),
  };
};
/** There and back again. @returns where the browser ends up, or what it was told at the beginning */
async function come(browser: TestBrowser, body: object = {}): Promise<string> {
  const begun = await browser.post('/api/auth/oidc', body);
  if (begun.status !== 200) return String(begun.json['code']);
  return back(browser, await issuer.visit(String(begun.json['url'])));
}
async function back(browser: TestBrowser, address: string): Promise<string> {
  const { pathname, search, origin } = new URL(address);
  expect([origin, pathname]).toEqual(['https://showrunner.example', '/api/auth/oidc/callback']);
  const seen = await browser.ask('GET', pathname + search, { headers: { 'sec-fetch-site': 'cross-site' } });
  expect(seen.status).toBe(303);
  return seen.headers.get('location') ?? '';
}
const session = async (browser: TestBrowser) => (await browser.ask('GET', '/api/session')).json;

describe('by OpenID Connect', () => {
  it('somebody comes in, and is the same person the next time', async () => {
    expect((await gateway.browser().ask('GET', '/api/auth')).json).toEqual({
      ...{ signUp: 'open', guests: true, openIdConnect: { name: 'Loopback' } },
    });
    person('olga', 'Olga@Example.org');
    const first = gateway.browser();
    expect(await come(first)).toBe('/studio/');
    const seen = await session(first);
    expect(seen).toMatchObject({
      user: { mail: 'olga@example.org', name: 'Person olga', hasPassword: false },
      role: 'owner',
    });
    // Her address there may change, she stays who she is.
    person('olga', 'another@example.org');
    const second = gateway.browser();
    expect(await come(second)).toBe('/studio/');
    expect(await session(second)).toMatchObject({ user: seen['user'], tenantId: seen['tenantId'] });
    expect(second.cookie('showrunner_oidc')).toBeUndefined();
  });

  it('asks by code and PKCE, and tells nobody what the browser keeps', async () => {
    const browser = gateway.browser();
    const begun = await browser.post('/api/auth/oidc');
    const asked = new URL(String(begun.json['url'])).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      ...{
        response_type: 'code',
        client_id: 'showrunner',
        code_challenge_method: 'S256',
        scope: 'openid email profile',
      },
      redirect_uri: 'https://showrunner.example/api/auth/oidc/callback',
    });
    expect(begun.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^showrunner_oidc=\S+; Path=\/api\/auth\/oidc; Max-Age=600; HttpOnly; SameSite=Lax$/,
      ),
    ]);
    const kept = browser.cookie('showrunner_oidc') ?? '';
    for (const name of ['state', 'nonce']) expect(kept).not.toContain(asked.get(name));
  });

  it('claims what a guest made, and joins by an invitation', async () => {
    const guest = gateway.browser();
    const { tenantId } = (await guest.post('/api/auth/guest')).json;
    person('gina', 'gina@example.org');
    expect(await come(guest)).toBe('/studio/');
    expect(await session(guest)).toMatchObject({
      tenantId,
      role: 'owner',
      user: { mail: 'gina@example.org' },
    });
    const { token } = await gateway.database.invitations.create('default', {
      role: 'viewer',
      lastsMs: 60_000,
    });
    person('ian', 'ian@example.org');
    const ian = gateway.browser();
    expect(await come(ian, { invitation: token })).toBe('/studio/');
    expect(await session(ian)).toMatchObject({ tenantId: 'default', role: 'viewer' });
    person('ida', 'ida@example.org');
    expect(await come(gateway.browser(), { invitation: token })).toBe(
      '/studio/sign-in?failed=invitation_invalid',
    );
  });

  it('takes over no account that has the address already; its owner links both, once', async () => {
    const owner = gateway.browser();
    await owner.post('/api/auth/sign-up', { mail: 'lea@example.org', password: 'correct horse battery' });
    person('lea', 'lea@example.org');
    expect(await come(gateway.browser())).toBe('/studio/sign-in?failed=mail_taken');
    expect(await come(gateway.browser(), { link: true })).toBe('session_missing');
    expect(await come(owner, { link: true })).toBe('/studio/');
    const again = gateway.browser();
    expect(await come(again)).toBe('/studio/');
    expect(await session(again)).toMatchObject({ user: { mail: 'lea@example.org', hasPassword: true } });
    const other = gateway.browser();
    await other.post('/api/auth/sign-up', { mail: 'max@example.org', password: 'correct horse battery' });
    expect(await come(other, { link: true })).toBe('/studio/sign-in?failed=identity_taken');
  });

  it('an address that the issuer has not verified is nobody’s', async () => {
    person('una', 'una@example.org', false);
    const una = gateway.browser();
    expect(await come(una)).toBe('/studio/');
    expect(await session(una)).toMatchObject({ user: { mail: null } });
    const { token } = await gateway.database.invitations.create('default', {
      ...{ role: 'owner', mail: 'boss@example.org', lastsMs: 60_000 },
    });
    person('boss', 'boss@example.org', false);
    expect(await come(gateway.browser(), { invitation: token })).toBe(
      '/studio/sign-in?failed=invitation_of_another',
    );
  });
});

describe('what comes back', () => {
  const MISMATCH = '/studio/sign-in?failed=oidc_state_mismatch';
  const begin = async (browser: TestBrowser): Promise<string> =>
    issuer.visit(String((await browser.post('/api/auth/oidc')).json['url']));

  it('state mismatch: is refused in another browser, with another state, twice, and without cookies', async () => {
    person('sara', 'sara@example.org');
    const [sara, eve] = [gateway.browser(), gateway.browser()];
    const hers = await begin(sara);
    // Login CSRF: somebody is led to the end of a sign-in that another began.
    expect(await back(eve, hers)).toBe(MISMATCH);
    await begin(eve);
    expect(await back(eve, hers)).toBe(MISMATCH);
    const altered = new URL(hers);
    altered.searchParams.set('state', 'another');
    const kept = sara.copy();
    expect(await back(sara, altered.href)).toBe(MISMATCH);
    expect(await back(kept, hers)).toBe('/studio/');
    expect(await back(kept, hers)).toBe(MISMATCH);
    expect(await back(gateway.browser(false), await begin(gateway.browser(false)))).toBe(MISMATCH);
    expect(eve.cookie('showrunner_access')).toBeUndefined();
    const madeUp = gateway.browser();
    madeUp.setCookie('showrunner_oidc', 'eyJhbGciOiJkaXIifQ..a.b.c');
    expect(await back(madeUp, hers)).toBe(MISMATCH);
  });

  it.each([
    ['nonce mismatch', { claims: { nonce: 'of another sign-in' } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['an ID token for another client', { claims: { aud: 'somebody-else' } }],
    ['an ID token of another issuer', { claims: { iss: 'https://accounts.example.com' } }],
    ['an ID token that is past its end', { claims: { exp: 1_000 } }],
    ['an ID token from the future', { claims: { nbf: Math.floor(Date.now() / 1000) + 3_600 } }],
    ['no subject', { claims: { sub: undefined } }],
    ['issuer lies: a signature of a key that it never published', { signsWithOtherKey: true }],
  ])('is refused for %s', async (_, lies) => {
    person('liar', 'liar@example.org');
    issuer.lies = lies;
    const browser = gateway.browser();
    expect(await come(browser)).toBe('/studio/sign-in?failed=oidc_failed');
    expect(browser.cookie('showrunner_access')).toBeUndefined();
    expect(await gateway.database.users.findByMail('liar@example.org')).toBeNull();
  });

  it('is refused when the code was taken by somebody who has not begun it (PKCE)', async () => {
    person('paul', 'paul@example.org');
    const [paul, thief] = [gateway.browser(), gateway.browser()];
    const stolen = new URL(await begin(paul)).searchParams.get('code') ?? '';
    const own = new URL(await begin(thief));
    own.searchParams.set('code', stolen);
    expect(await back(thief, own.href)).toBe('/studio/sign-in?failed=oidc_failed');
  });

  it('says so when the issuer says no, is away, or describes itself as somebody else', async () => {
    issuer.lies = { error: 'access_denied' };
    expect(await come(gateway.browser())).toBe('/studio/sign-in?failed=oidc_refused');
    const ask = async (settings: object) => {
      const url = await gateway.another(settings);
      const response = await fetch(`${url}/api/auth/oidc`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
      return { status: response.status, json: await response.json() };
    };
    expect(await ask({ OIDC_ISSUER: 'http://127.0.0.1:1' })).toMatchObject({
      status: 503,
      json: { code: 'oidc_unreachable' },
    });
    issuer.lies = { issuer: 'https://accounts.example.com' };
    expect(await ask({})).toMatchObject({ status: 502, json: { code: 'oidc_failed' } });
  });
});
