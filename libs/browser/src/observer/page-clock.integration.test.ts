import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTestSession } from '../testing/open-test-session';
import { page, startTestApp, type TestApp } from '../testing/test-app';
import type { BrowserSession } from '../session/browser-session';

const LATE = 'taken back';
const later = (code: string): string =>
  page(`<p id="out">kept</p><script>const out = document.getElementById('out');
const back = () => (out.textContent = '${LATE}');${code}</script>`);
/** What takes the text back two seconds later, each in another way. */
const WAYS: Record<string, string> = {
  'a timer': later(`setTimeout(back, 2000);`),
  'timers that start each other': later(
    `let n = 0; (function tick() { if (++n < 20) setTimeout(tick, 100); else back(); })();`,
  ),
  'the end of an animation': later(
    `out.animate([{ opacity: 0.5 }, { opacity: 1 }], 2000).finished.then(() => setTimeout(back, 50));`,
  ),
  'drawing frame by frame': later(
    `const from = Date.now(); (function draw() { if (Date.now() - from > 2000) back(); else requestAnimationFrame(draw); })();`,
  ),
  'a question to the server on a timer': later(
    `setInterval(async () => (await (await fetch('/state')).text()) === 'no' && back(), 700);`,
  ),
  'a stream of its server': later(`new EventSource('/stream').onmessage = back;`),
  'a socket': later(
    `const s = new WebSocket('ws://' + location.host); s.onopen = () => setTimeout(() => s.send('x'), 2000); s.onmessage = back;`,
  ),
  'a thread': later(
    `new Worker(URL.createObjectURL(new Blob(['setTimeout(() => postMessage(1), 2000)']))).onmessage = back;`,
  ),
};
const SECONDS = 3000;

let app: TestApp;
let session: BrowserSession;
let loadedAt = 0;

beforeAll(async () => {
  const ways = Object.values(WAYS).map((html, at) => [`/${at}`, html] as const);
  app = await startTestApp({
    ...Object.fromEntries(ways),
    '/still': page('<p>kept</p>'),
    '/state': (_request: unknown, response: ServerResponse) =>
      void response.writeHead(200).end(Date.now() - loadedAt > 2000 ? 'no' : 'yes'),
    '/stream': (_request: unknown, response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\n');
      setTimeout(() => response.end('data: no\n\n'), 2000);
    },
  });
  session = await openTestSession(app);
}, 30_000);
afterAll(async () => {
  await session.close();
  await app.close();
});

describe('a page that is left alone before it is left', () => {
  const shown = async (path: string): Promise<{ text: string; ms: number }> => {
    await session.navigate(path);
    await session.snapshotWhenLoaded();
    loadedAt = Date.now();
    await session.leaveAlone(SECONDS, true);
    const ms = Date.now() - loadedAt;
    return { text: (await session.snapshot()).text.trim(), ms };
  };

  it.each(Object.keys(WAYS).map((way, at) => [way, `/${at}`]))(
    'shows what %s does in that time',
    async (_way, path) => expect((await shown(path)).text).toBe(LATE),
  );

  it('has its time at once where it lives by timers alone, and the next page has ours again', async () => {
    for (const [path, text] of [
      ['/0', LATE],
      ['/still', 'kept'],
    ] as const) {
      const seen = await shown(path);
      expect(seen.text).toBe(text);
      expect(seen.ms).toBeLessThan(SECONDS / 2);
    }
    await session.navigate('/0');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await session.snapshot()).text.trim()).toBe('kept');
    const isBack = async (): Promise<boolean> => (await session.snapshot()).text.includes(LATE);
    const deadline = Date.now() + 10_000;
    while (!(await isBack()) && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await isBack()).toBe(true);
  });
});
