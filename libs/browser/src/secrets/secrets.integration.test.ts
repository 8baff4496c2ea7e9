import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Box, Step, StepAction } from '@showrunner/contracts';
import type { BrowserSession } from '../session/browser-session';
import { connectInProcess } from '../testing/recorded-session';
import { openTestSession } from '../testing/open-test-session';
import { page, startTestApp, type TestApp } from '../testing/test-app';

const KEY = 'sk-live-7f3a91c2d4';
const field = (name: string): { role: string; name: string; exact: boolean } => ({
  ...{ role: 'textbox', name, exact: true },
});
const typing = (name: string, text: string, more: { secret?: string } = {}): StepAction => ({
  ...{ type: 'type', target: field(name), text, submit: false, ...more },
});

let app: TestApp;
let session: BrowserSession;
let covered: { atMs: number; boxes: readonly Box[] } = { atMs: 0, boxes: [] };
let newest: Uint8Array | undefined;

beforeAll(async () => {
  app = await startTestApp({
    '/': page(`<h1>Sign in</h1><label>User <input id="u"></label><br>
      <label>Password <input id="p" type="password" style="transition: all 1s"></label>
      <button onclick="p.type = 'text'">Show password</button>
      <label>API key <input id="k"></label>
      <label>Pin <input id="n" autocomplete="one-time-code"></label>
      <button onclick="o.innerHTML = 'Your key: <b>' + k.value.slice(0, 6) + '</b>' + k.value.slice(6)">Save</button>
      <p id="o"></p>`),
    '/shown': page(
      `<h1>Keys</h1><p>Key <code>${KEY}</code> of today</p><input value="${KEY}" aria-label="Copy">`,
    ),
  });
  session = await openTestSession(app, { secrets: { KEY } });
  await connectInProcess(session.frames)((message) => {
    if (message.kind === 'covered') covered = message;
    if (message.kind === 'frame') newest = message.frame.jpeg;
  });
  await session.navigate('/');
});

afterAll(async () => {
  await session?.close();
  await app?.close();
});

const step = (action: StepAction, success: Step['success']): Step => ({
  ...{ action, caption: `Type ${'text' in action ? action.text : ''}`, success, timeoutMs: 3000 },
});
const perform = (one: Step) =>
  session.performStep({ feature: 'f', stepIndex: 0, step: one, seq: 0, attempt: 1, pace: 'none' });

describe('secrets of a page', () => {
  it('are typed and proven, and the record does not say what', async () => {
    const text = 'hunter2-and-more';
    const done = await perform(
      step(typing('Password', text), { kind: 'value', target: field('Password'), equals: text }),
    );
    expect(done).toMatchObject({ verified: true, action: { text: '••••', secret: 'password' } });
    expect(JSON.stringify(done)).not.toContain(text);
    expect(session.secrets.added).toEqual({ password: text });
  });

  it('are covered in the picture, also when the app shows them', async () => {
    await session.performAction({
      type: 'click',
      target: { role: 'button', name: 'Show password', exact: true },
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const seen = await session.snapshot();
    expect(JSON.stringify(seen)).not.toContain('hunter2');
    expect(seen.elements.find(({ name }) => name === 'Password')).toMatchObject({ secret: true });
    expect(covered.boxes).toHaveLength(1);
  });

  it('are typed by their names, and covered where a page repeats them, in pieces too', async () => {
    const done = await perform(
      step(typing('API key', '{{KEY}}'), { kind: 'value', target: field('API key'), equals: '{{KEY}}' }),
    );
    expect(done).toMatchObject({
      verified: true,
      action: { secret: 'KEY', text: '••••' },
      caption: 'Type ••••',
    });
    const saved = await perform(
      step(
        { type: 'click', target: { role: 'button', name: 'Save', exact: true } },
        { kind: 'textVisible', text: 'Your key: ••••' },
      ),
    );
    expect(saved).toMatchObject({ verified: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(covered.boxes.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify([saved, await session.snapshot()])).not.toContain('7f3a91');
  });

  it('are covered by what the field says that it takes', async () => {
    await session.performAction(typing('Pin', '4711'));
    expect((await session.snapshot()).elements.find(({ name }) => name === 'Pin')).toMatchObject({
      ...{ secret: true, value: '••••' },
    });
  });

  it('are never seen of a page that comes with them', async () => {
    await session.navigate('/shown');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const seen = await session.snapshot();
    expect(seen.text).toContain('Key •••• of today');
    expect(JSON.stringify(seen)).not.toContain(KEY);
    expect(covered.boxes).toHaveLength(2);
    expect(newest).toBeDefined();
  });

  it('cannot be typed where their value is not known', async () => {
    await expect(session.performAction(typing('Copy', '••••', { secret: 'OTHER' }))).rejects.toMatchObject({
      code: 'secret_missing',
    });
  });
});
