import { HandPlanSchema, planFromHand } from '@showrunner/contracts';
import type { Condition, Plan, StepAction } from '@showrunner/contracts';

/** A page that answers each kind of action; `broken` answers none. */
export const everyStepPage = ({ broken = false } = {}): string => `<!doctype html>
<html data-theme="light"><head><title>Every step</title><meta charset="utf-8">
<style>.switch input{opacity:0;width:0;height:0}.slider{display:inline-block;width:40px;height:20px;background:#aaa}
 .loud{text-transform:uppercase} .tip{display:none} .host:hover .tip{display:block}</style></head>
<body><h1>Every step</h1>
<h2>To do</h2><ul id="list"><li><span>Alice</span><span> 30</span> <button>Remove</button></li>
 <li><span>Bob</span> <button>Remove</button></li></ul>
<h2>Done</h2><ul id="done"></ul>
<form id="add"><label>New person <input id="person"></label><button>Add</button></form>
<p><b id="count">2</b> <i>people</i></p>
<label class="switch"><input type="checkbox" id="loud"><span class="slider"></span> Loud</label>
<label>Colour <select id="colour"><option value="r">Red</option><option value="g">Green</option></select></label>
<div contenteditable="true" role="textbox" aria-label="Note" id="note"></div>
<input type="search" placeholder="Search" id="search"><p id="found"></p>
<button id="theme">Dark</button><button id="clear">Clear all</button><button id="menu" aria-expanded="false">Menu</button>
<div class="host" role="button" tabindex="0">Help<div class="tip">It is simple</div></div>
<input type="file" aria-label="Picture" id="file"><p id="name"></p>
<canvas id="chart" width="200" height="100"></canvas><button id="draw">Draw</button>
<div role="tablist"><button role="tab" class="tab">One</button><button role="tab" class="tab">Two</button></div>
<button id="roll">Roll</button><div id="rolled"></div>
<p id="context"></p><a href="#/about">About</a><div style="height:2000px"></div><h2>The end</h2>
<script>
const $=(id)=>document.getElementById(id);const count=()=>$('count').textContent=$('list').children.length;
const add=(name)=>{const li=document.createElement('li');const s=document.createElement('span');s.textContent=name;const b=document.createElement('button');b.textContent='Remove';li.append(s,' ',b);$('list').append(li);count()};
if(!${broken}){
$('add').onsubmit=(e)=>{e.preventDefault();add($('person').value);$('person').value=''};
$('list').onclick=(e)=>{if(e.target.localName==='button'){e.target.closest('li').remove();count()}};
$('list').ondblclick=(e)=>{if(e.target.localName==='span'){$('done').append(e.target.closest('li'))}};
$('loud').onchange=()=>document.querySelector('h1').classList.toggle('loud');
$('search').onkeyup=()=>{$('found').textContent='Found '+[...$('list').children].filter((l)=>l.textContent.includes($('search').value)).length};
$('theme').onclick=()=>document.documentElement.dataset.theme='dark';
$('clear').onclick=()=>{if(confirm('Sure?')){$('list').replaceChildren();count()}};
$('menu').onclick=()=>$('menu').setAttribute('aria-expanded','true');
$('file').onchange=()=>{$('name').textContent='Got '+$('file').files[0].name};
$('draw').onclick=()=>$('chart').getContext('2d').fillRect(20,20,90,50);
document.querySelectorAll('.tab').forEach((t)=>t.onclick=()=>{document.querySelectorAll('.tab').forEach((o)=>o.className='tab');t.className='tab is-active'});
let rolls=0;$('roll').onclick=()=>{$('rolled').innerHTML='<h3>Result</h3><p>Rolled '+(++rolls)+'</p>'};
document.querySelector('h1').oncontextmenu=(e)=>{e.preventDefault();$('context').textContent='A menu'};
document.onkeydown=(e)=>{if(e.key==='k'&&e.ctrlKey){e.preventDefault();$('context').textContent='Palette'}};
}</script></body></html>`;

const target = (role: string, name: string) => ({ role, name });
interface Written {
  action: object;
  success: object;
  dialog?: { accept: boolean };
}
const step = (action: object, success: object, dialog?: Written['dialog']): Written => ({
  action,
  success,
  ...(dialog && { dialog }),
});
const click = (role: string, name: string) => ({ type: 'click', target: target(role, name) });

/** What the page can do, feature by feature, with every kind of action and of success condition. */
const FEATURES: Record<string, Written[]> = {
  'Add a person': [
    step(
      { type: 'type', target: target('textbox', 'New person'), text: "Eve's “test”" },
      { kind: 'value', target: target('textbox', 'New person'), equals: "Eve's “test”" },
    ),
    step(click('button', 'Add'), { kind: 'textVisible', text: "Eve's “test”" }),
  ],
  'Count the people': [
    step(
      { type: 'type', target: target('textbox', 'New person'), text: 'Zoe', submit: true },
      { kind: 'textVisible', text: '4 people' },
    ),
  ],
  'Remove a row': [
    step(
      { type: 'click', target: { ...target('button', 'Remove'), within: target('listitem', 'Alice 30') } },
      { kind: 'textHidden', text: 'Alice', beside: 'Bob' },
    ),
    step(
      { type: 'click', target: { ...target('button', 'Remove'), nth: 1 } },
      { kind: 'count', role: 'listitem', change: 'fewer', equals: 2 },
    ),
  ],
  'Move a person': [
    step(
      { type: 'doubleClick', target: { role: 'generic', name: 'Bob' } },
      {
        kind: 'under',
        target: { role: 'listitem', name: 'Bob', exact: false },
        heading: target('heading', 'Done'),
      },
    ),
    step(click('button', 'Dark'), { kind: 'themeChanged' }),
  ],
  'Set things': [
    step(click('checkbox', 'Loud'), {
      kind: 'state',
      target: target('checkbox', 'Loud'),
      state: 'checked',
      equals: true,
    }),
    step(
      { type: 'select', target: target('combobox', 'Colour'), option: 'Green' },
      { kind: 'value', target: target('combobox', 'Colour'), equals: 'Green' },
    ),
    step(click('button', 'Menu'), {
      kind: 'state',
      target: target('button', 'Menu'),
      state: 'expanded',
      equals: true,
    }),
    step(click('tab', 'Two'), {
      kind: 'state',
      target: target('tab', 'Two'),
      state: 'selected',
      equals: true,
    }),
    step(
      { type: 'upload', target: target('button', 'Picture'), file: 'notes.txt' },
      { kind: 'textVisible', text: 'Got notes.txt' },
    ),
  ],
  'Roll a number': [
    step(click('button', 'Roll'), { kind: 'elementVisible', target: target('heading', 'Result') }),
    step(click('button', 'Roll'), { kind: 'done' }),
    step(click('button', 'Roll'), { kind: 'textChanged' }),
  ],
  'Look around': [
    step(
      { type: 'type', target: target('searchbox', 'Search'), text: 'Zoe' },
      { kind: 'textVisible', text: 'Found 1' },
    ),
    step({ type: 'hover', target: target('button', 'Help') }, { kind: 'textVisible', text: 'It is simple' }),
    step({ type: 'press', key: 'Control+k' }, { kind: 'textVisible', text: 'Palette' }),
    step({ ...click('heading', 'Every step'), button: 'right' }, { kind: 'textVisible', text: 'A menu' }),
    step(click('button', 'Draw'), { kind: 'pictureChanged', target: target('canvas', '') }),
    step(
      { type: 'scroll', target: target('heading', 'The end') },
      { kind: 'inViewport', target: target('heading', 'The end') },
    ),
    step(click('link', 'About'), { kind: 'url', path: '/#/about' }),
    step({ type: 'back' }, { kind: 'url', pattern: '^/$' }),
    step(
      click('button', 'Clear all'),
      { kind: 'elementHidden', target: { role: 'listitem', name: 'Zoe', exact: false } },
      { accept: true },
    ),
    step(
      { type: 'type', target: target('textbox', 'New person'), text: 'Ann', submit: true },
      { kind: 'textOrder', first: 'Ann', then: 'Loud' },
    ),
  ],
};

/** The plan of all that, as if a run had shown it. */
export function everyStepPlan(): Plan {
  const features = Object.entries(FEATURES).map(([title, steps], at) => ({
    id: `f${at}`,
    title,
    startPath: at === 0 ? '/' : null,
    steps: steps.map((one, number) => ({ ...one, caption: `Step ${number + 1} of ${title}` })),
  }));
  return planFromHand(HandPlanSchema.parse({ title: 'Every step', features }), '');
}

export const kindsOf = ({
  features,
}: Plan): { actions: Set<StepAction['type']>; conditions: Set<Condition['kind']> } => {
  const steps = features.flatMap((feature) => feature.steps);
  return {
    actions: new Set(steps.map(({ action }) => action.type)),
    conditions: new Set(steps.map(({ success }) => success.kind)),
  };
};
