import { describe, expect, it } from '@jest/globals';
import { readIntent } from './read-intent';
import type { IntentPart } from './read-intent';

/** A part in one line: `act verb? "value" → object #place @column it`. */
function told(part: IntentPart): string {
  const { act, verb, value, bareValue, object, ordinal, column, isPronoun, within, copies } = part;
  return [
    act ?? (verb === '' ? '-' : `*${verb}`),
    value === undefined ? '' : bareValue ? `“${value}”?` : `“${value}”`,
    object === '' ? '' : `→ ${object}`,
    ordinal === undefined ? '' : `#${ordinal}`,
    column === undefined ? '' : `@${column}`,
    isPronoun ? 'it' : '',
    within === undefined ? '' : `in ${within.object}`,
    copies === undefined ? '' : `from ${copies}`,
  ]
    .filter((one) => one !== '')
    .join(' ');
}
const read = (intent: string): string[] => {
  const { parts, avoided } = readIntent(intent);
  return [...parts.map(told), ...avoided.map((part) => `not: ${part.text}`)];
};

const SENTENCES: [string, string[]][] = [
  ['Change the town to Bergen and the plan to Pro', ['edit “Bergen” → the town', 'edit “Pro” → the plan']],
  ['Change the title to Salt and smoke', ['edit “Salt and smoke” → the title']],
  ['Open J. Brook. Then star it', ['open → J. Brook', '*star → it it']],
  ['check out', ['*checkout']],
  ['check out the recipes', ['open → the recipes']],
  ['Change my vote to Blue tea', ['*vot → for Blue tea']],
  ['Assign Fix the pump to Ada', ['set “Ada” → the assignee of Fix the pump']],
  ['Add a plant called Ivy and label it shade', ['add “Ivy” → a plant', '- → label it shade']],
  ['Gib dem Garten drei Sterne', ['set → dem Garten drei Sterne']],
  ['أضف الضيف ليلى', ['add “ليلى” → الضيف']],
  ['أضف الحليب الطازج', ['add “الحليب الطازج”?']],
  ['star the message from Ana', ['*star → the message from Ana']],
  ["Star Ana's message", ["*star → Ana's message"]],
  ['the second row', ['- → the second row #1']],
  ['open the third message', ['open → the third message #2']],
  ['delete the last invoice', ['delete → the last invoice #-1']],
  ['delete the row 3', ['delete → the row 3 #2']],
  ['approve invoice 1002', ['*approv → invoice 1002']],
  ['like the note Order new ropes', ['*lik → the note Order new ropes']],
  ['like a note', ['*lik → a note']],
  ['open the card called "Fix login" in column Doing', ['open → the card called "Fix login" @Doing']],
  ['open the card Fix login in the Doing column', ['open → the card Fix login @Doing']],
  ['mark Buy milk as done', ['mark → Buy milk as done']],
  ['mark the invoice from Acme Ltd as paid', ['mark → the invoice from Acme Ltd as paid']],
  ['complete the task “A and then B; c. d”', ['mark → the task “A and then B; c. d”']],
  ['move the card Fix login to Done', ['move “Done” → the card Fix login']],
  ['rename "Fix login" to "Fix the login page"', ['edit “Fix the login page” → "Fix login"']],
  ['add the Walnut lamp to the cart', ['add → the Walnut lamp to the cart']],
  ['unstar the first one', ['*unstar → the first one #0']],
  ['archive the email about the budget', ['*archiv → the email about the budget']],
  ['add a task called Buy milk', ['add “Buy milk” → a task']],
  ["add a task 'Call Mom'", ['add “Call Mom” → a task']],
  ['add a card "Buy bread"', ['add “Buy bread” → a card']],
  ['Add milk, bread and eggs', ['add “milk”?', 'add “bread”?', 'add “eggs”?']],
  ['add Bread and butter to the list', ['add “Bread and butter”? → the list']],
  ['create a new project named Harbour redesign', ['add “Harbour redesign” → a new project']],
  [
    'add a customer named Ana Maria with email ana@x.org and phone 123',
    ['add “Ana Maria with email ana@x.org and phone 123” → a customer'],
  ],
  ['post a comment saying Nice work', ['add “Nice work” → a comment']],
  ['Show adding an expense of 12 euros', ['add → an expense of 12 euros']],
  ['set the quantity to 3', ['set “3” → the quantity']],
  ['set quantity 3', ['set “3” → quantity']],
  ['change the display name to Ana Maria', ['edit “Ana Maria” → the display name']],
  ['type hello in the search box', ['set “hello” → search box']],
  ['type 12 into the amount field', ['set “12” → amount field']],
  ['enter "Ana" as the name', ['set “Ana” → name']],
  ['fill in the city with Lisbon', ['set “Lisbon” → the city']],
  ['choose Blue as the colour', ['choose “Blue” → colour']],
  ['select "Large" for the size', ['choose “Large” → size']],
  ['pick Germany from the country list', ['choose “Germany” → country list']],
  ['search for lamp', ['search “lamp”?']],
  ['search for "walnut lamp" in the catalogue', ['search “walnut lamp” → in the catalogue']],
  ['find Ana', ['search “Ana”?']],
  ['show search and filter', ['search', 'filter']],
  ['filter by Lighting', ['filter → by Lighting']],
  ['show only completed tasks', ['filter → only completed tasks']],
  ['sort by price', ['sort → price']],
  ['sort the table by date', ['sort → the table by date']],
  ['turn on notifications', ['turnOn → notifications']],
  ['On the settings page, turn on notifications', ['turnOn → notifications On the settings page']],
  ['disable email alerts', ['turnOff → email alerts']],
  ['switch to dark mode', ['open → dark mode']],
  ['click Export', ['press → Export']],
  ['press the Save button', ['press → the Save button']],
  ['go to Settings', ['open → Settings']],
  ['visit the reports page and the team page', ['open → the reports page', 'open → the team page']],
  ['sign in as demo@example.com with password secret', ['signIn → as demo@example.com with password secret']],
  [
    'sign in as demo@example.com with password s3cret!x and add a card',
    ['signIn → as demo@example.com with password s3cret!x', 'add → a card'],
  ],
  ['create an account', ['signUp']],
  ['first add a note, then like it', ['add → a note', '*lik → it it']],
  ['1. Add a task\n2. Complete it\n3. Delete it', ['add → a task', 'mark → it it', 'delete → it it']],
  ['Add a note; like it; delete that one', ['add → a note', '*lik → it it', 'delete → that one it']],
  ['add a task -> complete it -> filter by Done', ['add → a task', 'mark → it it', 'filter → by Done']],
  ['open invoice 1002 and mark it as paid', ['open → invoice 1002', 'mark → it as paid it']],
  ['open the first product; add it to the cart', ['open → the first product #0', 'add → it to the cart it']],
  [
    'Show how a visitor adds a todo to the list and marks it complete',
    ['add → a todo to the list', 'mark → it complete it'],
  ],
  ['Only show how a card is added', ['add']],
  ['only dark mode', ['- → only dark mode']],
  ['Show the dark mode, then search', ['show → the dark mode', 'search']],
  ['Please make a nice demo video of the main features', []],
  ['a 30 second overview for investors', []],
  ['do not delete anything', ['not: delete anything']],
  ['add a card but not a description', ['add → a card', 'not: a description']],
  ['Show everything except the settings', ['not: the settings']],
  ['without signing in, search for lamp', ['search “lamp”?', 'not: signing in']],
  [
    'Füge die Aufgabe „Milch kaufen“ hinzu, dann hake sie ab',
    ['add “Milch kaufen” → die Aufgabe hinzu', 'mark → sie ab it'],
  ],
  ['Suche nach „Lampe“ und öffne den ersten Eintrag', ['search “Lampe”', 'open → den ersten Eintrag #0']],
  ['Lösche die letzte Zeile', ['delete → die letzte Zeile #-1']],
  [
    'Ajoute la tâche « Acheter du lait » puis termine-la',
    ['add “Acheter du lait” → la tâche', 'mark → la it'],
  ],
  ['Ouvre le message de « Ana »', ['open → le message de « Ana »']],
  ['Añade la tarea "Comprar leche" y luego complétala', ['add “Comprar leche” → la tarea', 'mark → la it']],
  ['Busca "lámpara"', ['search “lámpara”']],
  [
    'Aggiungi "Comprare il latte" e poi cancella la prima riga',
    ['add “Comprare il latte”', 'delete → la prima riga #0'],
  ],
  ['Adicione a tarefa "Comprar leite"', ['add “Comprar leite” → a tarefa']],
  ['Voeg "Melk kopen" toe', ['add “Melk kopen” → toe']],
  ['Select nothing and click Submit', ['press → Submit', 'not: Select']],
  [
    'Enter the username "karrie" and the password "AU" into the text fields and press login',
    ['set “karrie” → username', 'set “AU” → password', 'press → login'],
  ],
  [
    'enter username alice and password s3cret, then press Sign in',
    ['set “alice” → username', 'set “s3cret” → password', 'press → Sign in'],
  ],
  ['Enter the password "yA" into both text fields', ['set “yA” → both text fields']],
  ['type the text "hello" into the name field', ['set “hello” → the name field']],
  ['Type "Ana" in all upper case letters in the text input', ['set “ANA” → text input']],
  ['Select 12/02/2016 as the date and hit submit', ['choose “12/02/2016” → date', 'press → submit']],
  ['Choose 5 with the slider', ['choose “5” → slider']],
  ['Close the dialog box by clicking the "x"', ['press → the "x"']],
  ['Switch between the tabs to find and click on the link "nam"', ['press → the link "nam"']],
  ['Navigate through the file tree. Find and click on the folder "Ana"', ['press → the folder "Ana"']],
  [
    'Find the email by Ana and click the star icon to mark it as important',
    ['press → the star icon in the email by Ana'],
  ],
  ['Finde die Nachricht von Ana und klicke auf den Stern', ['press → den Stern in die Nachricht von Ana']],
  ['Busca el correo de Ana y elimina el mensaje', ['delete → el mensaje in el correo de Ana']],
  ['For the user @leo, click on the "Mute" button', ['press → the "Mute" button in the user @leo']],
  ['click "Reply" on the post by Ana', ['press → "Reply" in the post by Ana']],
  ['click "Save" in the settings dialog', ['press → "Save" in the settings dialog']],
  [
    'Copy the text in the textarea below, paste it into the textbox and press Submit',
    ['set → the textbox from the textarea below', 'press → Submit'],
  ],
  ['Drag Ana to the 3rd position', ['move “the 3rd position” → Ana']],
  ['「牛乳を買う」を追加', ['add “牛乳を買う”']],
  ['「牛乳を買う」を追加して、完了にする', ['add “牛乳を買う”', 'mark → 完了にする it']],
  ['「電話する」を固定してください', ['*固定 → 「電話する」を固定してください']],
  ['Hake „Oma anrufen“ ab und lösche dann „Keller“', ['mark → „Oma anrufen“ ab', 'delete → „Keller“']],
  ['Suche nach „Steuer“ und hefte die Aufgabe an', ['search “Steuer”', '*anheften → die Aufgabe']],
  ['Schalte den Chat mit Oma stumm', ['*stummschalten → den Chat mit Oma']],
  [
    'Añade la tarea «Comprar pan» y márcala como hecha',
    ['add “Comprar pan” → la tarea', 'mark → la como hecha it'],
  ],
  ['Ajoute une note « Piscine » puis épingle-la', ['add “Piscine” → une note', '*épingl → la it']],
  [
    'Adicione a tarefa "Comprar leite" e marque-a como concluída',
    ['add “Comprar leite” → a tarefa', 'mark → a como concluída it'],
  ],
  [
    'Aggiungi «Burro» alla lista e segnalo come comprato',
    ['add “Burro” → alla lista', 'mark → lo come comprato it'],
  ],
  ['أضف مهمة «شراء الحليب»', ['add “شراء الحليب” → مهمة']],
  ['احذف المهمة «قراءة الكتاب»', ['delete → المهمة «قراءة الكتاب»']],
  ['ابحث عن «الكتاب» ثم ثبّت المهمة', ['search “الكتاب” → عن', '*ثبّت → المهمة']],
  [
    'Set the timer to 20 minutes and the brightness to 30',
    ['set “20 minutes” → the timer', 'set “30” → the brightness'],
  ],
  ['удали задачу «Хлеб»', ['delete → удали задачу «Хлеб»']],
];

describe('an intent is read', () => {
  it.each(SENTENCES)('%s', (intent, parts) => {
    expect(read(intent)).toEqual(parts);
  });
});

describe('a part that is called by common words is none the less one', () => {
  it.each([
    ['Reserve a tandem, then look at About us', 2],
    ['add a task, then open the features page', 2],
    ['make a short video about the app', 0],
    ['show me how it all works', 0],
  ])('%s', (intent, count) => {
    expect(readIntent(intent).parts).toHaveLength(count);
  });
  it('what something written is about is written', () => {
    expect(readIntent('Save a note about an owl').parts[0]).toMatchObject({ act: 'add', value: 'an owl' });
    expect(readIntent('Save the file').parts[0]?.act).toBeUndefined();
  });
});
