import { describe, expect, it } from '@jest/globals';
import type { Candidate, PageSnapshot } from '@showrunner/contracts';
import { openersOf, placesOf } from '../explore/openers';
import { followingSteps } from '../following-steps';
import { formsOf } from '../forms';
import { itemsOf } from '../items';
import { PageView } from '../page-view';
import { proposeFeatures } from '../propose';
import { counterEvidence } from '../rehearsal/counter-evidence';
import { countsOneMore } from '../rehearsal/seen-change';
import { fieldKind } from '../sample-values';
import { exploration, loaded, page, placed, revealed } from '../testing/outline';
import { ONLY_CART, TO_ORDER } from './checkout';
import { CHOSEN, NEXT_PAGE } from './wizard';

const proposed = (...pages: Parameters<typeof exploration>[0]): Candidate[] => {
  const { candidates, reserves } = proposeFeatures(exploration(pages), '');
  return [...candidates, ...reserves];
};
const titles = (...pages: Parameters<typeof exploration>[0]): string[] =>
  proposed(...pages).map(({ feature }) => feature.title);
const viewOf = (outline: string): PageView => new PageView(loaded(page('/', outline)));

describe('a bar with a search field and a button that makes something', () => {
  const BAR = `
textbox "Search items" placeholder="Search items" inputType=text
checkbox "Low stock only" checked=false
button "New item"`;
  it('is no form: the button opens what is made', () => {
    const view = viewOf(BAR);
    expect(formsOf(view).map(({ button }) => button?.name)).toEqual([undefined, undefined]);
    expect(openersOf(view, '').map(({ name }) => name)).toContain('New item');
  });
  it('stays a form where what it searches is sent off, or a text is asked for', () => {
    expect(formsOf(viewOf(`${BAR}\nbutton "Search"`))[0]?.button?.name).toBe('Search');
    const asks = formsOf(viewOf('textbox "Task" inputType=text\nbutton "New task"'));
    expect(asks[0]).toMatchObject({ kind: 'create', button: { name: 'New task' } });
  });
});

describe('a dialog of a library', () => {
  it('sends its form by the button below it', () => {
    const opener = { role: 'button', name: 'New item', exact: true };
    const dialog = `
dialog "New item"
  form ""
    textbox "Name" inputType=text
    button "increase number"
    button "decrease number"
  button "Cancel"
  button "Confirm"`;
    const [one] = proposed(loaded(page('/', 'button "New item"')), revealed(page('/', dialog), opener));
    expect(one?.feature.steps.map(({ action }) => ('target' in action ? action.target?.name : ''))).toEqual([
      ...['New item', 'Name', 'Confirm'],
    ]);
  });
});

describe('places and rows in the mark-up of frameworks', () => {
  it('are entries of a menu that stands open, an archive among them', () => {
    const names = ['Dashboard', 'Users', 'Archive', 'Orders'];
    const outline = `menu ""\n${names.map((name) => `  menuitem "${name}"`).join('\n')}`;
    const boxes = Object.fromEntries(
      names.map((name, at): [string, [number, number, number, number]] => [name, [0, 60 + at * 44, 200, 40]]),
    );
    const found = placesOf(new PageView(loaded(placed(outline, boxes))), '');
    expect(found.map(({ name }) => name)).toEqual(names);
    const keys = ['Play', 'Pause', 'Next', 'Stop'];
    const player = `list ""\n${keys.map((name) => `  button "${name}"`).join('\n')}`;
    expect(placesOf(new PageView(loaded(placed(player, boxes))), '')).toEqual([]);
  });
  it('are rows that are pressed as a whole, called what their first part says, whose box selects', () => {
    const row = (from: string, about: string): string =>
      `  button "${from} ${about}" parts="${from}|${about}"\n    checkbox "" checked=false hiddenName\n    button "Star"`;
    const outline = `list ""\n${row('Anna Keller', 'Quarterly report')}\n${row('Ben Ortiz', 'Lunch on Friday')}\n${row('Ela Yilmaz', 'Photos')}`;
    const found = itemsOf(viewOf(outline)).map(({ title }) => title);
    expect(found).toEqual(['Anna Keller', 'Ben Ortiz', 'Ela Yilmaz']);
    expect(titles(loaded(page('/', outline)))).not.toContain('Complete “Anna Keller”');
  });
});

describe('what an entry has of its own', () => {
  const PEOPLE = ['Ada', 'Grace', 'Hedy']
    .map((name) => `listitem ""\n  text "${name} Byron"\n  button "Favorite" pressed=false`)
    .join('\n');
  it('is no filter of the list', () => {
    const outline = `navigation ""\n${PEOPLE.replace(/^/gm, '  ')}`;
    expect(titles(loaded(page('/', outline))).join()).not.toMatch(/Show only favorite/i);
    // A list that a library calls navigation is one of things all the same when each offers several.
    const rich = outline.replace(/ {2}button/g, '  button "More" popup=menu\n    button');
    expect(itemsOf(viewOf(rich)).map(({ title }) => title)).toEqual([
      'Ada Byron',
      'Grace Byron',
      'Hedy Byron',
    ]);
    expect(itemsOf(viewOf('navigation ""\n  listitem ""\n    link "Home" href=/'))).toEqual([]);
  });
  it('does not give its name to a setting beside it', () => {
    const outline = `
entry "" parts="Panels"
  text "Panels 12"
  slider "Panels" value=12 inputType=range
entry "" parts="Reset"
  text "Reset the values"
  checkbox "With battery" checked=false
  button "Reset"`;
    const found = titles(loaded(page('/', outline)));
    expect(found).not.toContain('Complete “Reset”');
    expect(found).toContain('Turn on With battery');
  });
});

describe('a surface that one draws on', () => {
  const PAINT = `
text "Brush"
button "Rectangle"
button "Undo"
heading "Doodle Pad" level=1
canvas "" picture=a1`;
  const paint = (outline: string): PageSnapshot =>
    placed(outline, { '': [16, 60, 1000, 560], Undo: [400, 10, 60, 30] });
  it('gets a stroke, a shape, and a stroke that is taken back', () => {
    const found = proposed(loaded(paint(PAINT)));
    expect(found.map(({ feature }) => feature.title)).toEqual(
      expect.arrayContaining(['Draw on the canvas', 'Draw with “Rectangle”', 'Undo a stroke']),
    );
    const steps = found.find(({ feature }) => feature.title === 'Undo a stroke')?.feature.steps ?? [];
    expect(steps.map(({ success }) => success.kind)).toEqual(['pictureChanged', 'pictureChanged']);
    expect(steps[0]?.action).toMatchObject({ type: 'drag', to: { role: 'heading' } });
  });
  it('is none where nothing speaks of drawing, as with charts', () => {
    const chart = PAINT.replace('Brush', 'Revenue').replace('Doodle Pad', 'Sales');
    expect(titles(loaded(paint(chart))).join()).not.toMatch(/draw|stroke/i);
  });
});

describe('buttons of which one is pressed', () => {
  it('show the page in another way, which has to be seen', () => {
    const outline = ['month', 'week', 'day']
      .map((name) => `  button "${name}" pressed=${String(name === 'month')}`)
      .join('\n');
    const [one] = proposed(loaded(page('/', `group ""\n${outline}`))).filter(({ feature }) =>
      feature.title.startsWith('Switch to week'),
    );
    expect(one?.feature.steps[0]).toMatchObject({ needsEffect: true, success: { state: 'pressed' } });
  });
});

describe('the cart of a shop', () => {
  const SHELF = `
button "Cart, 0 items"
listitem ""
  heading "Linen Shirt" level=3
  button "Add to bag"
listitem ""
  heading "Wool Beanie" level=3
  button "Add to bag"`;
  it('counts one more, and shows what was put into it once it is opened', () => {
    const [cart] = proposed(loaded(page('/', SHELF))).filter(({ feature }) => /cart/.test(feature.title));
    expect(cart?.feature.steps[0]).toMatchObject({ continues: `${TO_ORDER} ${ONLY_CART}` });
    const before = page('/', SHELF);
    const after = page('/', SHELF.replace('0 items', '1 items'));
    expect(countsOneMore(before, after)).toBe(true);
    expect(countsOneMore(before, before)).toBe(false);
    expect(countsOneMore(before, page('/', SHELF.replace('0 items', '7 items')))).toBe(false);
    const [open] = followingSteps(cart?.feature.steps[0]?.continues ?? '', after, before, cart?.about);
    expect(open).toMatchObject({ brings: 'Linen Shirt', action: { target: { name: 'Cart, 1 items' } } });
    if (open === undefined) return;
    const drawer = (thing: string): PageSnapshot => page('/', `${SHELF}\ndialog "Bag"\n  text "${thing} 1"`);
    expect(counterEvidence(open, after, drawer('Linen Shirt'))).toBeUndefined();
    expect(counterEvidence(open, after, drawer('Wool Beanie'))).toMatch(/does not show “Linen Shirt”/);
  });
});

describe('what an intent puts into a cart', () => {
  const shelf = exploration([
    loaded(
      page(
        '/',
        `button "Cart, 0 items"\nlist "Products"\n${['Linen Shirt', 'Wool Beanie']
          .map((one) => `  listitem ""\n    link "${one}" href=/x\n    button "Add to bag"`)
          .join('\n')}`,
      ),
    ),
  ]);
  it.each([
    'Add the Wool Beanie to the bag',
    'Put the Wool Beanie into the cart',
    'Place the Wool Beanie in my basket.',
  ])('is that thing, seen in the cart once it is opened: %s', (intent) => {
    const [first] = proposeFeatures(shelf, intent).candidates;
    expect(first).toMatchObject({ about: 'Wool Beanie' });
    expect(first?.feature.steps[0]).toMatchObject({
      continues: `${TO_ORDER} ${ONLY_CART}`,
      action: { target: { name: 'Add to bag', within: { name: 'Wool Beanie' } } },
    });
  });
  it('is nothing that the shop does not have', () => {
    expect(proposeFeatures(shelf, 'Put the Rain Parka into the cart').candidates).toEqual([]);
  });
});

describe('a form in pages that slide', () => {
  const PANE = `
heading "What is your goal?" level=2
generic "Run a 5k"
generic "Sleep better"
button "Continue" disabled=true`;
  it('has a card chosen before its button can be pressed, and no other one after', () => {
    const [card] = followingSteps(NEXT_PAGE, page('/', PANE), undefined);
    expect(card).toMatchObject({ continues: `${NEXT_PAGE} ${CHOSEN}`, caption: 'Choose “Run a 5k”' });
    const ready = page('/', PANE.replace(' disabled=true', ''));
    const [onward, ...more] = followingSteps(`${NEXT_PAGE} ${CHOSEN}`, ready, undefined);
    expect([onward?.caption, more]).toEqual(['Go to the next step', []]);
  });
});

describe('small things', () => {
  it('are bounds of the machine, which bound no number', () => {
    const outline = 'spinbutton "Quantity" value=6 inputType=number min=0 max=9007199254740991';
    expect(titles(loaded(page('/', outline)))).toContain('Set the quantity to 17');
  });
  it('are steppers that are text fields to the browser', () => {
    const [field] = viewOf('textbox "Guests" value=2 inputType=text').nodes;
    expect(field && fieldKind(field)).toBe('number');
  });
  it('is where a message stands once it was sent', () => {
    const base = 'button "Compose"\nbutton "Sent"';
    const dialog = `${base}\ndialog "New message"\n  textbox "Subject" inputType=text\n  button "Send"`;
    const opener = { role: 'button', name: 'Compose', exact: true };
    const [one] = proposed(loaded(page('/', base)), revealed(page('/', dialog), opener));
    const last = one?.variants.at(-1)?.at(-1);
    expect(last).toMatchObject({ caption: 'Look into “Sent”', success: { kind: 'textVisible' } });
  });
});
