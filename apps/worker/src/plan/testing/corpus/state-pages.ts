import { json, shell } from './parts';
import type { Serve } from './parts';

/* Pages of the apps that lie about how things stand; what a control does is given by each app. */

const TOAST = `const toast=(t)=>{const d=document.createElement('div');d.setAttribute('role','status');d.textContent=t;d.style='position:fixed;right:20px;bottom:20px;background:#222;color:#fff;padding:12px 18px';document.body.append(d);setTimeout(()=>d.remove(),4000);};`;

export const theme = (onClick: string): string =>
  shell(
    'Tide charts',
    '<style>[data-theme=dark].real{background:#111;color:#eee}</style><p>High water came early today.</p><button id="b">Dark mode</button>',
    `const b=document.getElementById('b'),r=document.documentElement;b.onclick=()=>{const d=r.dataset.theme==='dark';r.dataset.theme=d?'light':'dark';b.textContent=d?'Dark mode':'Light mode';${onClick}};`,
  );
export const upload = (onEnd: string): string =>
  shell(
    'Shared files',
    '<label>Choose a file <input type="file" id="f"></label><p><progress id="p" max="100" value="0"></progress> <span id="s"></span></p><h2>Files</h2><ul id="list"><li>tide-table.pdf</li></ul>',
    `const p=document.getElementById('p'),s=document.getElementById('s'),list=document.getElementById('list');document.getElementById('f').onchange=(e)=>{const name=e.target.files[0].name;const t=setInterval(()=>{p.value+=10;s.textContent=p.value+' %';if(p.value>=100){clearInterval(t);${onEnd}}},60);};`,
  );
export const settings = (onSave: string, load = ''): string =>
  shell(
    'Account settings',
    '<form id="f"><p><label>City <input name="c" value="Bergen"></label></p><p><label>Language <select name="g"><option>English</option><option>Norsk</option></select></label></p><button>Save changes</button></form><p>Lives in <b id="shown">Bergen</b></p>',
    `${TOAST}const f=document.getElementById('f'),shown=document.getElementById('shown');${load}f.onsubmit=(e)=>{e.preventDefault();shown.textContent=f.c.value;${onSave}toast('Changes saved');};`,
  );
export const chart = (onChange: string): string =>
  shell(
    'Catch report',
    '<label>Year <select id="y"><option>2025</option><option>2024</option></select></label><svg id="c" width="400" height="160"></svg>',
    `const c=document.getElementById('c');const show=(v)=>{c.innerHTML='';v.forEach((h,i)=>{const r=document.createElementNS('http://www.w3.org/2000/svg','rect');r.setAttribute('x',i*60);r.setAttribute('width',40);r.setAttribute('fill','#37c');c.append(r);const t0=performance.now();const step=(t)=>{const k=Math.min(1,(t-t0)/400);r.setAttribute('height',h*k);r.setAttribute('y',150-h*k);if(k<1)requestAnimationFrame(step);};requestAnimationFrame(step);});};const D={2025:[40,90,60,120,30],2024:[110,30,80,50,100]};show(D[2025]);document.getElementById('y').onchange=(e)=>{${onChange}};`,
  );
export const dialog = (onSave: string): string =>
  shell(
    'Contacts',
    '<button id="o">New contact</button><ul id="list"><li>Ada Berg</li></ul><dialog id="d"><form method="dialog" id="f"><label>Full name <input name="t"></label> <button id="v">Save contact</button></form></dialog>',
    `const d=document.getElementById('d'),f=document.getElementById('f'),list=document.getElementById('list');document.getElementById('o').onclick=()=>d.showModal();f.onsubmit=()=>{const x=f.t.value;f.reset();${onSave}};`,
  );
export const board = (after: string): string =>
  shell(
    'Deck work',
    '<style>#b{display:flex;gap:12px}#b>section{flex:1;min-height:220px;background:#eee;padding:8px}.k{background:#fff;padding:8px;margin:6px 0}</style><div id="b"><section><h2>To do</h2><div class="k" draggable="true">Mend the net</div><div class="k" draggable="true">Oil the winch</div></section><section><h2>Done</h2></section></div>',
    `let held;document.querySelectorAll('.k').forEach((k)=>(k.ondragstart=()=>(held=k)));document.querySelectorAll('section').forEach((c)=>{c.ondragover=(e)=>e.preventDefault();c.ondrop=()=>{const from=held.parentElement,k=held;c.append(k);${after}};});`,
  );
export const counter = (onUndo: string): string =>
  shell(
    'Crew counter',
    '<p>On board: <b id="n">4</b></p><button id="p">Add person</button> <button id="u">Undo</button>',
    `${TOAST}const n=document.getElementById('n');let before=4;document.getElementById('p').onclick=()=>{before=Number(n.textContent);n.textContent=before+1;};document.getElementById('u').onclick=()=>{toast('Undone');${onUndo}};`,
  );
/** A number that goes up by itself, once in so many ms. */
export const ticking = (everyMs: number, onLike: string): string =>
  shell(
    'Harbour photo',
    '<p>A calm morning at the pier.</p><button id="b">Like <span id="n">12</span></button>',
    `const n=document.getElementById('n');setInterval(()=>(n.textContent=Number(n.textContent)+1),${everyMs});document.getElementById('b').onclick=()=>{${onLike}};`,
  );
export const chat = (onSend: string): string =>
  shell(
    'Crew chat',
    '<ul id="list"><li>Bo: Ready to cast off?</li></ul><form id="f"><input name="t" placeholder="Write a message"> <button>Send</button></form>',
    `const list=document.getElementById('list'),f=document.getElementById('f');const say=(x)=>{const li=document.createElement('li');li.textContent=x;list.append(li);};const words=['Ada: Nice point!','Cy: On my way','Bo: The wind is up','Ada: Hello everyone'];setInterval(()=>say(words[Math.floor(Math.random()*4)]),1200+Math.random()*1500);f.onsubmit=(e)=>{e.preventDefault();const x=f.t.value;f.reset();${onSend}};`,
  );
export const accordion = (open: boolean, onClick: string): string =>
  shell(
    'Ferry help',
    ['Tickets', 'Luggage']
      .map(
        (x, i) =>
          `<h2><button aria-expanded="${open && i === 1}">${x}</button></h2><div${open && i === 1 ? '' : ' hidden'}>${i ? 'Two bags are free of charge.' : 'Sold on board, cards are fine.'}</div>`,
      )
      .join(''),
    `document.querySelectorAll('button').forEach((b)=>{const p=b.parentElement.nextElementSibling;b.onclick=()=>{${onClick}};});`,
  );
export const contact = (button: string, onSend: string): string =>
  shell(
    'Contact the harbour',
    `<form id="f"><p><label>Your name <input name="n" required></label></p><p><label>Message <textarea name="m"></textarea></label></p>${button}</form><p id="s" role="status"></p>`,
    `const f=document.getElementById('f'),s=document.getElementById('s');f.onsubmit=async(e)=>{e.preventDefault();${onSend}};`,
  );
export const follow = (after: string): string =>
  shell(
    'Sailors',
    `<ul>${['Ada Berg', 'Bo Dahl', 'Cy Ek'].map((x) => `<li><b>${x}</b> <button>Follow</button></li>`).join('')}</ul>`,
    `const bs=[...document.querySelectorAll('button')];fetch('/followed').then((r)=>r.json()).then((on)=>on.forEach((i)=>(bs[i].textContent='Following')));bs.forEach((b,i)=>(b.onclick=async()=>{b.textContent='Following';${after}}));`,
  );
/** Keeps who is followed where it accepts that. */
export const followers =
  (status: number): Serve =>
  ({ path, body, state }) => {
    state.notes ??= [];
    if (path === '/follow' && status < 300) state.notes.push(body);
    return path === '/follow' ? json({}, status) : path === '/followed' ? json(state.notes) : undefined;
  };
export const stars = (which: string): string =>
  shell(
    'Rate the crossing',
    `<div id="r">${[1, 2, 3, 4, 5].map((n) => `<button aria-label="${n} stars" aria-pressed="false">☆</button>`).join('')}</div><p id="s">Not rated</p>`,
    `const bs=[...document.querySelectorAll('#r button')];bs.forEach((b,i)=>(b.onclick=()=>{const n=${which};bs.forEach((o,at)=>{o.textContent=at<n?'★':'☆';o.setAttribute('aria-pressed',String(at===n-1));});document.getElementById('s').textContent='You gave '+n+' stars';}));`,
  );
export const stepper = (onPlus: string): string =>
  shell(
    'Ticket desk',
    '<p>Adults <button aria-label="Fewer adults">−</button> <b id="n">1</b> <button aria-label="More adults">+</button></p><p>Total: <b id="t">12</b> €</p>',
    `const n=document.getElementById('n'),t=document.getElementById('t'),[m,p]=document.querySelectorAll('button');const set=(x)=>{n.textContent=x;t.textContent=12*x;};m.onclick=()=>set(Number(n.textContent)-1);p.onclick=()=>{${onPlus}};`,
  );
export const languages = (words: string, lang: string, dir = 'ltr'): string =>
  shell(
    'Notes',
    '<form id="f"><label id="w"></label> <button></button></form><p id="s"></p><ul id="list"></ul>',
    `const [label,button,done,first]=${words};document.documentElement.lang='${lang}';document.documentElement.dir='${dir}';const f=document.getElementById('f'),w=document.getElementById('w');w.innerHTML=label+' <input name="t">';f.querySelector('button').textContent=button;const list=document.getElementById('list');const add=(x)=>{const li=document.createElement('li');li.textContent=x;list.append(li);};add(first);f.onsubmit=(e)=>{e.preventDefault();const x=f.t.value;f.reset();add(x);document.getElementById('s').textContent=done;};`,
  );
export const SENT = `await fetch('/contact',{method:'POST',body:new URLSearchParams(new FormData(f))});f.reset();s.textContent='Thank you, your message was sent.';`;
