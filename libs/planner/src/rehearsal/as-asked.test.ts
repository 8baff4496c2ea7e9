import { describe, expect, it } from '@jest/globals';
import type { Asked, PageSnapshot } from '@showrunner/contracts';
import { boardPage } from '../testing/board-page';
import { page } from '../testing/outline';
import { unlikeAsked } from './as-asked';

const list = (...entries: string[]): PageSnapshot =>
  page('/', `list ""\n${entries.map((one) => `  listitem ""\n    text "${one}"`).join('\n')}`);
const said = (asks: Asked, before: PageSnapshot, after: PageSnapshot): string | undefined =>
  unlikeAsked(asks, { start: before, before, after });
const row = (effect: Extract<Asked, { kind: 'row' }>['effect']): Asked => ({
  kind: 'row',
  title: 'Grandma',
  effect,
});
const chats = list('Leila', 'Grandma', 'Marco');

describe('one thing is changed as asked', () => {
  it.each<[string, Asked, PageSnapshot, RegExp | undefined]>([
    ['it has', row('changes'), list('Leila', 'Grandma Muted', 'Marco'), undefined],
    ['another one has', row('changes'), list('Leila Muted', 'Grandma', 'Marco'), /changed about|instead/],
    ['nothing has', row('changes'), chats, /nothing has changed/],
    ['all have', row('changes'), list('Leila Muted', 'Grandma Muted', 'Marco Muted'), /same way/],
    ['it is gone', row('goes'), list('Leila', 'Marco'), undefined],
    ['another one is gone', row('goes'), list('Leila', 'Grandma'), /“Marco” is gone/],
    ['another one is gone, too', row('goes'), list('Leila'), /“Marco” is gone, too/],
    ['it was edited', row('edited'), list('Leila', 'Grandma, revised', 'Marco'), undefined],
    [
      'another one was edited',
      row('edited'),
      list('Leila', 'Grandma', 'Grandma, revised'),
      /“Marco” is gone/,
    ],
    [
      'a copy was edited',
      row('edited'),
      list('Leila', 'Grandma', 'Marco', 'Grandma, revised'),
      /another entry has come/,
    ],
  ])('%s', (_, asks, after, why) => {
    const answer = said(asks, chats, after);
    if (why === undefined) expect(answer).toBeUndefined();
    else expect(answer).toMatch(why);
  });

  it('another one has opened', () => {
    const opened = (name: string): PageSnapshot =>
      page(
        '/',
        `list ""\n  listitem ""\n    text "Grandma"\n  listitem ""\n    text "Leila"\nheading "${name}" level=2`,
      );
    const closed = list('Grandma', 'Leila');
    expect(said(row('opens'), closed, opened('Leila'))).toMatch(/“Leila” has opened/);
    expect(said(row('opens'), closed, opened('Grandma'))).toBeUndefined();
    // In the place of one that was open: only a part of the heading is new text.
    const numbered = (name: string): PageSnapshot =>
      page(
        '/',
        `list ""\n  listitem ""\n    text "Person 003"\n  listitem ""\n    text "Person 004"\nheading "${name}" level=2`,
      );
    const third: Asked = { kind: 'row', title: 'Person 003', effect: 'opens' };
    expect(said(third, numbered('Person 001'), numbered('Person 004'))).toMatch(/“Person 004” has opened/);
    expect(said(third, numbered('Person 001'), numbered('Person 003'))).toBeUndefined();
  });

  it('renamed is what was meant, and nothing is called as before', () => {
    const asks: Asked = { kind: 'renamed', text: 'Shopping', instead: 'Grandma' };
    expect(said(asks, chats, list('Leila', 'Shopping', 'Marco'))).toBeUndefined();
    expect(said(asks, chats, list('Shopping', 'Grandma', 'Marco'))).toMatch(/still called so/);
    expect(said(asks, chats, chats)).toMatch(/not on the page/);
  });
});

describe('an order is the one that was asked for', () => {
  const table = (...rows: [string, string][]): PageSnapshot =>
    page(
      '/',
      `table ""\n  row ""\n    columnheader "Name"\n    columnheader "Price"\n${rows.map(([a, b]) => `  row ""\n    cell "${a}"\n    cell "${b}"`).join('\n')}`,
    );
  const rising = table(['Z', '9'], ['M', '14'], ['A', '22']);
  it.each<[string[], boolean | undefined, boolean]>([
    [['price'], undefined, true],
    [['price'], false, true],
    [['price'], true, false],
    [['name'], true, true],
    [['name'], false, false],
  ])('by %s, falling %s: %s', (by, falling, holds) => {
    const asks: Asked = { kind: 'order', by, ...(falling === undefined ? {} : { falling }) };
    expect(said(asks, rising, rising) === undefined).toBe(holds);
  });
  it('is no order by anything else', () => {
    const other = table(['A', '14'], ['M', '9'], ['Z', '22']);
    expect(said({ kind: 'order', by: ['price'] }, other, other)).toMatch(/do not stand in the order/);
  });
});

it('a sign before the title makes no other row of it', () => {
  const starred = (sign: string): PageSnapshot => list(`${sign} Leila`, `${sign} Grandma`);
  const asks: Asked = { kind: 'row', title: 'Grandma', effect: 'changes' };
  expect(said(asks, starred('☆'), starred('☆'))).toMatch(/nothing has changed/);
});

describe('a value is chosen', () => {
  const asks: Asked = { kind: 'chosen', value: 'German' };
  const shut = (shown: string): PageSnapshot => page('/', `heading "Language" level=1\ngeneric "${shown} ▾"`);
  const open = (shown: string): PageSnapshot =>
    page(
      '/',
      `heading "Language" level=1\ngeneric "${shown} ▾"\ngeneric "English"\ngeneric "German"\ngeneric "French"`,
    );
  const chosen = (after: PageSnapshot): string | undefined =>
    unlikeAsked(asks, { start: shut('English'), before: open('English'), after });

  it('when the page says it, and the list is gone', () => {
    expect(chosen(shut('German'))).toBeUndefined();
    expect(chosen(shut('French'))).toMatch(/does not say “German”/);
    expect(chosen(shut('English'))).toMatch(/does not say “German”/);
    expect(chosen(open('English'))).toMatch(/still open/);
  });
});

describe('a number is what was asked for', () => {
  const asks: Asked = { kind: 'amount', title: 'Blue mug', amount: 2 };
  const basket = (mug: number, cup: number): PageSnapshot =>
    page(
      '/',
      [
        ['Blue mug', mug],
        ['Red cup', cup],
      ]
        .map(
          ([name, n]) =>
            `listitem "${name} − ${n} +"\n  text "${name}"\n  button "−"\n  text "${n}"\n  button "+"`,
        )
        .join('\n'),
    );
  it.each([
    [2, 4, undefined],
    [1, 4, /is 1 afterwards/],
    [3, 4, /is 3 afterwards/],
    [2, 5, /“Red cup” has changed, too/],
  ])('%d and %d', (mug, cup, why) => {
    const answer = said(asks, basket(1, 4), basket(mug, cup));
    if (why === undefined) expect(answer).toBeUndefined();
    else expect(answer).toMatch(why);
  });
});

describe('a card stands in the column that was asked for', () => {
  const board = (todo: string, done: string): PageSnapshot => {
    const made = page(
      '/',
      `region ""\n  heading "Todo" level=2\n  paragraph "${todo}"\nregion ""\n  heading "Done" level=2\n  paragraph "${done}"`,
    );
    for (const one of made.elements)
      one.box = { ...one.box, x: one.name === done || one.name === 'Done' ? 400 : 10 };
    return made;
  };
  const asks: Asked = { kind: 'column', title: 'Fix', heading: 'Done' };
  it.each([
    [board('Write', 'Fix'), true],
    [board('Fix', 'Write'), false],
    [board('Fix', 'Fix'), false],
    [board('Write', 'Other'), false],
  ])('%#', (after, holds) => expect(said(asks, board('Fix', 'Write'), after) === undefined).toBe(holds));

  it('also where the column itself is a box that has the words of all in it', () => {
    const boxed = (cards: Record<string, string>): PageSnapshot => {
      const made = page(
        '/',
        Object.entries(cards)
          .map(([column, card]) => `entry "${column} ${card}"\n  heading "${column}" level=2`)
          .join('\n'),
      );
      made.elements.forEach((one, at) => {
        one.box = { ...one.box, x: 300 * Math.floor(at / 2), width: 250 };
      });
      return made;
    };
    const start = boxed({ Todo: 'Fix', Doing: '', Done: '' });
    expect(said(asks, start, boxed({ Todo: '', Doing: '', Done: 'Fix' }))).toBeUndefined();
    expect(said(asks, start, boxed({ Todo: '', Doing: 'Fix', Done: '' }))).toMatch(/stands in “Doing”/);
  });
});

describe('a card stands in its column, and nothing else has changed', () => {
  const asks: Asked = { kind: 'column', title: 'Fix', heading: 'Done' };
  const cards = (...names: string[]): string => names.map((name) => `generic "${name}" draggable`).join('\n');
  const start = boardPage({ Todo: cards('Fix', 'Pay'), Doing: '', Done: '' });
  it.each<[string, Record<string, string>, RegExp | undefined]>([
    ['it does', { Todo: cards('Pay'), Doing: '', Done: cards('Fix') }, undefined],
    ['in two columns', { Todo: cards('Fix', 'Pay'), Doing: '', Done: cards('Fix') }, /“Todo” and “Done”/],
    ['twice in one', { Todo: cards('Pay'), Doing: '', Done: cards('Fix', 'Fix') }, /twice/],
    ['another one, too', { Todo: '', Doing: '', Done: cards('Fix', 'Pay') }, /“Pay” has been moved, too/],
    ['another one is lost', { Todo: '', Doing: '', Done: cards('Fix') }, /“Pay” is gone/],
    ['nowhere', { Todo: cards('Pay'), Doing: '', Done: '' }, /in no column/],
  ])('%s', (_, columns, why) => {
    const answer = said(asks, start, boardPage(columns));
    if (why === undefined) expect(answer).toBeUndefined();
    else expect(answer).toMatch(why);
  });
});

describe('a moment is the one that was asked for', () => {
  const asks: Asked = { kind: 'moment', day: 18, month: 3, time: '17:00', said: true };
  const start = page('/', 'heading "Bookings" level=1\nlistitem "2 February 2027 at 09:00"');
  it.each<[string, string, RegExp | undefined]>([
    ['named', 'text "18 March 2027 at 17:00"', undefined],
    ['another day', 'text "19 March 2027 at 17:00"', /another day or time/],
    ['another time', 'text "18 March 2027 at 09:00"', /another day or time/],
    ['none', 'text "See you soon"', /does not name/],
    ['chosen', 'button "18 March 17:00" pressed', undefined],
  ])('%s', (_, more, why) => {
    const answer = said(
      asks,
      start,
      page('/', `heading "Bookings" level=1\nlistitem "2 February 2027 at 09:00"\n${more}`),
    );
    if (why === undefined) expect(answer).toBeUndefined();
    else expect(answer).toMatch(why);
  });
});

describe('an entry is made as it was asked for', () => {
  const asks = (others?: string[]): Asked => ({
    kind: 'made',
    title: 'Printer',
    holds: [{ value: 'High', ...(others && { others }) }],
  });
  const start = list('Lamp Low');
  it.each<[string, Asked, PageSnapshot, RegExp | undefined]>([
    ['says it', asks(['Low']), list('Lamp Low', 'Printer High'), undefined],
    ['says another choice', asks(['Low']), list('Lamp Low', 'Printer Low'), /says “Low”, not “High”/],
    ['says nothing of it', asks(['Low']), list('Lamp Low', 'Printer'), undefined],
    [
      'says something else, of choices that are not known',
      asks(),
      list('Lamp Low', 'Printer Low'),
      /does not say/,
    ],
  ])('%s', (_, wanted, after, why) => {
    const answer = said(wanted, start, after);
    if (why === undefined) expect(answer).toBeUndefined();
    else expect(answer).toMatch(why);
  });
  it('says another number', () => {
    const amount: Asked = { kind: 'made', title: 'Train', holds: [{ value: '42', others: [] }] };
    expect(said(amount, start, list('Lamp Low', 'Train €42.00'))).toBeUndefined();
    expect(said(amount, start, list('Lamp Low', 'Train €43'))).toMatch(/says “43”, not “42”/);
    expect(said(amount, start, list('Lamp Low', 'Train'))).toBeUndefined();
  });
  it('what was undone is there again', () => {
    const restored: Asked = { kind: 'restored', title: 'Printer' };
    expect(said(restored, start, list('Lamp', 'Printer'))).toBeUndefined();
    expect(said(restored, start, list('Lamp'))).toMatch(/not there again/);
  });
});

describe('a search finds something', () => {
  const found = (after: PageSnapshot): string | undefined =>
    said({ kind: 'found', text: 'gra' }, chats, after);
  it.each<[string, PageSnapshot, RegExp | undefined]>([
    ['what has the words stays', list('Grandma gra'), undefined],
    ['something stays, as the app takes words', list('Grandma'), undefined],
    ['one alone stays, which is no list', page('/', 'generic "Gra"'), undefined],
    ['nothing stays', page('/', 'list ""'), /nothing is found for “gra”/],
    [
      'the page says so beside another list',
      page('/', 'list ""\n  listitem ""\n    text "Help"\ntext "No results found"'),
      /nothing is found/,
    ],
    [
      'it says so in German',
      page('/', 'list ""\n  listitem ""\n    text "Hilfe"\ntext "Keine Treffer"'),
      /nothing is found/,
    ],
  ])('%s', (_, after, why) => {
    if (why === undefined) expect(found(after)).toBeUndefined();
    else expect(found(after)).toMatch(why);
  });
});
