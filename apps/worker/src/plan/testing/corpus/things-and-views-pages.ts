import { shell } from './parts';

/* More pages of apps whose controls do something else than they say. */

const $ = `const $=(s)=>document.querySelector(s),$$=(s)=>[...document.querySelectorAll(s)];const toast=(t)=>{const d=document.createElement('div');d.setAttribute('role','status');d.textContent=t;d.style='position:fixed;right:20px;bottom:20px;background:#222;color:#fff;padding:12px 18px';document.body.append(d);setTimeout(()=>d.remove(),4000);};`;
const page = (title: string, body: string, script: string): string => shell(title, body, $ + script);
const CREW = ['Ada Berg', 'Bo Dahl', 'Cy Ek'];

/** `from`: where the rows of the page that is shown begin; of three a page. */
export const pages = (from: string): string =>
  page(
    'Member list',
    '<ul id="l"></ul><nav aria-label="Pages"><button>1</button> <button>2</button> <button>3</button></nav>',
    `const all='Ada Berg,Bo Dahl,Cy Ek,Di Falk,Ed Grau,Flo Holm,Gil Ito,Ian Jung,Kai Lund'.split(',');const draw=(at)=>{$('#l').innerHTML=all.slice(${from},(${from})+3).map((n)=>'<li>'+n+'</li>').join('');$$('nav button').forEach((b,i)=>b.toggleAttribute('aria-current',i===at));};$$('nav button').forEach((b,i)=>(b.onclick=()=>draw(i)));draw(0);`,
  );
/** `order(x, y)` of rows `{name, fee}` for the header of the fees. */
export const fees = (order: string): string =>
  page(
    'Mooring fees',
    '<table><thead><tr><th><button id="a">Boat</button></th><th><button id="f">Price</button></th></tr></thead><tbody id="b"></tbody></table>',
    `let rows=[{name:'Kittiwake',fee:85},{name:'Albatross',fee:40},{name:'Puffin',fee:120},{name:'Gannet',fee:12}];const draw=()=>{$('#b').innerHTML=rows.map((r)=>'<tr><td>'+r.name+'</td><td>'+r.fee+' €</td></tr>').join('');};draw();$('#a').onclick=()=>{rows.sort((x,y)=>x.name<y.name?-1:1);draw();$('#a').textContent='Boat ▲';};$('#f').onclick=()=>{rows.sort((x,y)=>${order});draw();$('#f').textContent='Price ▲';};`,
  );
export const bank = (to: string): string =>
  page(
    'Crew purse',
    `<p>Balance: <b id="n">200</b> €</p><form id="f"><label>To <select name="to">${CREW.map((one) => `<option>${one}</option>`).join('')}</select></label> <label>Amount <input name="a" type="number"></label> <button>Transfer</button></form><h2>Transfers</h2><ul id="l"><li>Cy Ek — 10 €</li></ul>`,
    `const crew=${JSON.stringify(CREW)};$('#f').onsubmit=(e)=>{e.preventDefault();const i=crew.indexOf($('#f').to.value),a=Number($('#f').a.value);$('#n').textContent=Number($('#n').textContent)-a;const li=document.createElement('li');li.textContent=crew[${to}]+' — '+a+' €';$('#l').prepend(li);$('#f').reset();toast('Transfer done');};`,
  );
export const assign = (whom: string): string =>
  page(
    'Boat yard jobs',
    `<ul>${['Fix the pump', 'Sew the sail', 'Sand the deck'].map((one) => `<li><b>${one}</b> <label>Assignee <select><option>Nobody</option>${CREW.map((name) => `<option>${name}</option>`).join('')}</select></label> <span class="who">unassigned</span></li>`).join('')}</ul>`,
    `$$('select').forEach((s,i)=>{s.onchange=()=>{const at=s.selectedIndex;$$('.who')[i].textContent='assigned to '+s.options[${whom}].text;};});`,
  );
/** `done(all, i, x)`: what the new name does to the list of names. */
export const names = (done: string): string =>
  page(
    'Charts of the bay',
    '<ul id="l"></ul>',
    `const all=['Draft','North bay','Old pier'];const draw=()=>{$('#l').innerHTML=all.map((x)=>'<li><span>'+x+'</span> <button>Rename</button></li>').join('');$$('#l button').forEach((b,i)=>{b.onclick=()=>{const li=b.parentElement;li.innerHTML='<input aria-label="Name"> <button>Save</button>';const f=li.querySelector('input');f.value=all[i];f.focus();const save=()=>{const x=f.value;${done};draw();};li.querySelector('button').onclick=save;f.onkeydown=(e)=>{if(e.key==='Enter')save();};};});};draw();`,
  );
export const chores = (onChange: string): string =>
  page(
    'Chores',
    `<ul>${['Water the garden', 'Call the harbour', 'Feed the cat'].map((one) => `<li><label><input type="checkbox"> ${one}</label></li>`).join('')}</ul><p><b id="n">0</b> of 3 done</p>`,
    `const all=$$('input');all.forEach((b,i)=>{b.onchange=()=>{${onChange};$('#n').textContent=all.filter((o)=>o.checked).length;};});`,
  );
export const invitations = (accepted: string): string =>
  page(
    'Invitations',
    `<ul>${['Ada Berg invites you to Rowing', 'Bo Dahl invites you to Chess'].map((one) => `<li><b>${one}</b> <span><button>Accept</button> <button>Decline</button></span></li>`).join('')}</ul>`,
    `$$('li').forEach((li,i)=>{const [a,d]=li.querySelectorAll('button');const end=(j,t)=>{$$('li span')[j].textContent=t;};a.onclick=()=>{${accepted}};d.onclick=()=>end(i,'Declined');});`,
  );
/** `where`: the id of the folder that a letter to be archived is put into: `archive` or `trash`. */
export const letters = (where: string): string =>
  page(
    'Letters',
    `<h2>Inbox</h2><ul id="inbox">${['Weekly report', 'Tide warning', 'Club dinner'].map((one) => `<li><b>${one}</b> <button aria-label="Archive ${one}">Archive</button></li>`).join('')}</ul><h2>Archive</h2><ul id="archive"></ul><h2>Trash</h2><ul id="trash"></ul>`,
    `$$('#inbox button').forEach((b)=>{b.onclick=()=>{const li=b.parentElement;b.remove();$('#${where}').append(li);};});`,
  );
export const zoom = (draw: string): string =>
  page(
    'Chart viewer',
    '<p><button aria-label="Zoom out">−</button> <span id="z">100 %</span> <button id="in" aria-label="Zoom in">+</button></p><svg id="m" width="240" height="140" style="border:1px solid #99a"><circle cx="60" cy="60" r="40" fill="#48a"/><rect x="120" y="30" width="80" height="60" fill="#a84"/></svg>',
    `let z=100;const m=$('#m');const set=(v)=>{z=v;$('#z').textContent=z+' %';${draw}};$('#in').onclick=()=>set(z+25);$('[aria-label="Zoom out"]').onclick=()=>set(z-25);`,
  );
export const coupon = (apply: string): string =>
  page(
    'Ticket checkout',
    '<p>Two tickets to the island</p><form id="f"><label>Coupon code <input name="c"></label> <button>Apply coupon</button></form><p id="s" role="status"></p><p>Total: <b id="t">80.00 €</b></p>',
    `$('#f').onsubmit=(e)=>{e.preventDefault();const c=$('#f').c.value;${apply}$('#s').textContent='Coupon '+c+' applied.';};`,
  );
export const comments = (under: string): string =>
  page(
    'Pier renewal',
    ['Ada: The pier needs paint.', 'Bo: And new lamps.', 'Cy: Also a bench.']
      .map(
        (one) =>
          `<article><p>${one}</p><ul></ul><form><input name="t" placeholder="Reply to this" aria-label="Reply"> <button>Reply</button></form></article>`,
      )
      .join(''),
    `$$('article form').forEach((f,i)=>{f.onsubmit=(e)=>{e.preventDefault();const x=f.t.value;if(!x)return;f.reset();const li=document.createElement('li');li.textContent='You: '+x;$$('article ul')[${under}].append(li);};});`,
  );
export const sidebar = (fold: string): string =>
  page(
    'Log desk',
    '<button id="b" aria-label="Collapse sidebar" aria-expanded="true">«</button><div style="display:flex"><aside id="a" style="width:200px;background:#def"><p>Today</p><p>This week</p><p>All trips</p></aside><main><p>Choose a day to read its log.</p></main></div>',
    `let open=true;$('#b').onclick=()=>{open=!open;$('#b').setAttribute('aria-expanded',String(open));$('#b').setAttribute('aria-label',open?'Collapse sidebar':'Expand sidebar');$('#b').textContent=open?'«':'»';${fold}};`,
  );
export const eye = (show: string): string =>
  page(
    'Harbour wifi',
    '<label>Wifi password <input id="p" type="password" value="salt-and-wind" readonly></label> <button id="b" aria-pressed="false">Show password</button>',
    `let on=false;$('#b').onclick=()=>{on=!on;$('#b').setAttribute('aria-pressed',String(on));$('#b').textContent=on?'Hide password':'Show password';${show}};`,
  );
/** `to`: where the row `i` goes by its button "Move up". */
export const order = (to: string): string =>
  page(
    'Watch order',
    '<ol id="l"></ol>',
    `const all=['Mend the net','Oil the winch','Paint the hull','Coil the ropes'];const draw=()=>{$('#l').innerHTML=all.map((x)=>'<li><span>'+x+'</span> <button aria-label="Move '+x+' up">↑</button> <button aria-label="Move '+x+' down">↓</button></li>').join('');$$('#l li').forEach((li,i)=>{const [u,d]=li.querySelectorAll('button');const go=(k)=>{if(k<0||k>3)return;const [x]=all.splice(i,1);all.splice(k,0,x);draw();};u.onclick=()=>go(${to});d.onclick=()=>go(i+1);});};draw();`,
  );
export const reader = (full: string): string =>
  page(
    'Sea stories',
    '<article id="r"><p>The lamp went out at midnight, and nobody noticed.</p></article><button id="b">Full screen</button>',
    `$('#b').onclick=async()=>{${full};$('#b').textContent='Exit full screen';};`,
  );
/** `row`: the row whose quantity changes by the field of row `i`. */
export const provisions = (row: string): string =>
  page(
    'Provisions',
    `<table><tbody>${[
      ['Flour', 2],
      ['Salt', 3],
      ['Tea', 5],
    ]
      .map(
        ([one, fee]) =>
          `<tr><td>${one}</td><td>${fee} €</td><td><input type="number" min="0" value="1" aria-label="Quantity of ${one}"></td><td class="t">${fee} €</td></tr>`,
      )
      .join('')}</tbody></table><p>Total: <b id="n">10 €</b></p>`,
    `const fee=[2,3,5],got=[1,1,1];$$('input').forEach((f,i)=>{f.onchange=()=>{got[${row}]=Number(f.value);$$('input').forEach((o,j)=>(o.value=got[j]));$$('.t').forEach((t,j)=>(t.textContent=got[j]*fee[j]+' €'));$('#n').textContent=got.reduce((a,g,j)=>a+g*fee[j],0)+' €';};});`,
  );
