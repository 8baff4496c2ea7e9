import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtemp } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserSession } from '@showrunner/browser';
import type { Sandbox, SandboxProvider } from '@showrunner/sandbox';
import { openSandboxSession } from './open-sandbox-session';

const servers: Server[] = [];
const listening = async (answer: RequestListener): Promise<number> => {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

/** A page that signs in at its API, which stands on another port, with a cookie, and asks its own server under its own name. */
const script = (
  own: number,
  api: number,
  secret: number,
): string => `<title>Shop</title><ul id="list"></ul><script>
const say = (text) => { const item = document.createElement('li'); item.textContent = text; list.append(item); };
const ask = (url, options) => fetch(url, options).then((answer) => answer.text(), (error) => 'refused');
(async () => {
  await fetch('http://localhost:${api}/sign-in', { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json' }, body: '{}' });
  say('api: ' + await ask('http://localhost:${api}/name', { credentials: 'include' }));
  say('by number: ' + await ask('http://127.0.0.1:${api}/open'));
  say('own: ' + await ask('http://localhost:${own}/own', { headers: { 'x-custom': '1' } }));
  say('other: ' + await ask('http://localhost:${secret}/open'));
  say('end');
})();
</script>`;

describe('the other servers of an app', () => {
  let session: BrowserSession;
  let front = 0;
  const origins: (string | undefined)[] = [];
  beforeAll(async () => {
    const api = await listening((request, answer) => {
      origins.push(request.headers.origin);
      answer.setHeader(
        'access-control-allow-origin',
        request.url === '/open' ? '*' : `http://localhost:${front}`,
      );
      answer.setHeader('access-control-allow-credentials', 'true');
      answer.setHeader('access-control-allow-headers', 'content-type');
      if (request.url === '/sign-in')
        answer.setHeader('set-cookie', 'user=Ada; Path=/; HttpOnly; SameSite=Lax');
      answer.end(request.url === '/name' ? `hello ${request.headers.cookie}` : 'open');
    });
    const secret = await listening((_request, answer) =>
      answer.setHeader('access-control-allow-origin', '*').end('not of this sandbox'),
    );
    front = await listening((request, answer) =>
      answer
        .setHeader('content-type', 'text/html')
        .end(request.url === '/own' ? 'mine' : script(front, api, secret)),
    );
    const sandbox = {
      id: 's1',
      info: async () => ({ status: 'running' }),
      listeningPorts: async () => [front, api].map((port) => ({ port })),
      route: async (port: number) => ({ kind: 'stream', connect: async () => connect(port, '127.0.0.1') }),
    } as unknown as Sandbox;
    session = await openSandboxSession(
      {
        provider: { name: 'local', get: async () => sandbox } as unknown as SandboxProvider,
        store: { head: async () => null, read: () => Promise.reject(new Error('none')) },
        secrets: {
          openSecrets: async () => ({}),
          addSecrets: async () => undefined,
          openEnvironment: async () => ({}),
        },
      },
      {
        chromiumPath: '/usr/bin/chromium',
        bwrapPath: '/usr/bin/bwrap',
        workDir: await mkdtemp(join(tmpdir(), 'showrunner-test-')),
      },
      {
        sessionId: 'ports',
        runId: 'run1',
        sandboxId: 's1',
        app: { port: front, upstreamHost: `localhost:${front}`, path: '/', previewUrl: '', readyMs: 1 },
        size: { width: 800, height: 600 },
      },
    );
  });
  afterAll(async () => {
    await session.close();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  test('are reached as the page asks for them, with cookies and as the page that they know; what else listens is not', async () => {
    await session.navigate('/');
    let shown = await session.snapshot();
    for (const until = Date.now() + 10_000; !shown.text.includes('end') && Date.now() < until;) {
      await delay(50);
      shown = await session.snapshot();
    }
    expect(shown.text).toContain('api: hello user=Ada');
    expect(shown.text).toContain('by number: open');
    expect(shown.text).toContain('own: mine');
    expect(shown.text).toContain('other: refused');
    expect(new Set(origins)).toEqual(new Set([`http://localhost:${front}`]));
  });
});
