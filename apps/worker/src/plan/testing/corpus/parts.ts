/** What an app of the corpus is asked, and what it remembers while it runs. */
export interface Asked {
  method: string;
  path: string;
  url: URL;
  body: string;
  state: { notes?: string[]; tries?: number; failed?: boolean; done?: Record<string, boolean> };
}
export interface Answer {
  status: number;
  type: string;
  body: string;
}
/** Undefined: the page, or nothing where there is none. */
export type Serve = (asked: Asked) => Answer | undefined;

export const shell = (title: string, body: string, script = ''): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>body{font:17px/1.5 sans-serif;max-width:700px;margin:40px auto}li{padding:8px 0}.err{color:#b3261e}</style><h1>${title}</h1>${body}<script>${script}</script></html>`;
export const html = (body: string, status = 200): Answer => ({
  status,
  type: 'text/html; charset=utf-8',
  body,
});
export const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});
export const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const FORM =
  '<form id="f"><label>New note <input name="t"></label> <button>Add note</button></form><p id="s" role="status"></p><ul id="list"><li>Bring your own cup</li><li>Doors open at seven</li></ul>';
/** `onAdd(text)` is what the page does with a new note; `add(text)` puts it into the list. */
export const notes = (onAdd: string, before = ''): string =>
  shell(
    'Club notes',
    FORM,
    `const list=document.getElementById('list'),s=document.getElementById('s'),f=document.getElementById('f');const add=(x)=>{const li=document.createElement('li');li.textContent=x;list.append(li);return li;};${before}f.onsubmit=async(e)=>{e.preventDefault();const x=f.t.value.trim();if(!x)return;f.reset();${onAdd}};`,
  );
export const POST = `const r=await fetch('/api/notes',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({text:x})}).catch(()=>({ok:false}));`;
export const LOAD = `fetch('/api/notes').then((r)=>r.json()).then((all)=>all.forEach(add));`;
export const keeper: Serve = ({ method, path, body, state }) => {
  state.notes ??= [];
  if (path !== '/api/notes') return undefined;
  if (method === 'POST') state.notes.push((JSON.parse(body) as { text: string }).text);
  return json(method === 'POST' ? {} : state.notes, method === 'POST' ? 201 : 200);
};
export const forgetful: Serve = ({ method, path }) =>
  path === '/api/notes' ? json(method === 'POST' ? { ok: false } : [], 200) : undefined;

export const ROWS = (button: string): string =>
  `<ul>${['Lighthouse painted white', 'New bench at the beach', 'School wins the regatta'].map((x) => `<li><b>${x}</b> <span>0 likes</span> ${button}</li>`).join('')}</ul>`;
export const liking = (row: string): string =>
  `document.querySelectorAll('li button').forEach((b,i,all)=>{b.onclick=()=>{const at=${row};const li=all[at].parentElement;const n=li.querySelector('span');n.textContent=(parseInt(n.textContent)+1)+' likes';};});`;
const BOATS = ['Albatross, a red dinghy', 'Cormorant, a blue kayak', 'Kittiwake, a white sloop'];
export const boats = (script: string): string =>
  shell(
    'Boat shed',
    `<p><input type="search" id="q" aria-label="Search boats"></p><ul id="list">${BOATS.map((x) => `<li>${x}</li>`).join('')}</ul><p id="none" hidden>Nothing to see.</p>`,
    `const q=document.getElementById('q'),items=[...document.querySelectorAll('li')];${script}`,
  );
const nav = (inner: string): string =>
  shell('Rowing club', `<nav><a href="/">Home</a> <a href="/boats">Boats</a></nav>${inner}`);
export const visits =
  (boatsPage: string): Serve =>
  ({ path }) =>
    path === '/'
      ? html(nav('<p>Row with us on Saturdays, all year round.</p>'))
      : path === '/boats'
        ? html(nav(boatsPage))
        : undefined;
export const loan = (result: string, extra = ''): string =>
  shell(
    'Loan calculator',
    `<form id="f"><p><label>Amount <input name="amount" type="number"></label></p><p><label>Years <input name="years" type="number"></label></p><button>Calculate</button></form><p>Monthly payment: <b id="r">–</b></p>${extra}`,
    `const f=document.getElementById('f'),r=document.getElementById('r');f.onsubmit=(e)=>{e.preventDefault();const a=Number(f.amount.value),y=Number(f.years.value);${result}};`,
  );
const LOGIN = shell(
  'Vault',
  '<p>Demo: username: demo, password: blue-anchor-9</p><form method="post" action="/login"><p><label>Username <input name="u"></label></p><p><label>Password <input name="p" type="password"></label></p><button>Sign in</button></form>',
);
export const login =
  (inside: string): Serve =>
  ({ method, path }) =>
    path === '/login' && method === 'POST' ? html(inside) : html(LOGIN);
export const filters = (script: string): string =>
  shell(
    'Recipes',
    `<div><button aria-pressed="true">All</button> <button aria-pressed="false">Soup</button></div><ul>${['Tomato soup', 'Apple pie', 'Fish soup', 'Green salad'].map((x) => `<li>${x}</li>`).join('')}</ul>`,
    `const [all,soup]=document.querySelectorAll('button');${script}`,
  );
export const tasks = (onChange: string, before = ''): string =>
  shell(
    'Tasks',
    '<ul><li><label><input type="checkbox"> Water the garden</label></li><li><label><input type="checkbox"> Call the harbour</label></li></ul>',
    `const boxes=[...document.querySelectorAll('input')];${before}boxes.forEach((b,i)=>{b.onchange=async()=>{${onChange}};});`,
  );
export const profile = (save: string, load = ''): string =>
  shell(
    'Profile settings',
    '<form id="f"><label>Display name <input name="n" value="Nora Holm"></label> <button>Save</button></form><p>Signed as <b id="shown">Nora Holm</b></p><p id="s" role="status"></p>',
    `const f=document.getElementById('f'),s=document.getElementById('s'),shown=document.getElementById('shown');${load}f.onsubmit=async(e)=>{e.preventDefault();const x=f.n.value;${save}};`,
  );
export const jobs = (text: string): string =>
  shell(
    'Harbour jobs',
    '<p>Apply for the job of a ferry pilot.</p><form id="f"><label>Your name <input name="t" required></label> <button>Submit application</button></form><p id="s" role="status"></p>',
    `const f=document.getElementById('f'),s=document.getElementById('s');f.onsubmit=async(e)=>{e.preventDefault();const x=f.t.value;${text}};`,
  );
export const SAY_THANKS = `s.textContent='Thank you, '+x+'! Your application was submitted.';`;
