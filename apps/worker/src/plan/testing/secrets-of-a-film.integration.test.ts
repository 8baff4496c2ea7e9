import { createServer, type Server } from 'node:http';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openBrowserSession, pipeTo, type BrowserSession } from '@showrunner/browser';
import { connectInProcess } from '@showrunner/browser/testing';
import { FeatureSchema, isRecorded, type Feature, type FilmCheck } from '@showrunner/contracts';
import { recordFrames } from '@showrunner/recorder';
import { TakeSink } from '../../recording/take-sink';
import { driveFeatures, type DrivenFeature } from './drive-app';
import { exportDrive } from './export-drive';

const SIZE = { width: 640, height: 360 };
const SECRETS = { password: 'tangerine-comet-88', KEY: 'sk_live_9fA72kQx31' };
const PAGE = `<!doctype html><title>Vault</title><body style="font:16px sans-serif">
  <label>Password <input id="p" type="password"></label> <button onclick="p.type = 'text'; this.textContent = 'Shown'">Show</button>
  <p><label>Key <input id="k"></label> <button onclick="o.innerHTML = 'Saved ' + k.value + ' by ' + p.value.slice(0, 9) + '<b>' + p.value.slice(9) + '</b>'">Save</button></p>
  <p id="o"></p>`;

const target = (role: string, name: string) => ({ role, name, exact: true });
const typed = (name: string, secret: string) => ({
  action: { type: 'type', target: target('textbox', name), text: '••••', secret },
  caption: `Enter the ${name.toLowerCase()}`,
  success: { kind: 'value', target: target('textbox', name), equals: '••••' },
});
const clicked = (name: string, text: string) => ({
  action: { type: 'click', target: target('button', name) },
  caption: `${name} it`,
  success: { kind: 'textVisible', text },
});
const feature: Feature = FeatureSchema.parse({
  ...{ id: 'keep', kind: 'create', title: 'Keep a key', description: '', startPath: '/' },
  steps: [
    typed('Password', 'password'),
    clicked('Show', 'Shown'),
    typed('Key', 'KEY'),
    clicked('Save', 'Saved •••• by ••••'),
  ],
});

let server: Server;
let folder: string;
let session: BrowserSession;
let driven: DrivenFeature[];
let checks: FilmCheck[];

/** A film of the page as a run makes it, with all that lies beside it, in `folder`. */
beforeAll(async () => {
  server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(PAGE));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  folder = await mkdtemp(join(tmpdir(), 'showrunner-secrets-'));
  const { port } = server.address() as AddressInfo;
  session = await openBrowserSession({
    ...{ sessionId: 'secrets', chromiumPath: '/usr/bin/chromium', bwrapPath: '/usr/bin/bwrap' },
    ...{ workDir: join(folder, '..'), size: SIZE, secrets: SECRETS },
    previewUrl: 'http://s1.preview.localhost:4401',
    serve: pipeTo(async () => connect(port, '127.0.0.1')),
  });
  const sink = TakeSink.begin(join(folder, 'take.mkv'), SIZE);
  const { signal } = new AbortController();
  const recording = recordFrames({ connect: connectInProcess(session.frames), sink, signal });
  await session.frames.recordingStarted;
  driven = await driveFeatures(session, [feature], { pace: 'fast' });
  session.frames.endRecording();
  const { facts } = await sink.finalise(await recording);
  await session.close();
  const actions = driven.flatMap((one) => one.actions).filter(isRecorded);
  const kept = {
    ...{ title: 'Vault', features: [feature], size: SIZE, covered: facts.covered ?? [] },
    clips: [{ clipId: 'r-c1', number: 1, feature: 'keep', takeId: 't', startMs: 0, endMs: facts.durationMs }],
    actions: actions.map((action) => ({ ...action, takeId: 't' })),
  };
  await writeFile(join(folder, 'actions.jsonl'), actions.map((one) => JSON.stringify(one)).join('\n'));
  checks = await exportDrive(folder, kept as Parameters<typeof exportDrive>[1]);
}, 240_000);

afterAll(async () => {
  await session?.close();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

it('what is typed, shown and repeated is proven and covered', () => {
  expect(driven.map(({ verified, error }) => ({ verified, error }))).toEqual([
    { verified: true, error: undefined },
  ]);
  expect(checks.find(({ name }) => name === 'secrets')).toMatchObject({ result: 'passed' });
});

it('no file of a film has the value of a secret', async () => {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  );
  expect(names.length).toBeGreaterThan(6);
  for (const entry of names) {
    const bytes = await readFile(join(entry.parentPath, entry.name));
    for (const value of Object.values(SECRETS)) {
      const forms = [value, value.slice(2, 12), Buffer.from(value).toString('base64')];
      for (const form of forms)
        expect({ file: entry.name, has: bytes.includes(form) }).toEqual({ file: entry.name, has: false });
    }
  }
});
