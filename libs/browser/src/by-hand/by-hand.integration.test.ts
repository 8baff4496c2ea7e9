import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isRecorded, manualToolCall, type ActionRecord, type Condition } from '@showrunner/contracts';
import type { BrowserSession } from '../session/browser-session';
import { openTestSession, TEST_ORIGIN } from '../testing/open-test-session';
import { startTakeClock } from '../testing/recorded-session';
import { page, startTestApp, type TestApp } from '../testing/test-app';

const BOARD = page(`<h1>Board</h1>
<label>New card <input id="new" value="old words"></label> <button id="add">Add</button> <button id="bad">Add without saving</button>
<label>Colour <select id="colour"><option>Red</option><option>Blue</option></select></label>
<ul id="cards"></ul> <p id="told"></p><div style="height:1500px"></div><button id="deep">Deep down</button>
<script>
const $ = (id) => document.getElementById(id);
const card = (text) => { const li = document.createElement('li'); li.textContent = text; $('cards').append(li); };
$('add').onclick = () => { if ($('new').value === '') { $('told').textContent = 'Type something'; return; } card($('new').value); $('new').value = ''; };
$('bad').onclick = async () => { card($('new').value); await fetch('/save', { method: 'POST', body: $('new').value }); };
$('colour').onchange = () => { $('told').textContent = 'Colour is ' + $('colour').value; };
$('deep').onclick = () => { $('told').textContent = 'Reached the depth'; };
setTimeout(() => { $('told').textContent = 'Tip of the day'; }, 200);
</script>`);

let app: TestApp;
let session: BrowserSession;
let seq = 0;

beforeAll(async () => {
  app = await startTestApp({
    '/': BOARD,
    '/other': page('<h1>Another page</h1>'),
    '/save': (_request, response) => response.writeHead(500).end('no'),
  });
  session = await openTestSession(app);
  await startTakeClock(session.frames);
});
afterAll(async () => {
  await session.close();
  await app.close();
});

async function use(tool: string, args: Record<string, unknown> = {}) {
  const call = manualToolCall({ tool, arguments: args }, [TEST_ORIGIN]);
  const { record, ...told } = await session.useTool({
    ...{ call, feature: 'f', step: seq, seq: seq++, pace: 'none' },
  });
  if (record !== null && !isRecorded(record)) throw new Error('It has no time.');
  return { record: record as ActionRecord | null, ...told };
}
/** The reference by which the last snapshot knows a control. */
async function ref(role: string, name: string): Promise<string> {
  const { reply } = await use('browser_snapshot');
  const found = new RegExp(`${role} "${name}".*?\\[ref=(\\w+)\\]`).exec(reply.text)?.[1];
  if (found === undefined) throw new Error(`${role} ${name} is not in ${reply.text}`);
  return found;
}
const text = (wanted: string): Condition => ({ kind: 'textVisible', text: wanted });
const prove = (condition: Condition) => session.proveMarked({ condition, kind: 'create' });

describe('a session that is driven by hand', () => {
  it('uses tools by references of snapshots, and tells each as the log of a run does', async () => {
    expect((await use('browser_navigate', { url: `${TEST_ORIGIN}/` })).record).toMatchObject({
      ...{ action: { type: 'navigate', path: '/' }, arguments: { url: '/' }, result: 'succeeded' },
    });
    await session.beginMarked();
    const typed = await use('browser_type', { target: await ref('textbox', 'New card'), text: 'Plan' });
    expect(typed.record).toMatchObject({
      action: { type: 'type', target: { role: 'textbox', name: 'New card' }, text: 'Plan' },
      ...{ tool: 'browser_type', caption: 'Fill in “New card”', verified: false, verdict: 'unproven' },
      box: { width: expect.any(Number), height: expect.any(Number) },
    });
    expect(typed.record?.arguments).not.toHaveProperty('target');
    // A reference by its former name.
    const clicked = await use('browser_click', { ref: await ref('button', 'Add') });
    expect(clicked.record).toMatchObject({
      ...{ action: { type: 'click', target: { role: 'button', name: 'Add' } }, result: 'succeeded' },
    });
    expect((clicked.record?.actMs ?? 0) >= (clicked.record?.startMs ?? 0)).toBe(true);
    expect(await prove(text('Plan'))).toMatchObject({ isVerified: true, evidence: [{ bearing: 'for' }] });
  });

  it('proves nothing by what was there, was not done, or is not to be seen', async () => {
    await session.beginMarked();
    expect(await prove(text('Plan'))).toMatchObject({ reason: 'Nothing was done since the feature began.' });
    await use('browser_hover', { target: await ref('button', 'Add') });
    expect(await prove(text('Plan'))).toMatchObject({
      ...{ isVerified: false, reason: 'The condition held before the first action, so it proves nothing.' },
    });
    expect(await prove(text('Nowhere'))).toMatchObject({
      ...{ isVerified: false, reason: 'It cannot be seen: the text "Nowhere" did not appear.' },
    });
  });

  it('is told no by the server for what only seems to be there, whatever is done after', async () => {
    await session.beginMarked();
    await use('browser_type', { target: await ref('textbox', 'New card'), text: 'Lost card' });
    await use('browser_click', { target: await ref('button', 'Add without saving') });
    await use('browser_hover', { target: await ref('button', 'Add') });
    expect(await prove(text('Lost card'))).toMatchObject({
      ...{ isVerified: false, reason: expect.stringContaining('refused POST /save') },
    });
  });

  it('scrolls to what is far, chooses, waits, goes and comes back', async () => {
    const deep = await use('browser_click', { target: await ref('button', 'Deep down') });
    expect(deep.record?.box?.y).toBeLessThan(720);
    const chosen = await use('browser_select_option', {
      ...{ target: await ref('combobox', 'Colour'), values: ['Blue'] },
    });
    expect(chosen.record).toMatchObject({ action: { type: 'select', option: 'Blue' }, result: 'succeeded' });
    expect((await use('browser_wait_for', { text: 'Colour is Blue' })).reply.isError).toBe(false);
    await use('browser_navigate', { url: '/other' });
    expect((await use('browser_find', { text: 'Another page' })).reply.text).toContain('Another page');
    expect((await use('browser_navigate_back')).record).toMatchObject({ action: { type: 'back' } });
  });

  it('answers a picture, and says what a tool could not do without a line of the log', async () => {
    const { picture } = await use('browser_take_screenshot');
    expect(Buffer.from(picture ?? []).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    const missed = await use('browser_click', { target: 'e9999' });
    expect([missed.reply.isError, missed.record]).toEqual([true, null]);
    expect(missed.reply.text).toMatch(/e9999/);
  });
});
