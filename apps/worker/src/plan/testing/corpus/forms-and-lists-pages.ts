import { json, shell } from './parts';
import type { Serve } from './parts';

/* Pages of apps whose controls do something else than they say; what a control does is given by each app. */

const TOAST = `const toast=(t)=>{const d=document.createElement('div');d.setAttribute('role','status');d.textContent=t;d.style='position:fixed;right:20px;bottom:20px;background:#222;color:#fff;padding:12px 18px';document.body.append(d);setTimeout(()=>d.remove(),4000);};`;
const $ = `const $=(s)=>document.querySelector(s),$$=(s)=>[...document.querySelectorAll(s)];${TOAST}`;
const page = (title: string, body: string, script: string): string => shell(title, body, $ + script);

/** `save()` is what the drawer's button does: `deal` is the one that is open, `stage` what was chosen. */
export const deals = (save: string): string =>
  page(
    'Sales pipeline',
    '<style>#b{display:flex;gap:12px}#b section{flex:1;background:#eef;min-height:180px;padding:8px}.k{background:#fff;padding:8px;margin:6px 0;cursor:pointer}[role=dialog]{position:fixed;right:0;top:0;bottom:0;width:300px;background:#fff;border-left:1px solid #999;padding:16px}</style><div id="b"></div><div id="d" role="dialog" aria-modal="true" aria-label="Edit deal" hidden><h2 id="h"></h2><p><label>Stage <select id="s"><option>Lead</option><option>Proposal</option><option>Won</option></select></label></p><button id="v">Save</button> <button id="x">Cancel</button></div>',
    `const all=[{t:'New contact',c:'Lead'},{t:'Ferry tickets',c:'Lead'},{t:'Harbour lights',c:'Won'}];let deal;const draw=()=>{$('#b').innerHTML=['Lead','Proposal','Won'].map((c)=>'<section><h3>'+c+'</h3>'+all.filter((one)=>one.c===c).map((one)=>'<div class="k" role="button" tabindex="0">'+one.t+'</div>').join('')+'</section>').join('');$$('.k').forEach((k)=>{k.onclick=()=>{deal=all.find((one)=>one.t===k.textContent);$('#h').textContent=deal.t;$('#s').value=deal.c;$('#d').hidden=false;};});};draw();$('#x').onclick=()=>{$('#d').hidden=true;};$('#v').onclick=()=>{const stage=$('#s').value;$('#d').hidden=true;${save};draw();};`,
  );
/** Half a second of silence, made in the page. */
const SILENCE = `const wav=(s)=>{const d=new DataView(new ArrayBuffer(44+s));const w=(at,t)=>[...t].forEach((c,i)=>d.setUint8(at+i,c.charCodeAt(0)));w(0,'RIFF');d.setUint32(4,36+s,true);w(8,'WAVEfmt ');d.setUint32(16,16,true);d.setUint16(20,1,true);d.setUint16(22,1,true);d.setUint32(24,8000,true);d.setUint32(28,8000,true);d.setUint16(32,1,true);d.setUint16(34,8,true);w(36,'data');d.setUint32(40,s,true);for(let i=44;i<44+s;i++)d.setUint8(i,128);return URL.createObjectURL(new Blob([d],{type:'audio/wav'}));};`;
/** `other` is the row that the button of row `i` plays. */
export const songs = (other: string): string =>
  page(
    'Tune shelf',
    `<ul id="l">${['Harbour Song', 'Roads', 'Low Tide'].map((one) => `<li><span>${one}</span> <button aria-label="Play">▶</button></li>`).join('')}</ul><footer>Now playing: <b id="n">nothing</b></footer><audio id="a"></audio>`,
    `${SILENCE}const names=$$('li span').map((s)=>s.textContent);$$('li button').forEach((b,i)=>{b.onclick=()=>{const at=${other};$('#n').textContent=names[at];$$('li').forEach((li,j)=>li.classList.toggle('on',j===at));$('#a').src=wav(160000);$('#a').play();};});`,
  );
export const seats = (other: string): string =>
  page(
    'Island theatre',
    `<style>.s{width:42px;height:34px;margin:3px}.on{background:#284;color:#fff}</style><div id="hall">${['A', 'B'].map((row) => `<div>${[1, 2, 3, 4, 5].map((n) => `<button class="s" aria-label="Seat ${row}${n}" aria-pressed="false">${row}${n}</button>`).join('')}</div>`).join('')}</div><p>Your seats: <b id="y">none</b></p>`,
    `const all=$$('.s');all.forEach((b,i)=>{b.onclick=()=>{const s=all[${other}];const on=s.classList.toggle('on');s.setAttribute('aria-pressed',String(on));$('#y').textContent=$$('.on').map((o)=>o.textContent).join(', ')||'none';};});`,
  );
const DISHES = `<ul>${[
  ['Bean stew', 'Vegetarian'],
  ['Smoked ham', 'Meat'],
  ['Leek tart', 'Vegetarian'],
  ['Lamb roast', 'Meat'],
  ['Herb soup', 'Vegetarian'],
]
  .map(([name, tag]) => `<li><b>${name}</b> <small class="tag">${tag}</small></li>`)
  .join('')}</ul>`;
const DISH = `const name=li.querySelector('b').textContent,tag=li.querySelector('.tag').textContent;`;
/** `keeps`: whether the check box leaves a dish of this `name` and `tag`. */
export const dishes = (keeps: string): string =>
  page(
    'Canteen menu',
    `<p><label><input type="checkbox" id="v"> Vegetarian only</label></p>${DISHES}`,
    `$('#v').onchange=(e)=>{$$('li').forEach((li)=>{${DISH}li.hidden=e.target.checked&&!(${keeps});});};`,
  );
/** `keeps`: whether the button `want` leaves a dish of this `name` and `tag`. */
export const chips = (keeps: string): string =>
  page(
    'Canteen board',
    `<div>${['All', 'Vegetarian', 'Meat'].map((one) => `<button aria-pressed="${one === 'All'}">${one}</button>`).join(' ')}</div>${DISHES}`,
    `$$('button').forEach((b)=>{b.onclick=()=>{const want=b.textContent;$$('button').forEach((o)=>o.setAttribute('aria-pressed',String(o===b)));$$('li').forEach((li)=>{${DISH}li.hidden=want!=='All'&&!(${keeps});});};});`,
  );
/** `lane` is where a card dropped on the lane `at` goes. */
export const lanes = (lane: string): string =>
  page(
    'Deck board',
    '<style>#b{display:flex;gap:12px}#b>section{flex:1;min-height:220px;background:#eee;padding:8px}.k{background:#fff;padding:8px;margin:6px 0}</style><div id="b"><section><h2>Backlog</h2><div class="k" draggable="true">Mend the net</div><div class="k" draggable="true">Oil the winch</div></section><section><h2>Doing</h2></section><section><h2>Review</h2></section></div>',
    `let held;const all=$$('section');$$('.k').forEach((k)=>(k.ondragstart=()=>(held=k)));all.forEach((c,at)=>{c.ondragover=(e)=>e.preventDefault();c.ondrop=()=>all[${lane}].append(held);});`,
  );
export const invite = (copy: string): string =>
  page(
    'Invite the crew',
    '<p>Share this link: <input id="u" readonly value="https://crew.example/join/k3f9" aria-label="Invite link"></p><button id="c">Copy link</button>',
    `$('#c').onclick=async()=>{${copy};toast('Copied to clipboard');};`,
  );
export const ledger = (download: string): string =>
  page(
    'Harbour ledger',
    '<table><thead><tr><th>Boat</th><th>Fee</th></tr></thead><tbody><tr><td>Albatross</td><td>40</td></tr><tr><td>Kittiwake</td><td>25</td></tr></tbody></table><p><button id="e">Export CSV</button></p>',
    `$('#e').onclick=()=>{${download};toast('ledger.csv downloaded');};`,
  );
export const gallery = (layout: string): string =>
  page(
    'Boat pictures',
    `<style>.i{border:1px solid #99a;padding:12px}.grid{display:grid;grid-template-columns:repeat(3,1fr);gap:8px}[aria-pressed=true]{background:#246;color:#fff}</style><p><button id="li" aria-pressed="true">List view</button> <button id="gr" aria-pressed="false">Grid view</button></p><div id="w">${['Albatross', 'Cormorant', 'Kittiwake', 'Gannet', 'Puffin', 'Tern'].map((one) => `<div class="i"><h3>${one}</h3><p>Moored at the pier.</p></div>`).join('')}</div>`,
    `const set=(grid)=>{$('#gr').setAttribute('aria-pressed',String(grid));$('#li').setAttribute('aria-pressed',String(!grid));${layout}};$('#gr').onclick=()=>set(true);$('#li').onclick=()=>set(false);`,
  );
/** `plan` is what the last page tells of the chosen one. */
export const wizard = (plan: string): string =>
  page(
    'Workspace set-up',
    '<div id="w"></div>',
    `const got={};const steps=[()=>'<h2>Step 1 of 2</h2><label>Workspace name <input id="i"></label> <button id="n">Next</button>',()=>'<h2>Step 2 of 2</h2><label>Plan <select id="i"><option>Free</option><option>Team</option><option>Company</option></select></label> <button id="n">Finish</button>',()=>'<h2>All done!</h2><p>Your workspace is ready.</p><dl><dt>Name</dt><dd>'+got[0]+'</dd><dt>Plan</dt><dd>'+${plan}+'</dd></dl>'];let at=0;const draw=()=>{$('#w').innerHTML=steps[at]();const n=$('#n');if(n)n.onclick=()=>{const v=$('#i').value;if(!v)return;got[at]=v;at+=1;draw();};};draw();`,
  );
export const poll = (other: string): string =>
  page(
    'Club poll',
    `<p>When shall we row?</p><ul>${['Monday', 'Tuesday', 'Wednesday'].map((one) => `<li><b>${one}</b> <span>2 votes</span> <button>Vote</button></li>`).join('')}</ul>`,
    `$$('li button').forEach((b,i)=>{b.onclick=()=>{const s=$$('li span')[${other}];s.textContent=(parseInt(s.textContent)+1)+' votes';toast('Thanks for voting!');};});`,
  );
export const tags = (other: string): string =>
  page(
    'Repairs',
    `<ul>${['Mend the net', 'Oil the winch', 'Paint the hull'].map((one) => `<li><b>${one}</b> <span class="tags"></span> <form><input name="t" aria-label="New tag" placeholder="New tag"> <button>Add tag</button></form></li>`).join('')}</ul>`,
    `$$('form').forEach((f,i)=>{f.onsubmit=(e)=>{e.preventDefault();const x=f.t.value.trim();if(!x)return;f.reset();const s=document.createElement('em');s.textContent=' #'+x;$$('.tags')[${other}].append(s);};});`,
  );
export const basket = (other: string): string =>
  page(
    'Your basket',
    `<table><tbody>${['Rope', 'Paddle', 'Life vest'].map((one) => `<tr><td>${one}</td><td><button aria-label="Less">−</button> <span class="q">1</span> <button aria-label="More">+</button></td></tr>`).join('')}</tbody></table><p>Items: <b id="n">3</b></p>`,
    `const set=(i,d)=>{const q=$$('.q')[${other}];q.textContent=Math.max(0,Number(q.textContent)+d);$('#n').textContent=$$('.q').reduce((a,o)=>a+Number(o.textContent),0);};$$('tr').forEach((tr,i)=>{const [l,m]=tr.querySelectorAll('button');l.onclick=()=>set(i,-1);m.onclick=()=>set(i,1);});`,
  );
export const password = page(
  'Account security',
  '<form id="f"><p><label>Current password <input type="password" name="o"></label></p><p><label>New password <input type="password" name="p"></label></p><button>Change password</button></form><p id="s" role="status"></p>',
  `$('#f').onsubmit=async(e)=>{e.preventDefault();await fetch('/password',{method:'POST',body:$('#f').p.value});$('#f').reset();$('#s').textContent='Your password was changed.';};`,
);
export const answering =
  (path: string, status: number): Serve =>
  (asked) =>
    asked.path === path ? json(status < 400 ? { ok: true } : { error: 'no' }, status) : undefined;
export const signature = page(
  'Mail settings',
  '<form id="f"><p><label>Signature <input name="g" value="Kind regards"></label></p><button>Save settings</button></form><p>Mails end with: <b id="w">Kind regards</b></p>',
  `fetch('/settings').then((r)=>r.json()).then((d)=>{if(d.g)$('#w').textContent=$('#f').g.value=d.g;});$('#f').onsubmit=async(e)=>{e.preventDefault();const g=$('#f').g.value;const r=await fetch('/settings',{method:'PUT',body:g});$('#w').textContent=g;toast('Settings saved');};`,
);
export const settingsKeeper =
  (status: number): Serve =>
  ({ method, path, body, state }) => {
    if (path !== '/settings') return undefined;
    if (method !== 'PUT') return json({ g: state.notes?.[0] });
    if (status < 400) state.notes = [body];
    return json({}, status);
  };
export const pins = (after: string): string =>
  page(
    'Island news',
    `<ul>${['Lighthouse painted white', 'New bench at the beach', 'School wins the regatta'].map((one) => `<li><b>${one}</b> <span class="p"></span> <button>Pin</button></li>`).join('')}</ul>`,
    `$$('li').forEach((li,i)=>{const b=li.querySelector('button'),p=li.querySelector('.p');const set=(on)=>{p.textContent=on?'📌 pinned':'';b.textContent=on?'Unpin':'Pin';};b.onclick=()=>{const on=b.textContent==='Pin';set(on);${after}};});`,
  );
export const scrolled = (more: string): string =>
  page(
    'Logbook',
    '<style>li{height:60px}</style><ul id="l"></ul><p id="e">Loading more…</p>',
    `let n=0;const add=()=>{for(let i=0;i<15;i++){const li=document.createElement('li');n+=1;li.textContent='Day '+n+' at sea, wind from the west';$('#l').append(li);}};add();new IntersectionObserver((all)=>{if(all[0].isIntersecting&&n<90)setTimeout(()=>{${more}},200);}).observe($('#e'));`,
  );
export const bins = (restore: string): string =>
  page(
    'Recipe box',
    `<ul id="l"></ul><p id="s" role="status"></p>`,
    `let all=['Apple pie','Tomato soup','Fish stew'];let gone;const draw=()=>{$('#l').innerHTML=all.map((x)=>'<li><span>'+x+'</span> <button aria-label="Remove '+x+'">Remove</button></li>').join('');$$('#l button').forEach((b,i)=>{b.onclick=()=>{gone=[all[i],i];all.splice(i,1);draw();$('#s').innerHTML='Recipe removed. <button id="u">Undo</button>';$('#u').onclick=()=>{${restore};$('#s').textContent='Restored.';draw();};};});};draw();`,
  );
export const finder = (find: string): string =>
  page(
    'Pantry',
    `<form id="f"><input type="search" name="q" aria-label="Search the pantry"> <button>Search</button></form><p id="c"></p><ul id="l">${['Tomato soup', 'Apple rings', 'Fish soup', 'Rye bread', 'Oat cakes'].map((one) => `<li>${one}</li>`).join('')}</ul>`,
    `$('#f').onsubmit=(e)=>{e.preventDefault();const q=$('#f').q.value.toLowerCase();const hit=(li)=>li.textContent.toLowerCase().includes(q);$('#c').textContent=$$('li').filter(hit).length+' results for “'+$('#f').q.value+'”';${find}};`,
  );
export const tongue = (change: string): string =>
  page(
    'Ferry desk',
    '<label>Language <select id="g"><option value="en">English</option><option value="de">Deutsch</option></select></label><h2 id="h">Welcome aboard</h2><p id="p">Buy your ticket before the trip.</p><button id="b">Buy a ticket</button>',
    `const W={en:['Welcome aboard','Buy your ticket before the trip.','Buy a ticket'],de:['Willkommen an Bord','Kaufen Sie Ihr Ticket vor der Fahrt.','Ticket kaufen']};$('#g').onchange=(e)=>{const w=W[e.target.value];${change}};`,
  );
export const files = page(
  'Crew files',
  '<form id="f"><label>Add a file <input type="file" name="x" id="i"></label></form><h2>Files</h2><ul id="l"><li>tide-table.pdf</li></ul>',
  `const add=(x)=>{const li=document.createElement('li');li.textContent=x;$('#l').append(li);};fetch('/files').then((r)=>r.json()).then((all)=>all.forEach(add));$('#i').onchange=async()=>{const x=$('#i').files[0];const r=await fetch('/files?name='+encodeURIComponent(x.name),{method:'POST',body:x});add(x.name);toast(x.name+' uploaded');};`,
);
export const fileKeeper =
  (keeps: boolean): Serve =>
  ({ method, path, url, state }) => {
    if (path !== '/files') return undefined;
    state.notes ??= [];
    if (method !== 'POST') return json(state.notes);
    if (keeps) state.notes.push(url.searchParams.get('name') ?? '');
    return json({ ok: true }, 201);
  };
