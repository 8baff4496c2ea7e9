import { notes, LOAD, POST, keeper, shell } from './parts';
import type { Serve } from './parts';

const FEES = ['Anchor, 40 €', 'Buoy, 12 €', 'Compass, 85 €', 'Lantern, 23 €'];
const PRICES = (script: string): string =>
  shell(
    'Ship chandler',
    `<p><button id="b">Sort by price</button></p><ul id="list">${FEES.map((one) => `<li>${one}</li>`).join('')}</ul>`,
    `const list=document.getElementById('list');const price=(li)=>Number(/(\\d+) €/.exec(li.textContent)[1]);document.getElementById('b').onclick=()=>{const all=[...list.children];${script}};`,
  );
const DISHES = (script: string): string =>
  shell(
    'Canteen',
    `<p><button>All</button> <button id="soup">Soup</button> <button>Salad</button></p><ul>${['Tomato soup', 'Apple pie', 'Fish soup', 'Green salad', 'Rice pudding'].map((one) => `<li>${one}</li>`).join('')}</ul>`,
    `const items=[...document.querySelectorAll('li')];document.getElementById('soup').onclick=()=>{${script}};`,
  );
const BOOKS = (script: string): string =>
  shell(
    'Bookcase',
    `<p><input type="search" id="q" placeholder="Search books"></p><ul>${['The tide tables', 'Knots and splices', 'A lamp at sea', 'Songs of the harbour'].map((one) => `<li>${one}</li>`).join('')}</ul>`,
    `const q=document.getElementById('q'),items=[...document.querySelectorAll('li')];q.oninput=()=>{${script}};`,
  );
const TABS = (script: string): string =>
  shell(
    'Ferry guide',
    `<div role="tablist"><button role="tab" aria-selected="true">Timetable</button> <button role="tab" aria-selected="false">Fares</button></div><div id="p" role="tabpanel"><p>The first boat leaves at dawn.</p></div>`,
    `const tabs=[...document.querySelectorAll('[role=tab]')],p=document.getElementById('p');tabs.forEach((t,i)=>{t.onclick=()=>{tabs.forEach((o)=>o.setAttribute('aria-selected',String(o===t)));${script}};});`,
  );
const ANSWERS = (script: string): string =>
  shell(
    'Harbour questions',
    `${['May dogs come along?', 'Where can I park?'].map((one) => `<p><button aria-expanded="false">${one}</button></p><div hidden>${one.startsWith('May') ? 'Small dogs may.' : 'Behind the lighthouse.'}</div>`).join('')}`,
    `document.querySelectorAll('button').forEach((b)=>{b.onclick=()=>{b.setAttribute('aria-expanded',String(b.getAttribute('aria-expanded')!=='true'));${script}};});`,
  );
const DARK = (script: string): string =>
  shell(
    'Tide log',
    '<p>High water came early today.</p><p><label><input type="checkbox" role="switch" id="d"> Dark mode</label></p>',
    `document.getElementById('d').onchange=(e)=>{${script}};`,
  );
const PAGES = (script: string): string =>
  shell(
    'Crew list',
    '<table><thead><tr><th>Name</th><th>Post</th></tr></thead><tbody id="b"></tbody></table><p><button id="pr">Previous</button> <span id="s"></span> <button id="nx">Next</button></p>',
    `const crew='Ada Berg,Bo Dahl,Cy Ek,Di Falk,Ed Grau,Flo Holm,Gil Ito,Ian Jung,Kai Lund'.split(',');let at=0;const b=document.getElementById('b');const rows=(from)=>{b.innerHTML=crew.slice(from,from+3).map((n)=>'<tr><td>'+n+'</td><td>Deck</td></tr>').join('');document.getElementById('s').textContent='Page '+(at+1)+' of 3';};rows(0);document.getElementById('nx').onclick=()=>{at=Math.min(2,at+1);${script}};document.getElementById('pr').onclick=()=>{at=Math.max(0,at-1);${script}};`,
  );
const GOODS = ['Rope', 'Paddle', 'Life vest'];
const CART = (script: string): string =>
  shell(
    'Boat store',
    `<p>Cart: <b id="n">0</b></p>${GOODS.map((one) => `<article><h3>${one}</h3><p>In stock</p><button>Add to cart</button></article>`).join('')}<h2>Your cart</h2><ul id="cart"></ul>`,
    `const goods=${JSON.stringify(GOODS)};const n=document.getElementById('n'),cart=document.getElementById('cart');const put=(x)=>{const li=document.createElement('li');li.textContent=x;cart.append(li);n.textContent=cart.children.length;};document.querySelectorAll('article button').forEach((b,i)=>{b.onclick=()=>{${script}};});`,
  );
const OUTBOX = (words: string): string => notes(`add(x+${JSON.stringify(words)});`);
const LOGIN_AS = (inside: string): Serve => {
  const page = shell(
    'Logbook',
    '<p>Demo account: demo / silver-gull-4</p><form method="post" action="/session"><p><label>User <input name="u"></label></p><p><label>Password <input name="p" type="password"></label></p><button>Log in</button></form>',
  );
  return ({ method, path }) => ({
    status: 200,
    type: 'text/html; charset=utf-8',
    body: path === '/session' && method === 'POST' ? inside : page,
  });
};

/** Effects that are others than what is claimed, each beside an honest one. */
export const EFFECTS: Record<string, { page?: string; serve?: Serve }> = {
  'sort-only-moves': { page: PRICES(`list.append(all[0]);`) },
  'sort-sorts': { page: PRICES(`all.sort((x,y)=>price(x)-price(y)).forEach((li)=>list.append(li));`) },
  'filter-leaves-others': {
    page: DISHES(`items.forEach((li)=>(li.hidden=li.textContent==='Apple pie'));`),
  },
  'filter-shows-the-wrong-ones': {
    page: DISHES(`items.forEach((li)=>(li.hidden=li.textContent.includes('soup')));`),
  },
  'filter-by-words': {
    page: DISHES(`items.forEach((li)=>(li.hidden=!li.textContent.includes('soup')));`),
  },
  'search-finds-others': {
    page: BOOKS(
      `items.forEach((li,i)=>(li.hidden=q.value!==''&&i===items.findIndex((one)=>one.textContent.toLowerCase().includes(q.value.toLowerCase()))));`,
    ),
  },
  'search-leaves-others': {
    page: BOOKS(`items[items.length-1].hidden=q.value!=='';items[1].hidden=false;`),
  },
  'tab-without-panel': { page: TABS('') },
  'tab-with-panel': {
    page: TABS(`p.innerHTML=i?'<p>Grown-ups pay four coins.</p>':'<p>The first boat leaves at dawn.</p>';`),
  },
  'answer-stays-folded': { page: ANSWERS('') },
  'answer-unfolds': { page: ANSWERS(`b.parentElement.nextElementSibling.hidden^=true;`) },
  'dark-switch-alone': { page: DARK('') },
  'dark-switch-paints': {
    page: DARK(
      `document.body.style.background=e.target.checked?'#111':'';document.body.style.color=e.target.checked?'#eee':'';`,
    ),
  },
  'page-number-alone': { page: PAGES(`rows(0);`) },
  'page-turns': { page: PAGES(`rows(at*3);`) },
  'cart-takes-another': { page: CART(`put(goods[(i+1)%3]);`) },
  'cart-takes-it': { page: CART(`put(goods[i]);`) },
  'cart-counts-alone': { page: CART(`n.textContent=Number(n.textContent)+1;`) },
  'note-not-sent': { page: OUTBOX(' — not sent, tap to retry') },
  'note-waits': { page: OUTBOX(' (waiting for network)') },
  'note-rejected': {
    page: notes(
      `const li=add(x);setTimeout(()=>{li.innerHTML='<s>'+x+'</s> <small>rejected by the committee</small>';},500);`,
    ),
  },
  'note-in-the-bin': {
    page: notes(
      `const d=document.getElementById('bin')||document.body.appendChild(Object.assign(document.createElement('ul'),{id:'bin'}));if(!d.previousElementSibling||d.previousElementSibling.localName!=='h2'){const h=document.createElement('h2');h.textContent='Rejected notes';d.before(h);}const li=document.createElement('li');li.textContent=x;d.append(li);`,
    ),
  },
  'note-cut-to-nothing': { page: notes(`add(x.slice(0,3)+'…');`) },
  'note-of-yesterday': { page: notes(`add('New note');`) },
  'guest-greeted': {
    serve: LOGIN_AS(shell('Welcome, guest', '<p>Log in to see your pages.</p><a href="/">Log in</a>')),
  },
  'keeper-refuses-by-body': {
    page: notes(`${POST}const d=await r.json();if(d.ok===false)s.textContent='Limit reached';add(x);`),
    serve: ({ method, path }) =>
      method === 'POST' && path === '/api/notes'
        ? { status: 200, type: 'application/json', body: '{"ok":false}' }
        : undefined,
  },
  'note-kept-with-limit': {
    page: notes(`${POST}add(x);s.textContent=(10-list.children.length)+' of 10 left';`, LOAD),
    serve: keeper,
  },
};
