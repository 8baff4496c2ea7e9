import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { page, startTestApp, type TestApp } from '../testing/test-app';

/** What the Playwright MCP server does by itself (docs/behaviours.md): why steps are carried out and looked at as they are. */
const MAIN = page(`
<label>Day <input type="date" id="day"></label> <label>Name <input id="name" value="old"></label>
<label>Size <select id="size"><option value="s">Small</option><option value="l">Large</option></select></label>
<div contenteditable="true" role="textbox" aria-label="Notes" id="notes">Written here</div>
<canvas width="40" height="40"></canvas>
<a href="/other" target="_blank">Elsewhere</a> <button onclick="setTimeout(() => alert('Wait'))">Ask</button>`);
const OTHER = page('<h1>Another page</h1>');

let app: TestApp;
let folder: string;
let client: Client;
const call = async (name: string, args: Record<string, unknown> = {}) => {
  const { content, isError } = await client.callTool({ name, arguments: args });
  return {
    isError: isError === true,
    text: (content as { text?: string }[]).map(({ text = '' }) => text).join('\n'),
  };
};
const snapshot = async (): Promise<string> => (await call('browser_snapshot')).text;
const refOf = async (line: RegExp): Promise<string> => {
  const text = await snapshot();
  const found = text.split('\n').find((one) => line.test(one));
  return /\[ref=(\w+)\]/.exec(found ?? '')?.[1] ?? '';
};
const value = async (id: string): Promise<string> =>
  (await call('browser_evaluate', { function: `() => document.getElementById('${id}').value` })).text;

beforeAll(async () => {
  app = await startTestApp({ '/': MAIN, '/other': OTHER });
  folder = await mkdtemp(join(tmpdir(), 'showrunner-mcp-'));
  const server = join(
    dirname(createRequire(import.meta.url).resolve('@playwright/mcp/package.json')),
    'cli.js',
  );
  client = new Client({ name: 'behaviours', version: '1' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [
        server,
        '--headless',
        '--isolated',
        '--no-sandbox',
        '--executable-path',
        '/usr/bin/chromium',
        '--output-dir',
        folder,
        '--timeout-action',
        '2000',
      ],
      cwd: folder,
      stderr: 'ignore',
    }),
  );
}, 60_000);
afterAll(async () => {
  await client?.close();
  await app?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await call('browser_navigate', { url: `http://127.0.0.1:${app.port}/` });
});

test('an ISO date that is typed key by key becomes another date, without an error', async () => {
  const typed = await call('browser_type', {
    target: await refOf(/"Day"/),
    text: '2026-11-30',
    slowly: true,
  });
  expect(typed.isError).toBe(false);
  expect(await value('day')).toMatch(/"[-0-9]*"/);
  expect(await value('day')).not.toContain('2026-11-30');
});

test('typing slowly puts its text before or behind what is there; filling replaces it', async () => {
  const target = await refOf(/"Name"/);
  await call('browser_type', { target, text: 'new', slowly: true });
  expect(await value('name')).toMatch(/"(newold|oldnew)"/);
  await call('browser_type', { target, text: 'new' });
  expect(await value('name')).toContain('"new"');
});

test('the text of an editor that is a text box, and a canvas without a label, are in no snapshot', async () => {
  const seen = await snapshot();
  expect(seen).toContain('textbox "Notes"');
  expect(seen).not.toMatch(/Written here|canvas/i);
});

test('a form is filled by the label of an option; by its value it fails after the time for an action', async () => {
  const fill = async (wanted: string) =>
    call('browser_fill_form', {
      fields: [{ name: 'Size', type: 'combobox', target: await refOf(/combobox/), value: wanted }],
    });
  expect((await fill('Large')).isError).toBe(false);
  expect(await value('size')).toContain('"l"');
  expect((await fill('s')).isError).toBe(true);
});

test('an answer links a file with the snapshot; a link to a new tab leaves the old one current', async () => {
  const clicked = await call('browser_click', { target: await refOf(/link/) });
  expect(clicked.text).toContain('[Snapshot](');
  expect(clicked.text).toMatch(/0: \(current\) .*\n- 1: /);
});

test('behind an open dialog, browser_navigate reports success and is not carried out', async () => {
  await call('browser_click', { target: await refOf(/"Ask"/) });
  const asked = app.requests.length;
  const gone = await call('browser_navigate', { url: `http://127.0.0.1:${app.port}/other` });
  expect([gone.isError, app.requests.length]).toEqual([false, asked]);
  expect(gone.text).toContain('Modal state');
  await call('browser_handle_dialog', { accept: true });
});
