import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { studioPages } from './studio-pages';

const root = mkdtempSync(join(tmpdir(), 'studio-pages-'));
const folder = join(root, 'dist');
let server: Server;
let url: string;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<meta name="style-nonce" content="__NONCE__" />');
  writeFileSync(join(folder, 'assets/app-1.js'), 'run()');
  writeFileSync(join(folder, 'assets/app-1.js.br'), brotliCompressSync('run()'));
  writeFileSync(join(folder, 'assets/notes.md'), 'of no type that is shown');
  writeFileSync(join(root, 'secrets.json'), '{}');
  const app = express();
  app.use(studioPages(folder));
  app.use((_request, response) => void response.status(401).end());
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(root, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${url}${path}`, { method, headers, redirect: 'manual' });

describe('the pages of the studio', () => {
  it('are where browsers end that ask for the root; programs do not', async () => {
    const browser = await get('/', { accept: 'text/html,*/*;q=0.8' });
    expect([browser.status, browser.headers.get('location')]).toEqual([302, '/studio/']);
    expect((await get('/studio')).headers.get('location')).toBe('/studio/');
    expect((await get('/', { accept: '*/*' })).status).toBe(401);
    expect((await get('/', { accept: 'text/html' }, 'POST')).status).toBe(401);
    expect((await get('/studios/')).status).toBe(401);
    expect((await get('/studio/', {}, 'POST')).status).toBe(401);
  });

  it.each(['/studio/', '/studio/runs/abc', '/studio/sign-in', '/studio/index.html/x'])(
    '%s is the one page, under a policy that lets nothing in but what is ours',
    async (path) => {
      const first = await get(path);
      const policy = first.headers.get('content-security-policy') ?? '';
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
      expect(first.status).toBe(200);
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(await first.text()).toBe(`<meta name="style-nonce" content="${nonce}" />`);
      expect(first.headers.get('cache-control')).toBe('no-store');
      expect((await get(path)).headers.get('content-security-policy')).not.toBe(policy);
    },
  );

  it('come with scripts and styles that are compressed where that is understood, and kept for ever', async () => {
    const plain = await get('/studio/assets/app-1.js', { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    const small = await get('/studio/assets/app-1.js', { 'accept-encoding': 'gzip, br' });
    expect(small.headers.get('content-encoding')).toBe('br');
    expect([await plain.text(), await small.text()]).toEqual(['run()', 'run()']);
    expect(small.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(small.headers.get('cache-control')).toContain('immutable');
    const etag = small.headers.get('etag') ?? '';
    expect((await get('/studio/assets/app-1.js', { 'if-none-match': etag })).status).toBe(304);
  });

  it.each([
    '/studio/assets/none.js',
    '/studio/../secrets.json',
    '/studio/..%2fsecrets.json',
    '/studio/%2e%2e/secrets.json',
    '/studio/assets/../../secrets.json',
    '/studio/assets/notes.md',
    '/studio/assets/app-1.js.br',
    '/studio/__proto__.js',
    '/studio/%00.js',
  ])('are all that there is: %s is not', async (path) => {
    expect([401, 404]).toContain((await get(path)).status);
  });

  it('are said to be missing where they were not built', async () => {
    const app = express();
    app.use(studioPages(join(root, 'nowhere')));
    const empty = app.listen(0, '127.0.0.1');
    await once(empty, 'listening');
    const answer = await fetch(`http://127.0.0.1:${(empty.address() as AddressInfo).port}/studio/`);
    expect([answer.status, await answer.json()]).toEqual([
      503,
      expect.objectContaining({ code: 'studio_not_built', remedy: expect.stringContaining('npm run build') }),
    ]);
    empty.close();
    empty.closeAllConnections();
  });
});
