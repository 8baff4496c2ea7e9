import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { itUnlessMissing } from '@showrunner/contracts/testing';
import { createServer, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { AddressInfo } from 'node:net';
import { CdpClient } from '../cdp/cdp-client';
import { launchConfinedChromium, pipeTo, type ConfinedChromium } from '../confinement/confined-chromium';
import { page, startTestApp, type TestApp } from '../testing/test-app';
import { TEST_ORIGIN, TEST_SIZE } from '../testing/open-test-session';

interface Evaluated {
  result: { value: unknown };
}

let app: TestApp;
let outside: Server;
let reached: string[];
let chromium: ConfinedChromium;
let client: CdpClient;
let pageSession: string;

const evaluate = async (expression: string): Promise<unknown> =>
  (
    await client.send<Evaluated>(
      'Runtime.evaluate',
      { expression, awaitPromise: true, returnByValue: true },
      pageSession,
    )
  ).result.value;
const navigate = (url: string): Promise<{ errorText?: string }> =>
  client.send('Page.navigate', { url }, pageSession);
const fetchOf = (url: string): string =>
  `fetch(${JSON.stringify(url)}, { mode: 'no-cors', signal: AbortSignal.timeout(3000) }).then(() => 'reached', () => 'refused')`;

describe('a confined page', () => {
  beforeAll(async () => {
    reached = [];
    outside = createServer((request, response) => {
      reached.push(request.url ?? '');
      response.end('secret');
    });
    await new Promise<void>((resolve) => outside.listen(0, '0.0.0.0', resolve));
    app = await startTestApp({ '/': page('<h1>Preview</h1>') });
    chromium = await launchConfinedChromium({
      chromiumPath: '/usr/bin/chromium',
      bwrapPath: '/usr/bin/bwrap',
      size: TEST_SIZE,
      port: 4401,
      serve: pipeTo(app.connect),
    });
    client = new CdpClient(chromium.multiplexer.connect());
    const { targetInfos } = await client.send<{
      targetInfos: { targetId: string; type: string; url: string }[];
    }>('Target.getTargets');
    const targetId = targetInfos.find(({ type, url }) => type === 'page' && url === 'about:blank')?.targetId;
    pageSession = (
      await client.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true })
    ).sessionId;
    await client.send('Page.enable', {}, pageSession);
    const loaded = new Promise<void>((resolve) => client.on('Page.loadEventFired', () => resolve()));
    await navigate(`${TEST_ORIGIN}/`);
    await loaded;
  });
  afterAll(async () => {
    await chromium.close();
    await app.close();
    outside.close();
  });

  it('reaches its preview by HTTP and WebSocket', async () => {
    expect(await evaluate('document.body.innerText')).toBe('Preview');
    expect(await evaluate(`fetch('/').then((r) => r.status)`)).toBe(200);
    const echo = `new Promise((resolve, reject) => { const s = new WebSocket('ws://' + location.host); s.onopen = () => s.send('hi'); s.onmessage = (e) => resolve(e.data); s.onerror = () => reject(new Error('no')); })`;
    expect(await evaluate(echo)).toBe('echo hi');
  });

  it('reaches no service of the host: loopback, own addresses, link-local, other names', async () => {
    const { port } = outside.address() as AddressInfo;
    const own = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ family }) => family === 'IPv4')
      .map(({ address }) => address);
    const places = [
      ...own,
      '127.0.0.1',
      '127.0.0.2',
      '[::1]',
      'localhost',
      '0.0.0.0',
      '169.254.169.254',
      'host.example',
      'other.preview.localhost',
    ];
    for (const place of places)
      expect([place, await evaluate(fetchOf(`http://${place}:${port}/`))]).toEqual([place, 'refused']);
    expect(reached).toEqual([]);
    expect(app.requests.filter((line) => line !== 'GET /' && line !== 'GET /favicon.ico')).toEqual([]);
  });

  it('finds no DevTools port', async () => {
    for (const port of [9222, 9229])
      expect(await evaluate(fetchOf(`http://127.0.0.1:${port}/json/version`))).toBe('refused');
  });

  it('opens neither files nor pages of the browser', async () => {
    for (const url of [
      'file:///etc/passwd',
      'chrome://version',
      'view-source:http://s1.preview.localhost:4401/',
    ]) {
      await evaluate(`{ location.href = ${JSON.stringify(url)}; open(${JSON.stringify(url)}); }`);
      expect(await evaluate('location.href')).toBe(`${TEST_ORIGIN}/`);
    }
    expect((await navigate('file:///etc/passwd')).errorText).toBe('net::ERR_BLOCKED_BY_ADMINISTRATOR');
  });

  it('refuses downloads, permissions and file pickers by policy', async () => {
    await navigate(`${TEST_ORIGIN}/`);
    expect(await evaluate(`navigator.permissions.query({ name: 'geolocation' }).then((p) => p.state)`)).toBe(
      'denied',
    );
    expect(await evaluate(`Notification.permission`)).toBe('denied');
  });

  it('runs as nobody in particular, with none of the folders of the host', async () => {
    const { readFileSync, readdirSync } = await import('node:fs');
    const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const inner = children.filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--remote-debugging-pipe') &&
          isBelow(pid, chromium.pid, readFileSync)
        );
      } catch {
        // The process ended while we looked.
        return false;
      }
    });
    const browser =
      inner.find((pid) =>
        readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]?.endsWith('/chromium/chromium'),
      ) ?? '';
    const status = readFileSync(`/proc/${browser}/status`, 'utf8');
    if (process.getuid?.() === 0) expect(Number(/^Uid:\s+(\d+)/m.exec(status)?.[1])).toBeGreaterThan(1000);
    expect(/^CapEff:\s+0+$/m.test(status)).toBe(true);
    expect(/^NoNewPrivs:\s+1$/m.test(status)).toBe(true);
    const root = readdirSync(`/proc/${browser}/root`);
    for (const folder of ['root', 'work', 'srv', 'mnt', 'media', 'boot', 'sys'])
      expect(root).not.toContain(folder);
    expect(readdirSync(`/proc/${browser}/root/home`)).toEqual(['browser']);
    expect(readdirSync(`/proc/${browser}/root/run`)).toEqual(['showrunner']);
  });
});

const isBelow = (
  pid: string,
  ancestor: number,
  readFileSync: typeof import('node:fs').readFileSync,
): boolean => {
  for (let at = pid; at !== '1' && at !== '0';) {
    if (Number(at) === ancestor) return true;
    at = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${at}/status`, 'utf8'))?.[1] ?? '0';
  }
  return false;
};

const missing = process.getuid?.() === 0 ? undefined : 'it needs root';

describe('a page that hogs memory', () => {
  itUnlessMissing(missing)(
    'loses its process, and the groups of its browser go with the browser (needs root)',
    async () => {
      const hungry = await startTestApp({ '/': page('<h1>Hungry</h1>') });
      const hog = await launchConfinedChromium({
        chromiumPath: '/usr/bin/chromium',
        bwrapPath: '/usr/bin/bwrap',
        size: TEST_SIZE,
        port: 4402,
        serve: pipeTo(hungry.connect),
        memoryBytes: 600 * 1024 ** 2,
      });
      const groups = () =>
        execFileSync('find', ['/sys/fs/cgroup', '-type', 'd', '-name', `browser-${process.pid}-*`], {
          encoding: 'utf8',
        });
      expect(groups()).not.toBe('');
      const cdp = new CdpClient(hog.multiplexer.connect());
      const { targetInfos } = await cdp.send<{ targetInfos: { targetId: string; type: string }[] }>(
        'Target.getTargets',
      );
      const targetId = targetInfos.find(({ type }) => type === 'page')?.targetId;
      const { sessionId } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', {
        targetId,
        flatten: true,
      });
      await cdp.send('Inspector.enable', {}, sessionId);
      const crashed = new Promise<string>((resolve) => {
        cdp.on('Inspector.targetCrashed', () => resolve('the page'));
        void hog.exited.then(() => resolve('the browser'));
      });
      const fill = 'const all = []; for (;;) all.push(new Uint8Array(16 << 20).fill(1));';
      cdp.send('Runtime.evaluate', { expression: fill }, sessionId).catch(() => undefined);
      expect(await crashed).toMatch(/the page|the browser/);
      await hog.close();
      expect(groups()).toBe('');
      await hungry.close();
    },
    60_000,
  );
});
