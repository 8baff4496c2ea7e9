import { json } from './parts';
import type { LyingApp } from './lying-pair';
import {
  theme,
  upload,
  settings,
  chart,
  dialog,
  board,
  counter,
  ticking,
  chat,
  accordion,
  contact,
  follow,
  followers,
  stars,
  stepper,
  languages,
  SENT,
} from './state-pages';

/** States that are said and not so, each beside an honest one. */
export const LIES_OF_STATES: Record<string, LyingApp> = {
  'theme-by-attribute-alone': {
    kind: 'theme that is not painted',
    page: theme(''),
    intent: 'Switch to dark mode',
    mustNot: 'any',
  },
  'theme-painted': {
    kind: 'theme that is not painted',
    page: theme(
      `r.classList.toggle('real',!d);document.body.style.background=d?'':'#111';document.body.style.color=d?'':'#eee';`,
    ),
    intent: 'Switch to dark mode',
    must: 'any',
  },
  'upload-ends-without-file': {
    kind: 'upload without file',
    page: upload(`s.textContent='100 %';`),
    intent: 'Upload a file',
    mustNot: 'any',
  },
  'upload-ends-with-file': {
    kind: 'upload without file',
    page: upload(`const li=document.createElement('li');li.textContent=name;list.append(li);`),
    intent: 'Upload a file',
    must: 'any',
  },
  'settings-forgotten': {
    kind: 'saved and gone',
    page: settings(''),
    intent: "Change the city to 'Oslo' and save",
    mustNot: 'any',
  },
  'settings-kept': {
    kind: 'saved and gone',
    page: settings(
      `localStorage.c=f.c.value;`,
      `if(localStorage.c)shown.textContent=f.c.value=localStorage.c;`,
    ),
    intent: "Change the city to 'Oslo' and save",
    must: 'any',
  },
  'chart-of-the-same': {
    kind: 'drawn again',
    page: chart('show(D[2025]);'),
    intent: 'Choose 2024 as the year',
    mustNot: 'any Chart',
  },
  'chart-of-the-year': {
    kind: 'drawn again',
    page: chart('show(D[e.target.value]);'),
    intent: 'Choose 2024 as the year',
    must: 'any',
  },
  'dialog-closes-alone': {
    kind: 'dialog without effect',
    page: dialog(''),
    intent: "Add a contact called 'Cy Ek'",
    mustNot: 'any',
  },
  'dialog-adds': {
    kind: 'dialog without effect',
    page: dialog(`const li=document.createElement('li');li.textContent=x;list.append(li);`),
    intent: "Add a contact called 'Cy Ek'",
    must: 'create',
  },
  'card-snaps-back': {
    kind: 'snaps back',
    page: board('setTimeout(()=>from.append(k),2000);'),
    intent: 'Move Oil the winch to Done',
    mustNot: 'any',
  },
  'card-stays': { kind: 'snaps back', page: board(''), intent: 'Move Oil the winch to Done', must: 'any' },
  'undo-undoes-nothing': {
    kind: 'undo without effect',
    page: counter(''),
    intent: 'Click Add person, then click Undo',
    mustNot: 'any Undo',
  },
  'undo-undoes': {
    kind: 'undo without effect',
    page: counter('n.textContent=before;'),
    intent: 'Click Add person, then click Undo',
    must: 'any',
  },
  'likes-tick-alone': {
    kind: 'ticks by itself',
    page: ticking(700, ''),
    intent: 'Like the photo',
    mustNot: 'any',
  },
  'likes-tick-and-like': {
    kind: 'ticks by itself',
    // Its number stays as it was planned for as long as it takes to press it; one that is faster is refused.
    page: ticking(
      6000,
      `document.getElementById('b').style.background='#c33';document.getElementById('b').setAttribute('aria-pressed','true');`,
    ),
    intent: 'Like the photo',
    must: 'any',
  },
  'chat-of-a-robot': {
    kind: 'robot speaks',
    page: chat(''),
    intent: "Write 'Hello everyone' as a message and click Send",
    mustNot: 'any Send',
  },
  'chat-with-a-robot': {
    kind: 'robot speaks',
    page: chat(`say('You: '+x);`),
    intent: "Write 'Hello captain' as a message and click Send",
    must: 'any',
  },
  'section-was-open': {
    kind: 'open before',
    page: accordion(
      true,
      `const on=b.getAttribute('aria-expanded')==='true';b.setAttribute('aria-expanded',String(!on));p.hidden=on;`,
    ),
    intent: 'Open the section Luggage',
    mustNot: 'open',
  },
  'section-opens': {
    kind: 'open before',
    page: accordion(
      false,
      `const on=b.getAttribute('aria-expanded')==='true';b.setAttribute('aria-expanded',String(!on));p.hidden=on;`,
    ),
    intent: 'Open the section Luggage',
    must: 'any',
  },
  'sent-is-reset': {
    kind: 'reset as sending',
    page: contact('<button type="reset">Send message</button>', ''),
    intent: "Enter 'Ada' as your name, then click Send message",
    mustNot: 'any Send',
  },
  'sent-is-emptied': {
    kind: 'reset as sending',
    page: contact('<button>Send message</button>', 'f.reset();'),
    intent: "Enter 'Ada' as your name, then click Send message",
    mustNot: 'any Send',
  },
  sent: {
    kind: 'reset as sending',
    page: contact('<button>Send message</button>', SENT),
    serve: ({ path }) => (path === '/contact' ? json({}, 201) : undefined),
    intent: "Enter 'Ada' as your name, then click Send message",
    must: 'any Send',
  },
  'follow-taken-back': {
    kind: 'rolled back by the server',
    page: follow(
      `const r=await fetch('/follow',{method:'POST',body:String(i)});if(!r.ok)b.textContent='Follow';`,
    ),
    serve: followers(403),
    afterMs: 2500,
    intent: 'Follow Bo Dahl',
    mustNot: 'any',
  },
  followed: {
    kind: 'rolled back by the server',
    page: follow(
      `const r=await fetch('/follow',{method:'POST',body:String(i)});if(!r.ok)b.textContent='Follow';`,
    ),
    serve: followers(201),
    afterMs: 2500,
    intent: 'Follow Bo Dahl',
    must: 'any',
  },
  'stars-one-less': { kind: 'another value', page: stars('i'), intent: 'Click 4 stars', mustNot: 'any' },
  stars: { kind: 'another value', page: stars('i+1'), intent: 'Click 4 stars', must: 'any' },
  'plus-takes-away': {
    kind: 'another value',
    page: stepper('set(Number(n.textContent)-1);'),
    intent: 'Set adults to 3',
    mustNot: 'any',
  },
  'plus-without-total': {
    kind: 'total not reckoned',
    page: stepper('n.textContent=Number(n.textContent)+1;'),
    intent: 'Set adults to 3',
    mustNot: 'any total',
  },
  'plus-adds': {
    kind: 'another value',
    page: stepper('set(Number(n.textContent)+1);'),
    intent: 'Set adults to 3',
    must: 'any',
  },
  'german-mishap': {
    kind: 'mishap in another language',
    page: languages(
      `['Neue Notiz','Notiz hinzufügen','Hoppla, da ist etwas schiefgegangen. Versuchen Sie es später erneut.','Milch holen']`,
      'de',
    ),
    intent: "Füge eine Notiz 'Brot backen' hinzu",
    mustNot: 'any',
  },
  'german-thanks': {
    kind: 'mishap in another language',
    page: languages(
      `['Neue Notiz','Notiz hinzufügen','Ihre Notiz steht jetzt in der Liste.','Milch holen']`,
      'de',
    ),
    intent: "Füge eine Notiz 'Brot backen' hinzu",
    must: 'create',
  },
  'japanese-mishap': {
    kind: 'mishap in another language',
    page: languages(
      `['新しいメモ','メモを追加','エラーが発生しました。もう一度お試しください。','牛乳を買う']`,
      'ja',
    ),
    intent: 'メモ「パンを焼く」を追加',
    mustNot: 'any',
  },
  'japanese-thanks': {
    kind: 'mishap in another language',
    page: languages(`['新しいメモ','メモを追加','メモを追加しました。','牛乳を買う']`, 'ja'),
    intent: 'メモ「パンを焼く」を追加',
    must: 'create',
  },
  'arabic-mishap': {
    kind: 'mishap in another language',
    page: languages(
      `['ملاحظة جديدة','إضافة ملاحظة','حدث خطأ ما، يرجى المحاولة مرة أخرى.','شراء الحليب']`,
      'ar',
      'rtl',
    ),
    intent: "Add a note called 'خبز الخبز'",
    mustNot: 'any',
  },
  'arabic-thanks': {
    kind: 'mishap in another language',
    page: languages(`['ملاحظة جديدة','إضافة ملاحظة','تمت إضافة الملاحظة.','شراء الحليب']`, 'ar', 'rtl'),
    intent: "Add a note called 'خبز الخبز'",
    must: 'create',
  },
  'spanish-mishap': {
    kind: 'mishap in another language',
    page: languages(
      `['Nueva nota','Añadir nota','Vaya, algo ha ido mal. Inténtalo de nuevo.','Comprar leche']`,
      'es',
    ),
    intent: "Añade una nota 'Hornear pan'",
    mustNot: 'any',
  },
  'spanish-thanks': {
    kind: 'mishap in another language',
    page: languages(`['Nueva nota','Añadir nota','Tu nota ya está en la lista.','Comprar leche']`, 'es'),
    intent: "Añade una nota 'Hornear pan'",
    must: 'create',
  },
};
