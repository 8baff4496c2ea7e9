import { shell } from './parts';

/** A small app, what is asked of it, and what of that may be claimed. */
export interface AskedApp {
  page: string;
  intent: string;
  /** Kind of the feature, and words of its title: to be shown by the honest ones, and never by those that lie. */
  must?: string;
  mustNot?: string;
}

/** A board of three columns. `onto`: what moving does to `cards`, given the card `x` and the column `c`; `card`: what a card `k` offers. */
const board = (onto: string, card: string): string =>
  shell(
    'Sprint',
    `<style>#b{display:flex;gap:12px}#b>div{flex:1;min-height:200px;background:#eee}</style><div id="b"></div>`,
    `const cols=['Todo','Doing','Done'];let cards=[['Fix login','Todo'],['Write docs','Todo'],['Pay rent','Doing']].map(([t,c])=>({t,c}));let held;
const b=document.getElementById('b');const move=(x,c)=>{${onto};draw();};
function draw(){b.innerHTML='';cols.forEach((c,at)=>{const d=document.createElement('div');d.innerHTML='<h2>'+c+'</h2>';d.ondragover=(e)=>e.preventDefault();d.ondrop=()=>move(held,c);
cards.filter((x)=>x.c===c).forEach((x)=>{const k=document.createElement('div');k.innerHTML='<span>'+x.t+'</span> ';${card}d.append(k);});b.append(d);});}draw();`,
  );
const DRAGGED = 'k.draggable=true;k.ondragstart=()=>{held=x;};';
const ARROWS = `if(at<2){const r=document.createElement('button');r.textContent='→';r.onclick=()=>move(x,cols[at+1]);k.append(r);}`;

const booking = (change: string): string =>
  shell(
    'Sauna 2027',
    '<form id="f"><label>Date <input type="date" name="d"></label><label>Time <input type="time" name="h"></label><button>Book</button></form><ul id="l"><li>2 February 2027 at 09:00</li></ul>',
    `f.onsubmit=(e)=>{e.preventDefault();const d=new Date(f.d.value+'T00:00');let h=f.h.value;${change};const li=document.createElement('li');li.textContent=d.toLocaleDateString('en-GB',{day:'numeric',month:'long',year:'numeric'})+' at '+h;l.append(li);};`,
  );

const slots = (taken: string): string =>
  shell(
    'Free slots',
    '<table><tbody id="b"></tbody></table>',
    `const s=[['Monday 8 March','09:00'],['Monday 8 March','10:30'],['Tuesday 9 March','10:30']].map(([d,h])=>({d,h}));const b=document.getElementById('b');
function draw(){b.innerHTML='';s.forEach((x,i)=>{const r=b.insertRow();r.innerHTML='<td>'+x.d+'<td>'+x.h+'<td>'+(x.mine?'yours':'<button>Book</button>');const k=r.querySelector('button');if(k)k.onclick=()=>{s[${taken}].mine=true;draw();};});}draw();`,
  );

const desk = (priority: string): string =>
  shell(
    'Tickets',
    '<form id="f"><label>Title <input name="t"></label><label>Priority <select name="p"><option>Low<option>High</select></label><label>Assignee <select name="a"><option>Nobody<option>Ada</select></label><button>Create ticket</button></form><ul id="l"><li>Old one · Low · Nobody</li></ul>',
    `f.onsubmit=(e)=>{e.preventDefault();const li=document.createElement('li');li.textContent=f.t.value+' · '+${priority}+' · '+f.a.value;l.append(li);f.reset();};`,
  );

const undo = (back: string): string =>
  shell(
    'Books',
    '<ul id="l"></ul><div id="u" hidden>Book removed <button>Undo</button></div>',
    `let bs=['Dune','Emma','Ulysses'];let last;const l=document.getElementById('l'),u=document.getElementById('u');
function draw(){l.innerHTML='';bs.forEach((t,i)=>{const li=document.createElement('li');li.innerHTML=t+' <button aria-label="Remove '+t+'">✕</button>';li.querySelector('button').onclick=()=>{last=[t,i];bs.splice(i,1);u.hidden=false;draw();};l.append(li);});}draw();u.querySelector('button').onclick=()=>{${back};u.hidden=true;draw();};`,
  );

const switches = (which: string): string =>
  shell(
    'Team',
    '<table><tbody id="b"></tbody></table>',
    `const ps=[['Ana Lima',1,1],['Bo Chen',0,1]];const b=document.getElementById('b');
function draw(){b.innerHTML='';ps.forEach((p,i)=>{const r=b.insertRow();r.innerHTML='<td>'+p[0]+'<td><div role=switch tabindex=0 aria-label=Billing aria-checked='+!!p[1]+'>B</div><td><div role=switch tabindex=0 aria-label=Reports aria-checked='+!!p[2]+'>R</div>';r.querySelectorAll('[role=switch]').forEach((w,j)=>{w.onclick=()=>{ps[${which}][1+j]^=1;draw();};});});}draw();`,
  );

const slider = (shown: string): string =>
  shell(
    'Radio',
    '<p>Volume <b id="o">4</b></p><div id="v" role="slider" tabindex="0" aria-label="Volume" aria-valuemin="0" aria-valuemax="10" aria-valuenow="4" style="width:200px;height:16px;background:#ccc"></div>',
    `let x=4;const v=document.getElementById('v');v.onkeydown=(e)=>{if(e.key==='ArrowRight')x+=1;if(e.key==='ArrowLeft')x-=1;v.setAttribute('aria-valuenow',${shown});document.getElementById('o').textContent=x;};`,
  );

/** `liked`: which product the heart of the product `i` marks. */
const shop = (liked: string): string =>
  shell(
    'Shop',
    '<input type="search" aria-label="Search products" placeholder="Search"><ul id="l"></ul><div id="d"></div>',
    `const ps=[['Arc lamp',129],['Tea bowl',18],['Paper lamp',64]];const on={};const id=new URLSearchParams(location.search).get('id');const q=document.querySelector('input'),l=document.getElementById('l');
function draw(){l.innerHTML='';ps.forEach((p,i)=>{if(!p[0].toLowerCase().includes(q.value.toLowerCase()))return;const r=document.createElement('li');r.innerHTML='<a href="?id='+i+'">'+p[0]+'</a> '+p[1]+' € <button aria-pressed='+!!on[i]+' aria-label="Favourite '+p[0]+'">♥</button>';r.querySelector('button').onclick=()=>{const at=${liked};on[at]=!on[at];draw();};l.append(r);});}
if(id){q.remove();l.remove();document.getElementById('d').innerHTML='<h2>'+ps[id][0]+'</h2><p>'+ps[id][1]+' €</p>';}else{q.oninput=draw;draw();}`,
  );

/** `gets`: which of the conversations gets what is sent while `at` is open. */
const chats = (gets: string): string =>
  shell(
    'Chats',
    '<div id="l"></div><h2 id="h"></h2><div id="m"></div><input id="f" placeholder="Type a message"> <button id="s" aria-label="Send">➤</button>',
    `const cs=[['Priya Nair','Lunch?'],['Tom Becker','Invoice is out'],['Anna Wolf','At four?']].map(([n,t])=>({n,m:[t]}));let at=0;const q=(i)=>document.getElementById(i);
function draw(){q('l').innerHTML='';cs.forEach((c,i)=>{const d=document.createElement('div');d.style='cursor:pointer;padding:8px';d.innerHTML='<b>'+c.n+'</b><div>'+c.m[c.m.length-1]+'</div>';d.onclick=()=>{at=i;draw();};q('l').append(d);});q('h').textContent=cs[at].n;q('m').innerHTML=cs[at].m.map((t)=>'<p>'+t+'</p>').join('');}
q('s').onclick=()=>{const x=cs[${gets}];if(x&&q('f').value)x.m.push(q('f').value);q('f').value='';draw();};draw();`,
  );

/** `gone`: the message that goes when `m` is archived. */
const inbox = (gone: string): string =>
  shell(
    'Inbox',
    '<ul id="l"></ul>',
    `let ms=[['Ada',1],['Ben',0],['Cy',1],['Di',0]].map(([f,u])=>({f,u}));const l=document.getElementById('l');
function draw(){l.innerHTML='';ms.forEach((m)=>{const li=document.createElement('li');li.innerHTML='<span>'+m.f+'</span> '+(m.u?'<em>Unread</em> ':'')+'<button>Archive</button>';li.querySelector('button').onclick=()=>{const x=${gone};ms=ms.filter((y)=>y!==x);draw();};l.append(li);});}draw();`,
  );

const MOVE = { intent: 'Move Fix login to Done' };
const BOOK = { intent: 'Book 18 March at 17:00' };
const TICKET = { intent: "Create a ticket 'Printer is on fire' with priority High and assignee Ada" };
const WRITE = { intent: "Send 'Running late' to Tom" };
const UNREAD = { intent: 'Archive the unread ones' };
const SLOT = { intent: 'Book the slot on Tuesday at 10:30' };
const UNDO = { intent: 'Remove Emma from the list and then undo it' };
const REPORTS = { intent: 'Turn off reports for Bo Chen' };
const FAVOURITE = {
  intent: 'Mark the cheapest product as a favourite, then search for lamp and open the first result',
};
const VOLUME = { intent: 'set the volume to 7' };

/** What an intent asks for, of honest apps and of those beside them that do something else. */
export const ASKED_APPS: Readonly<Record<string, AskedApp>> = {
  'card-dragged': { ...MOVE, page: board('x.c=c', DRAGGED), must: 'edit Move' },
  'card-by-arrows': { ...MOVE, page: board('x.c=c', ARROWS), must: 'edit Move' },
  'another-card-goes-too': { ...MOVE, page: board('x.c=c;cards[1].c=c', DRAGGED), mustNot: 'edit Move' },
  'card-is-copied': { ...MOVE, page: board('cards.push({t:x.t,c})', DRAGGED), mustNot: 'edit Move' },
  'card-overshoots': {
    ...MOVE,
    page: board("x.c='Done';if(c==='Done')x.c='Todo'", ARROWS),
    mustNot: 'edit Move',
  },
  'moment-booked': { ...BOOK, page: booking(''), must: 'create Book' },
  'moment-a-day-late': { ...BOOK, page: booking('d.setDate(d.getDate()+1)'), mustNot: 'create Book' },
  'moment-an-hour-off': { ...BOOK, page: booking("h='16:00'"), mustNot: 'create Book' },
  'slot-booked': { ...SLOT, page: slots('i'), must: 'edit Book' },
  'another-slot-booked': { ...SLOT, page: slots('(i+1)%3'), mustNot: 'edit Book' },
  'made-with-choices': { ...TICKET, page: desk('f.p.value'), must: 'create ticket' },
  'made-with-another-choice': { ...TICKET, page: desk("'Low'"), mustNot: 'create ticket' },
  undone: { ...UNDO, page: undo('bs.splice(last[1],0,last[0])'), must: 'edit Undo' },
  'not-undone': { ...UNDO, page: undo(''), mustNot: 'edit Undo' },
  'switch-of-the-row': { ...REPORTS, page: switches('i'), must: 'toggle Turn' },
  'switch-of-another-row': { ...REPORTS, page: switches('(i+1)%2'), mustNot: 'toggle Turn' },
  'favourite-before-a-search': { ...FAVOURITE, page: shop('i'), must: 'toggle Tea bowl' },
  'found-after-a-favourite': { ...FAVOURITE, page: shop('i'), must: 'open Arc lamp' },
  'another-favourite': { ...FAVOURITE, page: shop('(i+1)%3'), mustNot: 'toggle Favourite' },
  'written-to-the-one-meant': { ...WRITE, page: chats('at'), must: 'create Write' },
  'written-to-another': { ...WRITE, page: chats('(at+1)%3'), mustNot: 'create Write' },
  'written-to-nobody': { ...WRITE, page: chats('-1'), mustNot: 'create Write' },
  'each-of-a-kind': { ...UNREAD, page: inbox('m'), must: 'toggle Cy' },
  'each-but-another': { ...UNREAD, page: inbox('ms[0]'), mustNot: 'toggle Cy' },
  'slider-moved': { ...VOLUME, page: slider('x'), must: 'edit Volume' },
  'slider-elsewhere': { ...VOLUME, page: slider('10-x'), mustNot: 'edit Volume' },
};
