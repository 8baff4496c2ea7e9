import { describe, expect, it } from '@jest/globals';
import type { Candidate, PageSnapshot } from '@showrunner/contracts';
import { openersOf } from '../explore/openers';
import { formsOf } from '../forms';
import { itemsOf } from '../items';
import { PageView } from '../page-view';
import { proposeFeatures } from '../propose';
import { rowOf } from '../tell-apart';
import { exploration, loaded, page, placed } from '../testing/outline';

const proposed = (snapshot: PageSnapshot): Candidate[] => {
  const { candidates, reserves } = proposeFeatures(exploration([loaded(snapshot)]), '');
  return [...candidates, ...reserves];
};
const titles = (outline: string): string[] =>
  proposed(page('/', outline)).map(({ feature }) => feature.title);
const viewOf = (outline: string): PageView => new PageView(loaded(page('/', outline)));

describe('a list that years are chosen from', () => {
  const chosen = (options: readonly string[]): string[] =>
    titles(`heading "Report"\ncombobox "Year" value=2026 options="${options.join('|')}"`);
  it('goes to the next one, not to the first of all', () => {
    expect(chosen(['2024', '2025', '2026', '2027'])).toContain('Switch the year to 2027');
    expect(chosen(['2024', '2025', '2026'])).toContain('Switch the year to 2024');
  });
  it('has a next one also where the page tells only its first hundred', () => {
    expect(chosen(Array.from({ length: 100 }, (_, at) => String(1900 + at)))).toContain(
      'Switch the year to 2027',
    );
  });
});

describe('cards that are chosen as a whole', () => {
  const CHATS = placed(
    `
heading "Chats"
generic "JS Jane Smith See you" parts="JS|Jane Smith|See you" clickable
text "Jane Smith"
generic "Tony Stark Tony Stark Engineer" parts="Tony Stark|Engineer" clickable
text "Tony Stark"`,
    {
      'JS Jane Smith See you': [0, 100, 500, 90],
      'Tony Stark Tony Stark Engineer': [0, 200, 500, 90],
    },
  );
  it('are called by their first name, not by letters on a picture or what is said twice', () => {
    expect(proposed(CHATS).map(({ feature }) => feature.title)).toEqual(
      expect.arrayContaining(['Open “Jane Smith”', 'Open “Tony Stark”']),
    );
  });
  it('stand in for each other: the first may be open already', () => {
    const [first, second] = proposed(CHATS).filter(({ variety }) => variety === 'card');
    expect(second?.insteadOf).toBe(first?.feature.id);
  });
});

describe('a board whose columns are boxes', () => {
  const BOARD = placed(
    `
entry "To Do 2" parts="To Do|2"
  generic "Welcome Delete" draggable parts="Welcome"
    heading "Welcome" level=4
  generic "Drag me Delete" draggable parts="Drag me"
    heading "Drag me" level=4
entry "In Progress" parts="In Progress"
entry "Done" parts="Done"`,
    {},
  );
  BOARD.elements.forEach((element, at) => {
    if (element.role !== 'entry') return;
    element.name = element.parts?.join(' ') ?? '';
    element.box = { x: at * 100, y: 80, width: 300, height: 600 };
  });
  it('has a card moved into the next column, though nothing stands in there', () => {
    const move = proposed(BOARD).find(({ feature }) => /^Move/.test(feature.title));
    expect(move?.feature.title).toBe('Move “Welcome” to In Progress');
    expect(move?.feature.steps[0]?.success).toMatchObject({
      kind: 'elementVisible',
      target: { within: { role: 'entry', name: 'In Progress' } },
    });
  });
});

describe('equal fields in columns that count', () => {
  it('are told apart by the name of the column alone, which stays when it counts one more', () => {
    const view = viewOf(`
entry "TODO 0"
  textbox "New task"
entry "DONE 0"
  textbox "New task"`);
    const [first] = view.ofRole('textbox');
    expect(first && rowOf(view, first)).toEqual({ role: 'entry', name: 'TODO' });
  });
});

describe('a form in a card that says what it is for', () => {
  it('makes what the card says, not what the page is headed by', () => {
    expect(
      titles(`
heading "Balance" level=1
entry "" parts="New Transaction|Title|Amount"
  form ""
    textbox "Title" inputType=text
    spinbutton "Amount" inputType=number
    button "Submit"`),
    ).toContain('Add a transaction');
  });
});

describe('a keypad', () => {
  const KEYS = ['7', '+', '5', '='].map((key) => `button "${key}"`).join('\n');
  it('is proven by its result alone where the display shows nothing new for a key', () => {
    const [candidate] = proposed(page('/', `text "0"\n${KEYS}`));
    const [way] = candidate?.variants ?? [];
    expect(way?.map(({ success }) => success.kind)).toEqual(['done', 'done', 'done', 'textVisible']);
  });
  it('has no such way where the result stands on the page already', () => {
    expect(proposed(page('/', `text "12 items"\n${KEYS}`))[0]?.variants).toEqual([]);
  });
});

describe('things of a list', () => {
  it('are called by the field that holds them until it is opened', () => {
    const row = (name: string): string => `
listitem ""
  textbox "" value="${name}" disabled
  button "Edit"`;
    expect(itemsOf(viewOf(`list ""${row('Plan it')}${row('Call her')}`)).map(({ title }) => title)).toEqual([
      'Plan it',
      'Call her',
    ]);
  });
  it('are no bars of buttons', () => {
    const bars = ['Clear|Change colour', 'Undo|Save as PNG'].map(
      (names) =>
        `entry ""\n${names
          .split('|')
          .map((name) => `  button "${name}"`)
          .join('\n')}`,
    );
    expect(itemsOf(viewOf(bars.join('\n')))).toEqual([]);
  });
});

describe('what is opened while exploring', () => {
  it('is also a menu that nothing but its name says to be one', () => {
    expect(openersOf(viewOf('button "Menu"\nbutton "Nothing"'), '').map(({ name }) => name)).toEqual([
      'Menu',
    ]);
  });
});

describe('the picture of a film', () => {
  it('sends no form off, whatever language its name looks like', () => {
    const [form] = formsOf(viewOf('slider "Volume" value=1\nbutton "Winter Meadow Album Poster"'));
    expect(form?.button).toBeUndefined();
  });
});
