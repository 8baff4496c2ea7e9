import { json, shell } from './parts';
import type { LyingApp } from './lying-pair';
import type { Serve } from './parts';

const ITEMS = ['Rope', 'Paddle', 'Life vest', 'Anchor'];
const LIST = `const list=document.getElementById('list'),s=document.getElementById('s');const add=(x,to=list)=>{const li=document.createElement('li');li.textContent=x;to.append(li);return li;};`;

const ship = (onAdd: string, more = '', load = ''): string =>
  shell(
    'Ship list',
    `<form id="f"><label>New item <input name="t"></label> <button>Add item</button></form><p id="s" role="status"></p>${more}<ul id="list"><li>Rope</li><li>Paddle</li></ul>`,
    `${LIST}${load}const f=document.getElementById('f');f.onsubmit=async(e)=>{e.preventDefault();const x=f.t.value.trim();if(!x)return;f.reset();${onAdd}};`,
  );
const ADD = "Add an item called 'Storm lantern'";

/** Answers a write after three seconds. */
const SLOW = (status: number): { serve: Serve; afterMs: number } => ({
  serve: ({ method, path, body, state }) => {
    if (path !== '/items') return undefined;
    state.notes ??= [];
    if (method === 'POST' && status < 300) state.notes.push(body);
    return method === 'POST' ? json({}, status) : json(state.notes);
  },
  afterMs: 3000,
});
const LOAD = `fetch('/items').then((r)=>r.json()).then((all)=>all.forEach((x)=>add(x)));`;
const SEND = `const r=await fetch('/items',{method:'POST',body:x});`;

const rows = (onDelete: string, words = ['Stock room', 'Delete', 'Edit']): string =>
  shell(
    words[0] ?? '',
    '<ul id="l"></ul>',
    `let all=${JSON.stringify(ITEMS)};const l=document.getElementById('l');const draw=()=>{l.innerHTML='';all.forEach((t,i)=>{const li=document.createElement('li');li.innerHTML='<span>'+t+'</span> <button>${words[1]}</button>';li.querySelector('button').onclick=()=>{${onDelete};draw();};l.append(li);});};draw();`,
  );
const editable = (to: string): string =>
  shell(
    'Price list',
    '<ul id="l"></ul>',
    `let all=${JSON.stringify(ITEMS)};const l=document.getElementById('l');const draw=(at=-1)=>{l.innerHTML='';all.forEach((t,i)=>{const li=document.createElement('li');li.innerHTML=i===at?'<input aria-label="Name"> <button>Save</button>':'<span>'+t+'</span> <button>Edit</button>';const b=li.querySelector('button'),n=li.querySelector('input');if(n)n.value=t;b.onclick=()=>{if(i===at){${to};draw();}else draw(i);};l.append(li);});};draw();`,
  );
const table = (onSort: string): string =>
  shell(
    'Fleet',
    '<table><thead><tr><th aria-sort="none"><button id="h">Name <span>↕</span></button></th><th>Length</th></tr></thead><tbody id="b"></tbody></table>',
    `let all=[['Kestrel','9 m'],['Auk','4 m'],['Tern','7 m'],['Gannet','11 m']];let up=false;const b=document.getElementById('b'),h=document.getElementById('h');const draw=()=>{b.innerHTML=all.map(([n,l])=>'<tr><td>'+n+'</td><td>'+l+'</td></tr>').join('');};draw();h.onclick=()=>{up=!up;h.parentElement.setAttribute('aria-sort',up?'ascending':'descending');h.querySelector('span').textContent=up?'↑':'↓';${onSort}draw();};`,
  );
const kinds = (onChange: string): string =>
  shell(
    'Canteen menu',
    '<label>Kind <select id="k"><option>All</option><option>Soup</option><option>Cake</option></select></label><p id="s"></p><ul id="list"></ul>',
    `${LIST}const all=['Tomato soup','Apple cake','Fish soup','Green salad','Plum cake'];all.forEach((x)=>add(x));document.getElementById('k').onchange=(e)=>{const k=e.target.value;${onChange}};`,
  );
const more = (script: string): string =>
  shell(
    'Logbook',
    '<ul id="list"></ul><p id="s">1 to 3 of 9</p><button id="b">Load more</button>',
    `${LIST}const all='Left port,Passed the cape,Storm at night,Calm morning,Saw a whale,Repaired a sail,Met a ferry,Reached harbour,Paid the fee'.split(',');all.slice(0,3).forEach((x)=>add(x));document.getElementById('b').onclick=()=>{s.textContent='1 to 6 of 9';${script}};`,
  );
const library = (onInput: string): string =>
  shell(
    'Sailor library',
    '<label>Search books <input type="search" id="q"></label><p id="s"></p><ul id="list"></ul>',
    `${LIST}const all=['Knots and splices','The tide tables','Songs of the harbour','A lamp at sea','Tide pools'];all.forEach((x)=>add(x));document.getElementById('q').oninput=(e)=>{const q=e.target.value.toLowerCase();${onInput}};`,
  );
const MARK = `[...list.children].forEach((li)=>{const t=li.textContent;const at=t.toLowerCase().indexOf(q);li.innerHTML=q&&at>=0?t.slice(0,at)+'<mark>'+t.slice(at,at+q.length)+'</mark>'+t.slice(at+q.length):t;});`;
const favourites = (onFav: string): string =>
  shell(
    'Gear',
    `<p>Favourites <b id="n">0</b></p><ul>${ITEMS.slice(0, 3)
      .map((x) => `<li><span>${x}</span> <button>Add to favourites</button></li>`)
      .join('')}</ul><h2>Your favourites</h2><ul id="list"></ul>`,
    `${LIST}const n=document.getElementById('n');document.querySelectorAll('button').forEach((b,i)=>{b.onclick=()=>{const x=${JSON.stringify(ITEMS)}[i];n.textContent=Number(n.textContent)+1;${onFav}};});`,
  );
const inbox = (onRead: string): string =>
  shell(
    'Inbox',
    '<style>.u{font-weight:bold}</style><p>Unread: <b id="n">3</b></p><button id="b">Mark all as read</button><ul id="list"><li class="u">Ferry times <small>unread</small></li><li class="u">Your invoice <small>unread</small></li><li class="u">Crew lunch <small>unread</small></li></ul>',
    `const n=document.getElementById('n');document.getElementById('b').onclick=()=>{n.textContent=0;${onRead}};`,
  );
const panes = (after: string): string =>
  shell(
    'Watch plan',
    '<div role="tablist"><button role="tab" aria-selected="true">Open</button> <button role="tab" aria-selected="false">Archive</button></div><form id="f"><label>New watch <input name="t"></label> <button>Add watch</button></form><ul id="list"><li>First watch, Ada</li></ul><ul id="arc" hidden><li>Dog watch, Bo</li></ul><ul id="bin" hidden></ul>',
    `${LIST}const f=document.getElementById('f'),arc=document.getElementById('arc'),tabs=[...document.querySelectorAll('[role=tab]')];const show=(i)=>{tabs.forEach((t,at)=>t.setAttribute('aria-selected',String(at===i)));list.hidden=i===1;arc.hidden=i===0;};tabs.forEach((t,i)=>(t.onclick=()=>show(i)));f.onsubmit=(e)=>{e.preventDefault();const x=f.t.value;f.reset();${after}};`,
  );

/** Lists that tell of one thing and hold another, each beside an honest one. */
export const LIES_OF_LISTS: Record<string, LyingApp> = {
  'refused-after-three-seconds': {
    kind: 'optimistic and refused late',
    page: ship(`const li=add(x);${SEND}if(!r.ok)li.remove();`, '', LOAD),
    ...SLOW(500),
    intent: ADD,
    mustNot: 'create',
  },
  'answered-after-three-seconds': {
    kind: 'optimistic and refused late',
    page: ship(`const li=add(x);${SEND}if(!r.ok)li.remove();`, '', LOAD),
    ...SLOW(201),
    intent: ADD,
    must: 'create',
  },
  'toast-of-another': {
    kind: 'toast and another item',
    page: ship(`s.textContent='“'+x+'” was added.';add('Compass');`),
    intent: ADD,
    mustNot: 'create',
  },
  'toast-of-it': {
    kind: 'toast and another item',
    page: ship(`s.textContent='“'+x+'” was added.';add(x);`),
    intent: ADD,
    must: 'create',
  },
  'added-to-a-hidden-tab': {
    kind: 'in a hidden tab',
    page: panes(`add(x,document.getElementById('bin'));`),
    intent: "Add a watch called 'Night watch, Cy'",
    mustNot: 'create',
  },
  'added-to-a-tab-that-opens': {
    kind: 'in a hidden tab',
    page: panes(`add(x,arc);show(1);`),
    intent: "Add a watch called 'Night watch, Cy'",
    must: 'create',
  },
  'deletes-the-neighbour': {
    kind: 'deleted the neighbour',
    page: rows('all.splice((i+1)%all.length,1)'),
    intent: 'Delete Paddle',
    mustNot: 'any',
  },
  'deletes-two': {
    kind: 'deleted the neighbour',
    page: rows('all.splice(i,2)'),
    intent: 'Delete Paddle',
    mustNot: 'any',
  },
  'deletes-it': {
    kind: 'deleted the neighbour',
    page: rows('all.splice(i,1)'),
    intent: 'Delete Paddle',
    must: 'any',
  },
  'edits-the-neighbour': {
    kind: 'edited another row',
    page: editable('all[(i+1)%all.length]=n.value'),
    intent: "Rename Paddle to 'Oar'",
    mustNot: 'any',
  },
  'edits-two': {
    kind: 'edited another row',
    page: editable('all[i]=all[(i+1)%all.length]=n.value'),
    intent: "Rename Paddle to 'Oar'",
    mustNot: 'any',
  },
  'edits-it': {
    kind: 'edited another row',
    page: editable('all[i]=n.value'),
    intent: "Rename Paddle to 'Oar'",
    must: 'any',
  },
  'adds-twice': { kind: 'twice', page: ship('add(x);add(x);'), intent: ADD, mustNot: 'create' },
  'adds-once': { kind: 'twice', page: ship('add(x);'), intent: ADD, must: 'create' },
  'sort-arrow-alone': {
    kind: 'arrow without order',
    page: table(''),
    intent: 'Sort the boats by name',
    mustNot: 'any',
  },
  'sort-arrow-and-order': {
    kind: 'arrow without order',
    page: table(`all.sort((x,y)=>(up?1:-1)*x[0].localeCompare(y[0]));`),
    intent: 'Sort the boats by name',
    must: 'any',
  },
  'kind-chosen-alone': {
    kind: 'chosen and unfiltered',
    page: kinds(`s.textContent='Showing '+k;list.replaceChildren();all.forEach((x)=>add(x));`),
    intent: 'Filter by Soup',
    mustNot: 'filter',
  },
  'kind-chosen-and-filtered': {
    kind: 'chosen and unfiltered',
    page: kinds(
      `list.replaceChildren();all.filter((x)=>k==='All'||x.includes(k.toLowerCase())).forEach((x)=>add(x));`,
    ),
    intent: 'Filter by Soup',
    must: 'filter',
  },
  'more-of-the-same': {
    kind: 'same rows again',
    page: more(`all.slice(0,3).forEach((x)=>add(x));`),
    intent: 'Load more entries',
    mustNot: 'any',
  },
  'more-is-only-said': {
    kind: 'same rows again',
    page: more(''),
    intent: 'Load more entries',
    mustNot: 'any',
  },
  'more-rows': {
    kind: 'same rows again',
    page: more(`all.slice(3,6).forEach((x)=>add(x));`),
    intent: 'Load more entries',
    must: 'any',
  },
  'search-marks-and-keeps': {
    kind: 'marked and not found',
    page: library(`${MARK}s.textContent=q?'Results for '+q:'';`),
    intent: "Search for 'tide'",
    mustNot: 'search',
  },
  'search-marks-and-hides-hits': {
    kind: 'marked and not found',
    page: library(
      `${MARK}[...list.children].forEach((li)=>(li.hidden=q!==''&&!li.textContent.startsWith('T')));`,
    ),
    intent: "Search for 'lamp'",
    mustNot: 'search',
  },
  'search-marks-and-finds': {
    kind: 'marked and not found',
    page: library(
      `${MARK}[...list.children].forEach((li)=>(li.hidden=!li.textContent.toLowerCase().includes(q)));`,
    ),
    intent: "Search for 'tide'",
    must: 'search',
  },
  'badge-without-favourite': {
    kind: 'badge without item',
    page: favourites(''),
    intent: 'Add Paddle to the favourites',
    mustNot: 'any',
  },
  'badge-and-favourite': {
    kind: 'badge without item',
    page: favourites('add(x);'),
    intent: 'Add Paddle to the favourites',
    must: 'any',
  },
  'read-by-count-alone': {
    kind: 'badge without item',
    page: inbox(''),
    intent: 'Click Mark all as read',
    mustNot: 'any',
  },
  'read-by-count-and-rows': {
    kind: 'badge without item',
    page: inbox(
      `document.querySelectorAll('#list li').forEach((li)=>{li.className='';li.querySelector('small').textContent='read';});`,
    ),
    intent: 'Click Mark all as read',
    must: 'any',
  },
};
