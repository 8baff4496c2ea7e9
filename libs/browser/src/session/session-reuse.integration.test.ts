import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Feature } from '@showrunner/contracts';
import { openTestSession } from '../testing/open-test-session';
import { page, startTestApp, type TestApp } from '../testing/test-app';
import type { BrowserSession } from './browser-session';

const SLOW_SAVE_MS = 400;

/** Remembers a visitor in every way there is, and says what it remembers. */
const MEMORY = page(`<h1>Memory</h1><p id="known"></p><script>
const known = [document.cookie && 'cookie', localStorage.seen && 'local', sessionStorage.seen && 'session'];
document.getElementById('known').textContent = 'Known by: ' + known.filter(Boolean).join(', ');
localStorage.seen = sessionStorage.seen = '1';
document.cookie = 'plain=1; max-age=3600';
</script>`);
/** Shows what was written at once and sends it afterwards. */
const OPTIMIST = page(`<button id="save">Save</button><p id="out"></p><script>
document.getElementById('save').onclick = () => {
  document.getElementById('out').textContent = 'Saved';
  fetch('/save', { method: 'POST' });
};
</script>`);

const feature = (id: string): Feature => ({
  id, kind: 'open', title: id, description: '', startPath: '/', steps: [],
}); // prettier-ignore

let app: TestApp;
let session: BrowserSession;
let saved = 0;
const cookiesSeen: string[] = [];

beforeAll(async () => {
  app = await startTestApp({
    '/': OPTIMIST,
    '/memory': (request: IncomingMessage, response: ServerResponse) => {
      cookiesSeen.push(request.headers.cookie ?? '');
      response
        .writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'secret=1; HttpOnly' })
        .end(MEMORY);
    },
    '/save': (request: IncomingMessage, response: ServerResponse) => {
      const timer = setTimeout(() => {
        saved += 1;
        response.writeHead(204).end();
      }, SLOW_SAVE_MS);
      response.on('close', () => clearTimeout(timer));
      request.resume();
    },
  });
  session = await openTestSession(app);
}, 30_000);
afterAll(async () => {
  await session.close();
  await app.close();
});

describe('a session that serves two stages', () => {
  it('forgets cookies, storage and where it was', async () => {
    await session.navigate('/memory');
    await session.navigate('/memory');
    expect((await session.snapshot()).text).toContain('Known by: cookie, local, session');
    expect(cookiesSeen.at(-1)).toContain('secret=1');
    await session.forget();
    const blank = await session.snapshot();
    expect([blank.text, blank.status]).toEqual(['', undefined]);
    await session.navigate('/memory');
    expect((await session.snapshot()).text.trim()).toMatch(/Known by:$/);
    expect(cookiesSeen.at(-1)).toBe('');
  });

  it('can forget where it has been nowhere', async () => {
    await session.forget();
    await session.forget();
    expect((await session.navigate('/')).status).toBe(200);
  });
});

describe('a step that is not followed by a look', () => {
  const step = (name: string) => ({
    action: { type: 'click', target: { role: 'button', name, exact: true } } as const,
    caption: 'Save it',
    success: { kind: 'textVisible', text: 'Saved' } as const,
    timeoutMs: 3000,
  });

  it('lets the page send what it has shown already before it is left', async () => {
    await session.beginFeature({ feature: feature('a'), seq: 0, attempt: 1, pace: 'none' });
    const input = { feature: 'a', stepIndex: 0, seq: 1, attempt: 1, pace: 'none' as const, stable: false };
    const done = await session.performStep({ ...input, step: step('Save') });
    expect(done.verified).toBe(true);
    await session.finishSending();
    await session.beginFeature({ feature: feature('b'), seq: 2, attempt: 1, pace: 'none' });
    expect(saved).toBe(1);
  });
});
