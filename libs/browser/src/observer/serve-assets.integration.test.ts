import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeTo } from '../confinement/confined-chromium';
import { openBrowserSession } from '../session/open-session';
import type { BrowserSession } from '../session/browser-session';

const STYLE = 'h1::after{content:" styled"} h1{display:none} .styled h1{display:block}';
const SCRIPT = 'document.body.className="styled";document.querySelector("p").textContent="scripted";';
const integrity = (text: string): string => `sha384-${createHash('sha384').update(text).digest('base64')}`;
const PAGE = `<!doctype html><title>App</title><h1>Boats</h1><p>bare</p><button>Go</button>
<link rel="stylesheet" href="//unpkg.com/kit@1/kit.css" crossorigin integrity="${integrity(STYLE)}">
<script src="https://unpkg.com/kit@1/kit.js" crossorigin integrity="${integrity(SCRIPT)}"></script>
<script src="https://unpkg.com/kit@1/other.js" crossorigin integrity="${integrity('something else')}"></script>
<script src="https://unpkg.com/none@1/none.js"></script>`;

const FILES: Record<string, { contentType: string; text: string }> = {
  'unpkg.com/kit@1/kit.css': { contentType: 'text/css', text: STYLE },
  'unpkg.com/kit@1/kit.js': { contentType: 'text/javascript', text: SCRIPT },
  'unpkg.com/kit@1/other.js': { contentType: 'text/javascript', text: 'document.title="wrong bytes"' },
};

let folder: string;
let server: Server;
let session: BrowserSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'showrunner-assets-'));
  server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  session = await openBrowserSession({
    sessionId: 'assets',
    size: { width: 800, height: 600 },
    chromiumPath: '/usr/bin/chromium',
    bwrapPath: '/usr/bin/bwrap',
    workDir: folder,
    previewUrl: 'http://s1.preview.localhost:4401',
    serve: pipeTo(async () => connect(port, '127.0.0.1')),
    assets: {
      hosts: ['unpkg.com'],
      async get(url) {
        const file = FILES[url.replace(/^https?:\/\//, '')];
        return file && { contentType: file.contentType, body: Buffer.from(file.text) };
      },
    },
  });
  await session.navigate('/');
});
afterAll(async () => {
  await session.close();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

it('a page has the files of a CDN that were fetched before, and only these: integrity is held, what is unknown stays unreachable', async () => {
  const page = await session.snapshot();
  expect(page.text).toContain('scripted');
  // The heading is shown by the style sheet alone.
  expect(page.elements.some(({ role, name }) => role === 'heading' && name.startsWith('Boats'))).toBe(true);
  expect(page.title).toBe('App');
  expect(session.notes.join(' ')).toContain('unpkg.com (scripts)');
});
