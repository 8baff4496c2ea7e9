import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ActionRecord, Condition, StepAction, Step, Target } from '@showrunner/contracts';
import type { BrowserSession } from '../session/browser-session';
import { openTestSession } from '../testing/open-test-session';
import { startTakeClock, timed } from '../testing/recorded-session';
import { page, startTestApp, type TestApp } from '../testing/test-app';

const MAIN = page(`
<style>.cols{display:flex;gap:20px}.cols section{width:220px;min-height:120px;background:#eee}.card,.piece{cursor:grab;padding:6px}.piece{touch-action:none;user-select:none}</style>
<p id="msg">Nothing yet</p>
<div class="cols"><section><h2>Waiting</h2><div class="card" draggable="true">Mend the sails</div></section><section><h2>Done</h2></section></div>
<div class="cols" id="pieces"><section><h2>Left</h2><div class="piece">Oak plank</div></section><section><h2>Right</h2></section></div>
<label>Photo <input type="file" id="photo" accept="image/*"></label> <button id="attach">Attach a note</button><input type="file" id="hidden" hidden>
<button id="inline">Rename me</button> <div id="menu" role="button" tabindex="0">Right here</div>
<button id="ask">Ask</button> <button id="sure">Sure</button> <label>Volume <input type="range" id="vol" min="0" max="10" value="3"></label>
<a href="#second">Second</a>
<style>@keyframes beat{50%{transform:translateY(6px) scale(1.1)}}.beat{display:inline-block;animation:beat 400ms infinite}</style><span class="beat"><button id="beat">Begin now</button></span>
<style>.folder{padding:30px;border:1px solid;margin:4px}</style><div><div class="folder"><div>📁</div><span class="called">Invoices</span></div><div class="folder"><div>📁</div><span class="called">Photos</span></div></div>
<script>
const $ = (id) => document.getElementById(id), say = (text) => { $('msg').textContent = text; };
let held; document.querySelector('.card').ondragstart = (e) => { held = e.target; };
for (const s of document.querySelectorAll('.cols:not(#pieces) section')) { s.ondragover = (e) => e.preventDefault(); s.ondrop = (e) => { e.preventDefault(); s.append(held); }; }
// A list that follows the pointer: it needs several moves, a jump moves nothing.
let piece, moves = 0;
document.querySelector('.piece').onpointerdown = (e) => { piece = e.currentTarget; moves = 0; };
document.addEventListener('pointermove', () => { moves += 1; });
document.addEventListener('pointerup', (e) => { if (!piece || moves < 4) return; const s = document.elementsFromPoint(e.clientX, e.clientY).find((one) => one.matches('#pieces section')); if (s) s.append(piece); piece = undefined; });
$('photo').onchange = (e) => say('Photo: ' + e.target.files[0].name + ' ' + (e.target.files[0].size > 100 ? 'kept' : 'empty'));
$('beat').onclick = () => say('It has begun');
$('attach').onclick = () => $('hidden').click();
$('hidden').onchange = async (e) => say('Note: ' + (await e.target.files[0].text()).split('\\n')[0]);
$('inline').ondblclick = () => say('Renaming');
for (const one of document.querySelectorAll('.called')) one.ondblclick = () => say('Renaming ' + one.textContent);
$('menu').oncontextmenu = (e) => { e.preventDefault(); say('Menu is open'); };
$('ask').onclick = () => say('Called ' + prompt('Name?'));
$('sure').onclick = () => say(confirm('Sure?') ? 'Went on' : 'Stayed');
$('vol').oninput = (e) => say('Volume ' + e.target.value);
document.addEventListener('keydown', (e) => { if (e.ctrlKey && e.key === 'k') { e.preventDefault(); say('Palette'); } });
</script>`);

const to = (role: string, name: string): Target => ({ role, name, exact: true });
const text = (wanted: string): Condition => ({ kind: 'textVisible', text: wanted });

let app: TestApp;
let session: BrowserSession;
let seq = 0;
const perform = (
  action: StepAction,
  success: Condition,
  more: Pick<Step, 'dialog'> = {},
): Promise<ActionRecord> =>
  timed(
    session.performStep({
      ...{ feature: 'f', stepIndex: seq, seq: seq++, attempt: 1, pace: 'none' },
      step: { action, caption: 'Do it', success, timeoutMs: 3000, ...more },
    }),
  );

beforeAll(async () => {
  app = await startTestApp({ '/': MAIN });
  session = await openTestSession(app);
  await startTakeClock(session.frames);
  await session.navigate('/');
});
afterAll(async () => {
  await session.close();
  await app.close();
});

describe('what a demo does with widgets', () => {
  it('drags a card of the browser’s own drag and drop into another column', async () => {
    const card = to('generic', 'Mend the sails');
    const heading = to('heading', 'Done');
    const done = await perform(
      { type: 'drag', target: card, to: heading },
      { kind: 'under', target: card, heading },
    );
    expect(done).toMatchObject({ verified: true, tool: 'browser_drag' });
    expect(done.drag?.to.width).toBeGreaterThan(50);
  });
  it('drags what follows the pointer by a way of many moves', async () => {
    const piece = to('generic', 'Oak plank');
    const heading = to('heading', 'Right');
    const done = await perform(
      { type: 'drag', target: piece, to: heading },
      { kind: 'under', target: piece, heading },
    );
    expect(done.verified).toBe(true);
    expect(done.drag?.ms).toBeGreaterThan(20);
  });
  it('says what there is not to drop it on', async () => {
    const action: StepAction = {
      type: 'drag',
      target: to('generic', 'Oak plank'),
      to: to('heading', 'Nowhere'),
    };
    expect(await perform(action, text('never'))).toMatchObject({
      result: 'failed',
      error: 'There is no heading "Nowhere" on the page to drop it on.',
    });
  });
  it('uploads a picture through the field, whose value is then its name', async () => {
    const target = to('button', 'Photo');
    expect(
      await perform({ type: 'upload', target, file: 'harbour.png' }, text('Photo: harbour.png kept')),
    ).toMatchObject({
      verified: true,
      tool: 'browser_file_upload',
      arguments: { paths: ['harbour.png'] },
    });
    const { elements } = await session.snapshot();
    expect(elements.find((one) => one.name === 'Photo')).toMatchObject({
      value: 'harbour.png',
      accept: 'image/*',
    });
  });
  it('uploads through a button that asks for the file', async () => {
    const action: StepAction = { type: 'upload', target: to('button', 'Attach a note'), file: 'notes.txt' };
    expect((await perform(action, text('Note: Plan the launch'))).verified).toBe(true);
  });
  it('cancels a question for a file that no step answers, and goes on', async () => {
    await session.performAction({ type: 'click', target: to('button', 'Attach a note') });
    expect(
      (await perform({ type: 'doubleClick', target: to('button', 'Rename me') }, text('Renaming'))).verified,
    ).toBe(true);
  });
  it('double-clicks the words of a row that is drawn of boxes, not the gap between them', async () => {
    const folder: Target = { role: 'entry', name: 'Invoices', exact: false };
    const renaming = await perform({ type: 'doubleClick', target: folder }, text('Renaming Invoices'));
    expect(renaming.error).toBeUndefined();
    expect(renaming.verified).toBe(true);
  });
  it('clicks what pulses without end', async () => {
    const click = { type: 'click', target: to('button', 'Begin now') } as const;
    expect(await perform(click, text('It has begun'))).toMatchObject({ verified: true });
  });
  it('opens a context menu', async () => {
    const action: StepAction = { type: 'click', button: 'right', target: to('button', 'Right here') };
    expect((await perform(action, text('Menu is open'))).verified).toBe(true);
  });
  it('answers a prompt with the words of the step, and refuses a question', async () => {
    const ask: StepAction = { type: 'click', target: to('button', 'Ask') };
    const named = await perform(ask, text('Called Maya'), { dialog: { accept: true, text: 'Maya' } });
    expect(named.verified).toBe(true);
    const sure: StepAction = { type: 'click', target: to('button', 'Sure') };
    expect((await perform(sure, text('Stayed'), { dialog: { accept: false } })).verified).toBe(true);
  });
  it('presses a combination of keys, sets a slider, and goes back', async () => {
    expect((await perform({ type: 'press', key: 'Control+k' }, text('Palette'))).verified).toBe(true);
    const volume = to('slider', 'Volume');
    const slid = await perform(
      { type: 'type', target: volume, text: '8', submit: false },
      { kind: 'value', target: volume, equals: '8' },
    );
    expect(slid.verified).toBe(true);
    await perform({ type: 'click', target: to('link', 'Second') }, { kind: 'url', path: '/#second' });
    expect((await perform({ type: 'back' }, { kind: 'url', path: '/' })).verified).toBe(true);
  });
});
