import { describe, expect, it } from '@jest/globals';
import { readIntent } from './read-intent';

/** Its parts as `act: object = value`; an act that the lexicon does not know stands in brackets. */
const read = (intent: string): string[] =>
  readIntent(intent).parts.map(({ act, verb, object, value }) =>
    `${act ?? `(${verb})`}: ${object}${value === undefined ? '' : ` = ${value}`}`.trim(),
  );

describe('a request in the words of people who order a film', () => {
  it.each([
    ['Make a 30 second video of adding a task', ['add: a task']],
    ['Create a short film showing how to archive a note', ['(archiv): a note']],
    ['Record a demo where the user filters by Done', ['filter: by Done']],
    [
      'I’d like to see a film where someone adds a comment saying "Looks good" to it',
      ['add: a comment = Looks good'],
    ],
    ['Our customers should see how they can cancel a booking', ['(cancel): a booking']],
    ['A user signs in, adds a card and moves it to Done', ['signIn:', 'add: a card', 'move: it = Done']],
    [
      'We just shipped bulk actions. Please show how to select several invoices',
      ['choose:  = several invoices'],
    ],
    ['30 second teaser: add a recipe, print it', ['add: a recipe', '(print): it']],
    ['Start on the dashboard. End with the summary', ['open: the dashboard', 'show: the summary']],
    ['Film the checkout', ['show: the checkout']],
    ['Demonstrate the search: look for "invoice"', ['search:  = invoice']],
  ])('without what only says that it is one: %s', (intent, parts) => {
    expect(read(intent)).toEqual(parts);
  });

  it.each([
    ['Zeige, wie man eine Aufgabe hinzufügt und sie abhakt', ['add: eine Aufgabe', 'mark: sie']],
    ['Laat zien hoe je een taak toevoegt', ['add: een taak']],
    ['Montre comment ajouter une note et la supprimer', ['add: une note', 'delete: la']],
    ['Muestra cómo añadir un producto al carrito y pagar', ['add: un producto al carrito', '(pagar):']],
    ['Mostra come aggiungere una spesa', ['add: una spesa']],
  ])('in other languages, verbs that stand last too: %s', (intent, parts) => {
    expect(read(intent)).toEqual(parts);
  });

  it.each([
    [
      'Add three tasks: Buy milk, Call mum and Pay rent',
      ['add: a task = Buy milk', 'add: a task = Call mum', 'add: a task = Pay rent'],
    ],
    ['Create a project named Apollo with 3 tasks', ['add: a project = Apollo', 'add: 3 tasks to it']],
    ['Add three tasks', ['add: 3 tasks']],
    [
      'add a list "Ideas" and a card "Dark mode" to it',
      ['add: a list = Ideas', 'add: a card to it = Dark mode'],
    ],
    ['Add the mug to the cart and check out', ['add: the mug to the cart', '(checkout):']],
    ['Check out the pricing page', ['open: the pricing page']],
    ['Switch to dark mode and back to light mode', ['open: dark mode', 'open: light mode']],
    ['Edit the profile: change the bio to "Hello"', ['edit: the bio of the profile = Hello']],
    ['Make "Fix login" urgent', ['mark: "Fix login" as urgent']],
    ['Edit the second task to say "Buy bread"', ['edit: the second task = Buy bread']],
    [
      'Create an invoice for Acme with two line items',
      ['add: an invoice for Acme', 'add: 2 line items to it'],
    ],
    ['Set the alarm for 7:30', ['set: the alarm = 7:30']],
    [
      'Fill in the contact form with name Ada, email ada@x.test and message Hi there',
      ['set: name = Ada', 'set: email = ada@x.test', 'set: message = Hi there'],
    ],
    ['Make Salt Road a favourite', ['(favourit): Salt Road']],
    ['Add the song Open Sea by Vela', ['add: song = Open Sea with artist Vela']],
    ['Write "Hi" in bold', ['add:  = Hi', 'add: it bold']],
    ['Publish it', ['(publish): it']],
    ['「牛乳」というタスクを追加して完了にする', ['add:  = 牛乳', 'mark: 完了にする']],
    ['Make it bold', ['add: it bold']],
    ['Leave a comment on the post: Nice work', ['add: a comment on the post = Nice work']],
  ])('with each thing that is asked for: %s', (intent, parts) => {
    expect(read(intent)).toEqual(parts);
  });

  it.each([
    ['Upload a picture and crop it', ['(upload): a picture', '(): crop it']],
    ['Split the bill between Ana, Ben and Cleo', ['(): Split the bill between Ana, Ben and Cleo']],
    ['Compare the Pro and Team plans', ['(): Compare the Pro and Team plans']],
    ['Add a task called Walk the dog and feed it', ['add: a task = Walk the dog and feed it']],
    ['Release 2.4: new calendar', ['(): Release 2.4: new calendar']],
    ['Make him an admin', ['add: him an admin']],
    ['Add an expense: Lunch, 14.50, category Food', ['add: an expense: Lunch, 14.50, category Food']],
    ['Add Zoe Park, zoe@park.test, as a contact', ['add:  = Zoe Park, zoe@park.test, as a contact']],
    [
      'Add a contact (name: Zoe Park, email: zoe@park.test)',
      ['add: a contact = Zoe Park and email zoe@park.test'],
    ],
    ['Play "Night Drive" and skip ahead 30 seconds', ['(play): "Night Drive"', '(skip): ahead 30 seconds']],
    ['Copy the text from A, paste it into B', ['set: B']],
  ])('taken apart where another thing is done, and only there: %s', (intent, parts) => {
    expect(read(intent)).toEqual(parts);
  });

  it.each([
    ['Post "Hi all" in #general', ['general']],
    ['Follow @dana', ['dana']],
  ])('with names that a sign tells: %s', (intent, names) => {
    expect(readIntent(intent).parts[0]?.names).toEqual(names);
  });

  it('of last week is not the last one', () => {
    expect(readIntent('Show all orders from last week').parts[0]?.ordinal).toBeUndefined();
  });
});
