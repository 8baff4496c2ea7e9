import {
  POST,
  LOAD,
  ROWS,
  SAY_THANKS,
  boats,
  escape,
  filters,
  forgetful,
  html,
  jobs,
  json,
  keeper,
  liking,
  loan,
  login,
  notes,
  profile,
  shell,
  tasks,
  visits,
} from './parts';
import { CONTROLS } from './lying-controls';
import { EFFECTS } from './lying-effects';
import type { Serve } from './parts';

/** The button is the only way. */
const NO_ENTER = `f.onkeydown=(e)=>{if(e.key==='Enter')e.preventDefault();};`;

/**
 * Small apps that lie, each kind beside one that is honest; expect.json says which is which, and what of it may be claimed. An app is one page, a
 * server, or both.
 */
export const APPS: Record<string, { page?: string; serve?: Serve }> = {
  ...CONTROLS,
  ...EFFECTS,
  'no-effect': { page: shell('Island news', ROWS('<button>Like</button>')) },
  'no-effect-honest': { page: shell('Island news', ROWS('<button>Like</button>'), liking('i')) },
  'wrong-row': { page: shell('Island news', ROWS('<button>Like</button>'), liking('(i+1)%all.length')) },
  'row-and-counter-elsewhere': {
    page: shell(
      'Island news',
      `<p>Likes today: <b id="n">0</b></p>${ROWS('<button>Like</button>')}`,
      `let n=0;document.querySelectorAll('li button').forEach((b)=>{b.onclick=()=>{document.getElementById('n').textContent=++n;};});`,
    ),
  },
  'lost-on-reload': { page: notes(`${POST}add(x);`, LOAD), serve: forgetful },
  'kept-on-reload': { page: notes(`${POST}add(x);`, LOAD), serve: keeper },
  'kept-in-the-browser': {
    page: notes(
      `add(x);localStorage.notes=JSON.stringify([...JSON.parse(localStorage.notes??'[]'),x]);`,
      `JSON.parse(localStorage.notes??'[]').forEach(add);`,
    ),
  },
  'put-away-and-never-found': {
    page: notes(
      `add(x);localStorage.note=JSON.stringify([...JSON.parse(localStorage.note??'[]'),x]);`,
      `JSON.parse(localStorage.notes??'[]').forEach(add);`,
    ),
  },
  'client-only': { page: notes('add(x);') },
  'said-saved-and-lost': { page: notes(`add(x);s.textContent='Saved.';`) },
  'stale-list': { page: notes(`s.textContent='“'+x+'” was added.';`) },
  'toast-and-list': { page: notes(`${POST}add(x);s.textContent='“'+x+'” was added.';`, LOAD), serve: keeper },
  'delayed-failure': {
    page: notes(
      `add(x);setTimeout(()=>{const a=document.createElement('p');a.role='alert';a.textContent='The note could not be saved.';document.body.append(a);},1600);`,
    ),
  },
  'delayed-success': {
    page: notes(`const li=add(x+' (sending)');${POST}li.textContent=x;`, LOAD),
    serve: keeper,
  },
  'rolled-back': { page: notes(`const li=add(x);setTimeout(()=>li.remove(),2300);`) },
  'drawn-anew': {
    page: notes(
      `add(x);const all=[...list.children];setTimeout(()=>{list.textContent='';},300);setTimeout(()=>all.forEach((li)=>list.append(li)),600);`,
    ),
  },
  'console-only': { page: notes(`console.log('added',x);`) },
  'other-tab-refuses': {
    page: notes(`window.open('/done?t='+encodeURIComponent(x));`),
    serve: ({ path, url }) =>
      path === '/done'
        ? html(
            shell('Club notes', `<p>Sorry, “${escape(url.searchParams.get('t') ?? '')}” was not added.</p>`),
          )
        : undefined,
  },
  covered: {
    page: notes('add(x);', NO_ENTER).replace(
      '<h1>',
      '<div style="position:fixed;inset:0;background:#fff0"></div><h1>',
    ),
  },
  'veiled-at-first': {
    page: notes(
      'add(x);',
      `const v=document.createElement('div');v.style='position:fixed;inset:0;background:#fff8';document.body.append(v);setTimeout(()=>v.remove(),700);`,
    ),
  },
  disabled: {
    page: notes('add(x);')
      .replace('<button>', '<button disabled>')
      .replace('f.onsubmit', 'f.onkeydown=(e)=>e.key==="Enter"&&e.preventDefault();f.onsubmit'),
  },
  'enabled-by-typing': {
    page: notes(
      'add(x);',
      `const b=f.querySelector('button');b.disabled=true;f.t.oninput=()=>(b.disabled=!f.t.value);`,
    ),
  },
  'flaky-two-of-three': {
    page: notes(`${POST}add(x);`, LOAD),
    serve(request) {
      const { method, path, state } = request;
      if (method !== 'POST' || path !== '/api/notes') return keeper(request);
      state.tries = (state.tries ?? 0) + 1;
      return state.tries % 3 === 1 ? keeper(request) : json({}, 503);
    },
  },
  'fails-once': {
    page: notes(`${POST}if(!r.ok){s.textContent='Could not be saved.';return;}add(x);`, LOAD),
    serve(request) {
      const { method, path, state } = request;
      if (method === 'POST' && path === '/api/notes' && !state.failed) {
        state.failed = true;
        return json({}, 503);
      }
      return keeper(request);
    },
  },
  'error-echo-german': { page: notes(`s.textContent='„'+x+'“ konnte leider nicht gespeichert werden.';`) },
  'error-echo-plain': {
    page: notes(
      `const p=document.createElement('p');p.textContent='No room for “'+x+'”: the limit was reached, so it was not added.';document.body.append(p);`,
    ),
  },
  'message-german': {
    page: notes(`${POST}add(x);s.textContent='„'+x+'“ wurde gespeichert.';`, LOAD),
    serve: keeper,
  },
  'japanese-alert': {
    page: notes(
      `add(x);const p=document.createElement('p');p.role='alert';p.textContent='保存できませんでした。';document.body.append(p);`,
    ),
  },
  'arabic-message': {
    page: notes(
      `add(x);const p=document.createElement('p');p.textContent='فشل حفظ الملاحظة';document.body.append(p);`,
    ),
  },
  'unknown-language-in-red': {
    page: notes(
      `add(x);const p=document.createElement('p');p.className='err';p.textContent='Ni fedrwyd cadw eich nodyn heddiw.';document.body.append(p);`,
    ),
  },
  'thanks-over-500': {
    page: jobs(`await fetch('/api/apply',{method:'POST',body:x}).catch(()=>{});${SAY_THANKS}`),
    serve: ({ path }) => (path === '/api/apply' ? json({}, 500) : undefined),
  },
  'thanks-over-nothing': { page: jobs(SAY_THANKS) },
  'thanks-out-of-reach': {
    page: jobs(
      `await fetch('http://api.example.com/apply',{method:'POST',body:x}).catch(()=>{});${SAY_THANKS}`,
    ),
  },
  'thanks-accepted': {
    page: jobs(`await fetch('/api/apply',{method:'POST',body:x});${SAY_THANKS}`),
    serve: ({ path }) => (path === '/api/apply' ? json({}, 201) : undefined),
  },
  'accepted-beside-analytics': {
    page: jobs(
      `fetch('/analytics/event',{method:'POST',body:'click'});await fetch('/api/apply',{method:'POST',body:x});${SAY_THANKS}`,
    ),
    serve: ({ path }) =>
      path === '/api/apply' ? json({}, 201) : path === '/analytics/event' ? json({}, 404) : undefined,
  },
  'count-without-item': { page: notes(`s.textContent=(list.children.length+1)+' notes';`) },
  'count-and-item': { page: notes(`add(x);s.textContent=list.children.length+' notes';`) },
  'dialog-refuses': { page: notes(`add(x);alert('Sorry, that did not work. Nothing was saved.');`) },
  'dialog-tells': {
    page: notes(
      `add(x);alert('Saved.');localStorage.notes=JSON.stringify([x]);`,
      `JSON.parse(localStorage.notes??'[]').forEach(add);`,
    ),
  },
  'field-refuses': {
    page: notes('add(x);').replace('f.reset();', 'f.t.setAttribute("aria-invalid","true");'),
  },
  'mirrored-typing': {
    page: notes('')
      .replace('<p id="s"', '<p>Preview: <b id="pv"></b></p><p id="s"')
      .replace(
        'f.onsubmit',
        'f.t.oninput=()=>(document.getElementById("pv").textContent=f.t.value);f.onsubmit',
      )
      .replace('f.reset();', ''),
  },
  'preview-and-list': {
    page: notes('add(x);')
      .replace('<p id="s"', '<p>Preview: <b id="pv"></b></p><p id="s"')
      .replace(
        'f.onsubmit',
        'f.t.oninput=()=>(document.getElementById("pv").textContent=f.t.value);f.onsubmit',
      ),
  },
  'suggestion-only': {
    page: notes(
      `s.textContent='';f.t.value='';`,
      `const lb=document.createElement('div');lb.setAttribute('role','listbox');f.append(lb);f.t.oninput=()=>{lb.textContent='';const o=document.createElement('div');o.setAttribute('role','option');o.textContent='Create “'+f.t.value+'”';lb.append(o);};`,
    ).replace('f.reset();', ''),
  },
  'headline-changes': {
    page: shell(
      'Island news',
      `<h2 id="h">Ferry back in service</h2>${ROWS('<button>Like</button>')}`,
      `const hs=['Market moves to Friday','Storm warning lifted','Library opens on Sunday','Ferry back in service'];let at=0;setInterval(()=>(document.getElementById('h').textContent=hs[at++%4]),800);`,
    ),
  },
  'headline-changes-and-like-works': {
    page: shell(
      'Island news',
      `<h2 id="h">Ferry back in service</h2>${ROWS('<button>Like</button>')}`,
      `const hs=['Market moves to Friday','Storm warning lifted','Library opens on Sunday','Ferry back in service'];let at=0;setInterval(()=>(document.getElementById('h').textContent=hs[at++%4]),800);${liking('i')}`,
    ),
  },
  'counter-beside-dead-calculator': {
    page: loan('', '<p>Visitors today: <b id="v">31</b></p>').replace(
      '</script>',
      `let v=31;setInterval(()=>(document.getElementById('v').textContent=++v),400);</script>`,
    ),
  },
  'no-number': { page: loan(`r.textContent=(a/y*Number(undefined)).toFixed(2)+' €';`) },
  'undefined-result': { page: loan(`r.textContent=({})['payment']+' a month';`) },
  'true-number': { page: loan(`r.textContent=(a/(y*12)).toFixed(2)+' €';`) },
  'soft-404': { serve: visits('<h2>Page not found</h2><p>There is nothing at this address.</p>') },
  'soft-404-french': { serve: visits('<h2>Page introuvable</h2>') },
  'error-page': { serve: visits('<h2>Internal Server Error</h2>') },
  'real-page': { serve: visits('<h2>Our boats</h2><ul><li>Single scull</li><li>Double scull</li></ul>') },
  'second-factor': {
    serve: login(
      shell(
        'Check your phone',
        '<p>Enter the six digits that we sent you.</p><form><label>Code <input name="c"></label> <button>Verify</button></form>',
      ),
    ),
  },
  'not-signed-in': {
    serve: login(
      shell('Almost there', '<p>You are not signed in yet: confirm your email address first.</p>'),
    ),
  },
  'signed-in': {
    serve: login(
      shell(
        'Your vault',
        '<p>Three documents</p><ul><li>Will</li><li>Deed</li></ul><button>Sign out</button>',
      ),
    ),
  },
  'search-empties': {
    page: boats(
      `q.oninput=()=>{const on=q.value!=='';document.getElementById('list').hidden=on;document.getElementById('none').hidden=!on;};`,
    ),
  },
  'search-finds': {
    page: boats(
      `q.oninput=()=>items.forEach((li)=>(li.hidden=!li.textContent.toLowerCase().includes(q.value.toLowerCase())));`,
    ),
  },
  'filter-lights-up': {
    page: filters(
      `soup.onclick=()=>{soup.setAttribute('aria-pressed','true');all.setAttribute('aria-pressed','false');};`,
    ),
  },
  'filter-works': {
    page: filters(
      `soup.onclick=()=>{soup.setAttribute('aria-pressed','true');all.setAttribute('aria-pressed','false');document.querySelectorAll('li').forEach((li)=>(li.hidden=!li.textContent.includes('soup')));};`,
    ),
  },
  'toggle-lost': {
    page: tasks(`await fetch('/api/tasks/'+i,{method:'PATCH',body:'{"done":true}'});`),
    serve: ({ path }) => (path.startsWith('/api/tasks') ? json({}) : undefined),
  },
  'toggle-kept': {
    page: tasks(
      `await fetch('/api/tasks/'+i,{method:'PATCH',body:String(b.checked)});`,
      `fetch('/api/tasks').then((r)=>r.json()).then((d)=>boxes.forEach((b,i)=>(b.checked=d[i]===true)));`,
    ),
    serve({ path, body, state, method }) {
      state.done ??= {};
      if (method === 'PATCH') state.done[path.split('/').pop() ?? ''] = body === 'true';
      return path.startsWith('/api/tasks') ? json(state.done) : undefined;
    },
  },
  'toggle-jumps-back': { page: tasks(`setTimeout(()=>(b.checked=false),900);`) },
  'edit-not-saved': { page: profile(`shown.textContent=x;s.textContent='Your changes were saved.';`) },
  'edit-saved': {
    page: profile(
      `shown.textContent=x;s.textContent='Your changes were saved.';localStorage.n=x;`,
      `if(localStorage.n)shown.textContent=f.n.value=localStorage.n;`,
    ),
  },
};
