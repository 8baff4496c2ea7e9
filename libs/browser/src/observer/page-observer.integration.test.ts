import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findTargets } from '@showrunner/contracts';
import type { PageElement, PageSnapshot } from '@showrunner/contracts';
import type { BrowserSession } from '../session/browser-session';
import { waitUntil } from '../steps/wait-until';
import { openTestSession } from '../testing/open-test-session';
import { page, startTestApp, type TestApp } from '../testing/test-app';

const NAMES = page(`
<nav aria-label="Main"><a href="/two?x=1#y" aria-current="page">Two</a> <a href="https://example.com/a">Away</a></nav>
<main><h1>Title <small>sub</small></h1>
<button aria-label="Close"><svg></svg></button> <button><img src="x.png" alt="Save" width="16" height="16"></button> <input type="submit" value="Send"> <input type="submit">
<label for="a">Mail <b>address</b></label><input id="a" type="email" placeholder="you@x" required>
<input placeholder="Only placeholder"> <span id="l1">First</span> <span id="l2">part</span> <input aria-labelledby="l1 l2">
<label>Wrapped <input value="v"></label> <input type="password" aria-label="Secret" value="abcd"> <textarea aria-label="Notes">typed text</textarea>
<select aria-label="Pick"><option>One</option><option selected>Two</option></select> <input type="number" aria-label="Count" value="3">
<div role="switch" aria-checked="true" aria-label="Power" tabindex="0">x</div> <div role="tab" aria-selected="true">Tab A</div>
<button aria-expanded="false" disabled>More</button> <button aria-haspopup="true">Menu</button> <button aria-haspopup="dialog">Ask</button> <button aria-haspopup="false">Plain</button> <div contenteditable aria-label="Editor">rich</div>
<details><summary>Details</summary><p>Folded away</p></details>
<table><caption>Sums</caption><tr><th>Name</th></tr><tr><td>Cell</td></tr></table>
<div onclick="1" style="cursor:pointer">Clickable <span>card</span></div><form><fieldset disabled><legend>Group</legend><button>Inert one</button></fieldset></form></main>`);

const HIDDEN = page(`
<style>.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)} .cut{height:0;overflow:hidden} .scroll{height:60px;overflow:auto}</style>
<div style="display:none">none text<button>None</button></div><div style="visibility:hidden">invisible<button>Invisible</button><button style="visibility:visible">Back</button></div>
<div style="opacity:0">ghost<button>Ghost</button></div><span class="sr">reader only</span><div class="cut"><p>cut text</p><button>Cut</button></div>
<div aria-hidden="true">eyes only<button>Unreachable</button></div><div inert><button>Inert</button></div>
<div class="scroll"><div style="height:200px">top</div><button>Scroll to me</button></div>
<div style="position:relative;height:20px;overflow:hidden"><div style="position:absolute;top:5px"><button>Within</button></div></div>
<div class="cut"><div style="position:fixed;top:300px;left:5px"><button>Escaped</button></div></div>
<button style="position:fixed;left:-500px">Off</button>
<aside style="position:absolute;top:0;left:0;width:200px;transform:translateX(-400px)">Drawer <button>In drawer</button></aside>
<div style="position:absolute;top:3000px"><button>Far down</button></div>`);

const NESTED = page(`
<my-card></my-card><iframe srcdoc="<button onclick='parent.document.title=&quot;framed&quot;'>In frame</button>" style="margin:50px"></iframe>
<dialog id="d"><form method="dialog"><h2>Sure?</h2><button>Yes</button></form></dialog><button id="open">Open</button><p id="out"></p>
<script>
customElements.define('my-card', class extends HTMLElement { connectedCallback() {
  this.attachShadow({ mode: 'open' }).innerHTML = '<p>shadow text</p><div><button>One</button><button>Two</button></div>';
  this.shadowRoot.querySelectorAll('button')[1].onclick = () => { document.getElementById('out').textContent = 'shadow clicked'; };
} });
document.getElementById('open').onclick = () => document.getElementById('d').showModal();
</script>`);

const PLAYTHINGS = page(`
<style>.seat{width:20px;height:20px;display:inline-block;background:#88a}.seat:not(.taken):hover{cursor:pointer} #g{display:grid;grid-template-columns:repeat(3,60px)} #g div{height:60px}</style>
<button class="btn"><i class="fas fa-play fa-2x"></i></button> <button><img src="/icons/volume-up.svg" width="16" height="16" alt=""></button> <button><svg width="16" height="16"><use href="#icon-shuffle"></use></svg></button> <button id="nextBtn"></button>
<li>Milk <button><i class="bi bi-trash"></i></button></li> <button class="a3x9"><svg width="16" height="16"></svg></button>
<div class="seat"></div><div class="seat"></div><div class="seat taken"></div><div class="seat"></div>
<audio id="a"></audio><div id="g">${'<div></div>'.repeat(9)}</div><div style="width:300px;height:200px;background-image:url(/one.jpg)"></div>
<canvas id="c" width="200" height="100"></canvas><canvas id="d" width="200" height="100"></canvas>
<script>const d=document.getElementById('d').getContext('2d');let x=0;setInterval(()=>{d.clearRect(0,0,200,100);d.fillRect(x=(x+30)%160,20,40,60);},100);</script>`);

const DRAWN_BY_WORDS = page(`<style>.dark-theme{background:#111;color:#eee}</style>
<button><i class="material-icons">play_arrow</i></button> <button><i class="material-icons">add</i> Add track</button> <button><span class="material-symbols-rounded">blur_on</span></button>
<button id="t" onclick="document.querySelector('section').classList.toggle('dark-theme')">Look</button>
<div><input placeholder="5000" type="number"><label>Amount</label></div> <div><label>Both</label><input placeholder="a"><input placeholder="b"></div>
<section style="height:600px">Board</section>`);

const TOOLS =
  page(`<style>.box div{width:25px;height:25px;background:#cde;cursor:default}.find{position:relative;width:160px;height:32px}.find svg{position:absolute;top:8px;left:6px}</style>
<div class="box"><div title="Brush"></div><div title="Fill with colour"></div><div title="Rectangle"></div></div>
<div><div title="Only one" style="width:25px;height:25px"></div></div>
<div class="find"><input type="text"><svg width="16" height="16"><use href="#icon-search"></use></svg></div>
<div style="height:200px"><input type="text" id="plain"><svg width="16" height="16"><use href="#icon-search"></use></svg></div>`);

const WITHOUT_BOXES = page(`
<style>.reveal{opacity:0;transform:translateY(30px);transition:all .3s} .row button{opacity:0;transition:opacity .2s}</style>
<x-field>New entry</x-field><x-act><b>Add</b> entry</x-act>
<button style="display:contents" onclick="document.title='contents'"><span>Wrapped in nothing</span></button>
<div class="row">Row <button>Only on hover</button></div>
<div style="height:1500px"></div><section class="reveal"><h2>Fades in when scrolled to</h2></section>
<script>
customElements.define('x-field', class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<label><slot></slot> <input></label>'; } });
customElements.define('x-act', class extends HTMLElement { connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<button><slot></slot></button>'; } });
</script>`);

const LOOKS =
  page(`<style>.go{cursor:pointer;width:120px} .sw{cursor:pointer;width:44px;height:24px;border-radius:12px;background:#bbb;position:relative} .k{position:absolute;width:20px;height:20px;top:2px;left:2px} .on .k{left:22px}
.ps{cursor:pointer;width:50px;height:26px;border-radius:13px;position:relative} .ps::after{content:'';position:absolute;width:20px;height:20px;left:3px;transform:translateX(24px)} .row{display:flex;justify-content:space-between}</style>
<div class="side"><div class="go active">General</div><div class="go">Display</div></div>
<div class="row"><span>Lamp at dusk</span><div class="sw"><div class="k"></div></div></div>
<div class="row"><span>Fog horn</span><div class="sw on"><div class="k"></div></div></div>
<div class="row"><span>Bell</span><div class="ps"></div></div>
<span style="cursor:pointer" data-tooltip="Make bold"><svg width="20" height="20"></svg></span>
<span style="cursor:pointer"><svg width="20" height="20"><title>Insert stamp</title></svg></span>
<div style="cursor:pointer" class="mail"><span title="Star">☆</span> <b>Ana</b> wrote a letter</div>
<div onclick="document.title='plain'">No pointer</div>
<a href="/parts"><i class="fas fa-cog" style="display:inline-block;width:9px;height:9px"></i> Components</a>
<button class="right-0 rounded-full dark:text-white"><svg width="9" height="9"></svg></button>
<table><tr role="checkbox" tabindex="-1"><td><input type="checkbox"></td><td>Adam</td></tr></table>
<div class="danger"><label style="color:#d00"><input type="radio" name="r"> Danger</label></div>
<ul><li style="cursor:pointer">Entry</li></ul><div class="row"><span>Volume</span><input type="range"></div>`);

const HASHES = page(`<main id="m"></main><script>
const draw = () => { m.innerHTML = '<h1>Page ' + location.hash + '</h1><button onclick="this.textContent = 1">Touch</button>'; };
onhashchange = draw; draw();</script>`);

const OVER = `<h1>Shop</h1><p>All that the harbour has to offer, and more of it every day.</p><button onclick="document.title='bought'">Look around</button>`;
const fixed = (style: string, inner: string): string =>
  `<div style="position:fixed;background:#fff;z-index:9;padding:20px;${style}">${inner}</div>`;
const leave = 'onclick="document.title += this.textContent; this.closest(\'div,dialog\').remove()"';
const OBSTACLES: Record<string, string> = {
  '/wall': page(
    `${OVER}${fixed('inset:0', `<h2>We value your privacy</h2><p>Cookies and partners.</p><button ${leave}>Accept all</button><button id="m">Manage</button>`)}
    <script>m.onclick = () => { const wall = m.parentElement; wall.innerHTML = '<h2>Cookie preferences</h2><button>Accept all</button><button id="c">Confirm my choices</button>'; c.onclick = () => { document.title = 'confirmed'; wall.remove(); }; };</script>`,
  ),
  '/strip':
    page(`${OVER}<x-consent></x-consent><script>customElements.define('x-consent', class extends HTMLElement { connectedCallback() {
    this.attachShadow({ mode: 'open' }).innerHTML = '<div style="position:fixed;bottom:0;left:0;right:0">Wir verwenden Cookies. <a href="/privacy">Mehr</a> <button>Alle akzeptieren</button><span role="button" style="cursor:pointer">Ablehnen</span></div>';
    this.shadowRoot.querySelectorAll('button,span').forEach((one) => { one.onclick = () => { document.title = one.textContent; this.remove(); }; }); } });</script>`),
  '/tour': page(
    `${OVER}<dialog id="d"><h2>A short tour</h2><p>Part one of it</p><button onclick="this.textContent='Still here'">Next</button></dialog><script>d.showModal()</script>`,
  ),
  '/newsletter': page(
    `${OVER}${fixed('top:100px;left:300px;width:600px;height:400px', `<svg width="20" height="20" style="position:absolute;right:8px;top:8px;cursor:pointer" onclick="document.title='crossed';this.parentElement.remove()"><path d="M0 0L20 20"/></svg><h2>Our newsletter</h2><input type="email" aria-label="Mail"><button>Subscribe</button>`)}`,
  ),
  '/late': page(
    `${OVER}<script>onpointerover = null; setTimeout(() => document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(fixed('inset:0', `<h2>Welcome</h2><p>Take our survey</p><button ${leave}>Not now</button>`))}), 300)</script>`,
  ),
  '/kept': page(
    `${OVER}${fixed('inset:100px', `<h2>Sign in</h2><input aria-label="User"><input type="password" aria-label="Password"><button ${leave}>Cancel</button>`)}${fixed('left:0;top:0;bottom:0;width:100px', '<button>Inbox</button><button>Notifications</button><a href="/a">A</a><a href="/b">B</a>')}`,
  ),
};

let app: TestApp;
let session: BrowserSession;
/** Until it resolves, images are not answered. */
let held: Promise<void> = Promise.resolve();
const show = async (path: string): Promise<PageSnapshot> => {
  await session.navigate(path);
  return session.snapshot();
};
const named = (snapshot: PageSnapshot, role: string): string[] =>
  snapshot.elements.filter((one) => one.role === role).map(({ name }) => name);
const one = (snapshot: PageSnapshot, role: string, name: string): PageElement | undefined =>
  findTargets(snapshot.elements, { role, name, exact: true })[0];

describe('PageObserver', () => {
  beforeAll(async () => {
    const many = Array.from({ length: 5000 }, (_, index) => `<button>Button ${index}</button>`).join('');
    const typical = Array.from(
      { length: 150 },
      (_, index) =>
        `<li><h3>Card ${index}</h3><p>Some words about it</p><button>Edit</button><a href="/c/${index}">Open</a></li>`,
    ).join('');
    const tamper = `<h1>Real</h1><script>Element.prototype.getBoundingClientRect = () => ({}); Array.prototype.push = () => 0; globalThis.showrunner = { collectPage: () => 'forged' }; JSON.stringify = () => '"forged"';</script>`;
    const picture = (size: string): string =>
      page(`<h1>One</h1><img src="/late.png" alt="Chart" ${size} onerror="document.title = 'answered'">`);
    app = await startTestApp({
      '/sized': picture('width="16" height="16"'),
      '/unsized': picture(''),
      '/late.png': (_request, response) =>
        void held.then(() => response.writeHead(404, { 'cache-control': 'no-store' }).end()),
      '/names': NAMES,
      '/hidden': HIDDEN,
      '/nested': NESTED,
      ...OBSTACLES,
      '/without-boxes': WITHOUT_BOXES,
      '/hashes': HASHES,
      '/playthings': PLAYTHINGS,
      '/drawn-by-words': DRAWN_BY_WORDS,
      '/looks': LOOKS,
      '/tools': TOOLS,
      '/spinner': page(
        `<style>@keyframes turn{to{rotate:1turn}}</style><p class="spinner-border" style="animation:turn 1s infinite linear">◔</p><script>setTimeout(() => { document.body.innerHTML = '<h1>Orders</h1>'; }, 900)</script>`,
      ),
      '/many': page(many),
      '/typical': page(`<ul>${typical}</ul>`),
      '/tamper': page(tamper),
    });
    session = await openTestSession(app);
  });
  afterAll(async () => {
    await session.close();
    await app.close();
  });

  it('takes small things with tooltips beside each other for tools, and a field with a magnifier for a search', async () => {
    const snapshot = await show('/tools');
    expect(named(snapshot, 'generic')).toEqual(['Brush', 'Fill with colour', 'Rectangle']);
    expect(named(snapshot, 'textbox')).toEqual(['Search', '']);
  });
  it('computes roles, names, values and states', async () => {
    const snapshot = await show('/names');
    expect(snapshot).toMatchObject({
      path: '/names',
      title: 'Test',
      status: 200,
      viewport: { width: 1280, height: 720 },
    });
    expect(named(snapshot, 'button')).toEqual([
      'Close',
      'Save',
      'Send',
      'Submit',
      'More',
      'Menu',
      'Ask',
      'Plain',
      'Details',
      'Inert one',
    ]);
    expect(named(snapshot, 'textbox')).toEqual([
      'Mail address',
      'Only placeholder',
      'First part',
      'Wrapped',
      'Secret',
      'Notes',
      'Editor',
    ]);
    expect(named(snapshot, 'heading')).toEqual(['Title sub']);
    expect(named(snapshot, 'generic')).toEqual(['Clickable card']);
    expect(one(snapshot, 'link', 'Two')).toMatchObject({ href: '/two?x=1#y', selected: true, current: true });
    expect(one(snapshot, 'link', 'Away')).toMatchObject({ href: 'https://example.com/a' });
    expect(one(snapshot, 'textbox', 'Mail address')).toMatchObject({
      inputType: 'email',
      placeholder: 'you@x',
      required: true,
      value: '',
    });
    expect(one(snapshot, 'textbox', 'Secret')?.value).toBe('••••');
    expect(one(snapshot, 'textbox', 'Notes')?.value).toBe('typed text');
    expect(one(snapshot, 'combobox', 'Pick')).toMatchObject({ value: 'Two', options: ['One', 'Two'] });
    expect(one(snapshot, 'spinbutton', 'Count')?.value).toBe('3');
    expect(one(snapshot, 'switch', 'Power')?.checked).toBe(true);
    expect(one(snapshot, 'tab', 'Tab A')?.selected).toBe(true);
    expect(one(snapshot, 'button', 'More')).toMatchObject({ expanded: false, disabled: true });
    expect(one(snapshot, 'button', 'Menu')?.popup).toBe('menu');
    expect(one(snapshot, 'button', 'Ask')?.popup).toBe('dialog');
    expect(one(snapshot, 'button', 'Plain')?.popup).toBeUndefined();
    expect(one(snapshot, 'button', 'Details')?.expanded).toBe(false);
    const inert = one(snapshot, 'button', 'Inert one');
    expect(inert?.disabled).toBe(true);
    expect(snapshot.elements[inert?.group ?? -1]?.role).toBe('form');
    expect(snapshot.text).not.toContain('Folded away');
    expect(snapshot.text).not.toContain('typed text');
  });

  it('sees what people see, and only that', async () => {
    const snapshot = await show('/hidden');
    expect(named(snapshot, 'button')).toEqual(['Back', 'Scroll to me', 'Within', 'Escaped', 'Far down']);
    expect(snapshot.text).toBe('Back eyes only Unreachable Inert top Scroll to me Within Escaped Far down');
    expect(one(snapshot, 'button', 'Scroll to me')?.inViewport).toBe(true);
    expect(one(snapshot, 'button', 'Far down')?.inViewport).toBe(false);
    // What has been scrolled away can be scrolled back to.
    await session.performAction({ type: 'press', key: 'End' });
    const scrolled = await session.snapshot();
    expect(one(scrolled, 'button', 'Back')?.inViewport).toBe(false);
    expect(named(scrolled, 'button')).toEqual(named(snapshot, 'button'));
  });

  it('reads and acts in shadow roots, frames and modal dialogs', async () => {
    const snapshot = await show('/nested');
    expect(named(snapshot, 'button')).toEqual(['One', 'Two', 'In frame', 'Open']);
    expect(snapshot.text).toContain('shadow text');
    const click = (name: string): ReturnType<BrowserSession['performAction']> =>
      session.performAction({ type: 'click', target: { role: 'button', name, exact: true } });
    expect((await click('Two')).after.text).toContain('shadow clicked');
    expect((await click('In frame')).after.title).toBe('framed');
    const open = await click('Open');
    expect(named(open.after, 'button')).toEqual(['Yes']);
    const yes = one(open.after, 'button', 'Yes');
    expect(open.after.elements[yes?.group ?? -1]?.role).toBe('form');
  });

  it('names and clicks what has no box of its own: slots, display: contents, parts that fade in when scrolled to', async () => {
    const snapshot = await show('/without-boxes');
    expect(named(snapshot, 'textbox')).toEqual(['New entry']);
    expect(named(snapshot, 'button')).toEqual(['Add entry', 'Wrapped in nothing']);
    expect(named(snapshot, 'heading')).toEqual(['Fades in when scrolled to']);
    expect(one(snapshot, 'button', 'Wrapped in nothing')?.box.width).toBeGreaterThan(40);
    const { after } = await session.performAction({
      type: 'click',
      target: { role: 'button', name: 'Wrapped in nothing', exact: true },
    });
    expect(after.title).toBe('contents');
  });

  it('takes for a control what a person would, and names it by what stands in it or beside it', async () => {
    const snapshot = await show('/looks');
    expect(named(snapshot, 'generic')).toEqual([
      ...['General', 'Display', 'Make bold', 'Insert stamp', '☆ Ana wrote a letter', 'Star', 'No pointer'],
    ]);
    expect(snapshot.elements.filter((one) => one.role === 'switch')).toMatchObject([
      { name: 'Lamp at dusk', checked: false },
      { name: 'Fog horn', checked: true },
      { name: 'Bell', checked: true },
    ]);
    expect([one(snapshot, 'generic', 'General'), one(snapshot, 'generic', 'Display')]).toMatchObject([
      { selected: true },
      { selected: false },
    ]);
    expect(one(snapshot, 'listitem', 'Entry')?.clickable).toBe(true);
    // Neither an icon in a link, nor classes that only say how something looks, nor what a box to tick sends.
    expect([named(snapshot, 'link'), named(snapshot, 'button')]).toEqual([['Components'], ['']]);
    expect(one(snapshot, 'row', 'Adam')).toBeDefined();
    expect(named(snapshot, 'slider')).toEqual(['Volume']);
    // Who looks for a button finds what only looks like one.
    const { after } = await session.performAction({
      type: 'click',
      target: { role: 'button', name: 'No pointer', exact: true },
    });
    expect(after.title).toBe('plain');
  });

  it('does not wait for a document that never comes when only the hash differs, and shows it untouched', async () => {
    await show('/hashes#/one');
    const started = Date.now();
    expect(named(await show('/hashes#/two'), 'heading')).toEqual(['Page #/two']);
    const touch = { role: 'button', name: 'Touch', exact: true };
    await session.performAction({ type: 'click', target: touch });
    expect(named(await show('/hashes#/two'), 'button')).toEqual(['Touch']);
    expect(Date.now() - started).toBeLessThan(8000);
  });

  it.each([
    ['/wall', 'confirmed'],
    ['/strip', 'Ablehnen'],
    ['/tour', 'Test'],
    ['/newsletter', 'crossed'],
  ])('leaves what lies over a page as a visitor would who declines: %s', async (path, title) => {
    await show(path);
    expect(await session.clearTheWay()).toBe(true);
    const after = await session.snapshot();
    expect(after.title).toBe(title);
    expect(named(after, 'button')).toEqual(['Look around']);
    expect(session.notes.at(-1)).toMatch(/lay over the page .* a visitor would who declines/);
    expect(await session.clearTheWay()).toBe(false);
  });

  it('leaves what comes late and lies over a target, and nothing that the page is for', async () => {
    await show('/late');
    await waitUntil(
      async () => (await session.snapshot()).text.includes('survey') || undefined,
      Date.now() + 5000,
    );
    const look = { role: 'button', name: 'Look around', exact: true };
    const { after, error } = await session.performAction({ type: 'click', target: look });
    expect([error, after.title]).toEqual([undefined, 'bought']);
    const kept = await show('/kept');
    expect(await session.clearTheWay()).toBe(false);
    expect((await session.snapshot()).fingerprint).toBe(kept.fingerprint);
  });

  it('has equal fingerprints for equal pages and others for changed ones', async () => {
    const [first, again] = [await show('/names'), await show('/names')];
    expect(again.fingerprint).toBe(first.fingerprint);
    await session.performAction({
      type: 'type',
      target: { role: 'textbox', name: 'Wrapped', exact: true },
      text: 'w',
      submit: false,
    });
    expect((await session.snapshot()).fingerprint).not.toBe(first.fingerprint);
  });

  it('sees an image of unknown size only once it is answered, which makes another page', async () => {
    const beforeAndAfter = async (path: string): Promise<PageSnapshot[]> => {
      let answer = (): void => undefined;
      held = new Promise((resolve) => (answer = resolve));
      const before = await show(path);
      answer();
      const isAnswered = async (): Promise<PageSnapshot | undefined> => {
        const now = await session.snapshot();
        return now.title === 'answered' ? now : undefined;
      };
      const after = await waitUntil(isAnswered, Date.now() + 10_000);
      if (after === undefined) throw new TypeError('the image was not answered');
      return [before, after];
    };
    const [sized, answered] = await beforeAndAfter('/sized');
    expect(answered?.fingerprint).toBe(sized?.fingerprint);
    const [unsized, grown] = await beforeAndAfter('/unsized');
    expect(grown?.fingerprint).not.toBe(unsized?.fingerprint);
    expect([unsized, grown].map((one) => one && named(one, 'img'))).toEqual([[], ['Chart']]);
  });

  it('waits for what a turning wheel promises', async () => {
    await session.navigate('/spinner');
    expect(named(await session.snapshotAtRest(), 'heading')).toEqual(['Orders']);
  });

  it('names icons, and sees what plays, boards, and what moves by itself', async () => {
    await show('/playthings');
    await session.leaveAlone(1200);
    const shown = await session.snapshot();
    expect(named(shown, 'button')).toEqual(['Play', 'Sound', 'Shuffle', 'Next', 'Delete', '']);
    expect(named(shown, 'generic')).toEqual(['seat', 'seat', 'seat']);
    expect(shown.elements.filter(({ role }) => role === 'audio')).toMatchObject([{ value: 'paused' }]);
    const pictured = shown.elements.filter(({ picture }) => picture !== undefined);
    expect(pictured.map(({ role, restless = false }) => [role, restless])).toEqual([
      ['application', false],
      ['img', false],
      ['canvas', false],
      ['canvas', true],
    ]);
  });

  it('reads no word that an icon font draws, ties a label to the field beside it, and sees how a large part is painted', async () => {
    const before = await show('/drawn-by-words');
    expect(named(before, 'button')).toEqual(['Play', 'Add track', 'Blur on', 'Look']);
    expect(one(before, 'button', 'Add track')?.accessibleName).toBe('add Add track');
    expect(one(before, 'spinbutton', 'Amount')).toMatchObject({
      placeholder: '5000',
      accessibleName: '5000',
    });
    expect(named(before, 'textbox')).toEqual(['a', 'b']);
    await session.performAction({ type: 'click', target: { role: 'button', name: 'Look', exact: true } });
    expect((await session.snapshot()).theme).not.toBe(before.theme);
  });

  it('is bounded on huge pages and quick on ordinary ones', async () => {
    expect((await show('/many')).elements).toHaveLength(3000);
    const typical = await show('/typical');
    expect(typical.elements.length).toBeGreaterThan(600);
    const started = Date.now();
    for (let round = 0; round < 10; round++) await session.snapshot();
    expect((Date.now() - started) / 10).toBeLessThan(150);
  });

  it('cannot be forged by the page', async () => {
    expect(named(await show('/tamper'), 'heading')).toEqual(['Real']);
  });

  it('shows the app a computer that is online, with a mouse', async () => {
    await session.navigate('/names');
    const { after } = await session.performAction({
      type: 'hover',
      target: { role: 'link', name: 'Two', exact: true },
    });
    expect(after.viewport.width).toBe(1280);
  });
});
