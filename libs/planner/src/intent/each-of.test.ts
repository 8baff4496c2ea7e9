import { describe, expect, it } from '@jest/globals';
import { exploration, loaded, page } from '../testing/outline';
import { rulesContext } from '../rules-context';
import { answersOn } from './answers-on';
import { eachOf } from './each-of';
import { readPart } from './read-intent';
import { splitIntent } from './split-intent';

const row = (name: string, state: string, box = ''): string =>
  `  listitem ""\n    strong "${name}"\n    text "${state}"${box}\n    button "Mark as paid"\n    button "Delete"\n    button "Archive"`;
const invoices = page(
  '/',
  `heading "Invoices" level=1\nlist ""\n${row('INV-101', 'Overdue')}\n${row('INV-102', 'Paid')}\n${row('INV-103', 'Overdue')}`,
);
const tasks = page(
  '/',
  `heading "Tasks" level=1\nlist ""\n${['Socks', 'Towel', 'Passport']
    .map(
      (name, at) =>
        `  listitem ""\n    checkbox "${name}" checked=${at === 1}\n    strong "${name}"\n    button "Delete ${name}"`,
    )
    .join('\n')}`,
);
const told = (text: string, on = invoices): unknown => {
  const each = eachOf(readPart(text), rulesContext(exploration([loaded(on)]), text));
  return each === undefined ? undefined : 'texts' in each ? each.texts : each.missing;
};

describe('several things that one part means', () => {
  it.each([
    ['Mark all overdue invoices as paid', ['Mark “INV-101” as paid', 'Mark “INV-103” as paid']],
    ['Delete every paid invoice', ['Delete “INV-102”']],
    ['Archive the overdue ones', ['Archive “INV-101”', 'Archive “INV-103”']],
    ['Delete all invoices except INV-103', ['Delete “INV-101”', 'Delete “INV-102”']],
    ['Delete everything but the paid one', ['Delete “INV-101”', 'Delete “INV-103”']],
    ['Delete INV-101 and INV-103', ['Delete “INV-101”', 'Delete “INV-103”']],
    ['delete both INV-101 and INV-102', ['delete “INV-101”', 'delete “INV-102”']],
    ['Archive all invoices', ['Archive “INV-101”', 'Archive “INV-102”', 'Archive “INV-103”']],
  ])('%s', (text, texts) => {
    expect(told(text)).toEqual(texts);
  });

  it.each([
    ['Tick Socks and Passport', ['Tick “Socks”', 'Tick “Passport”']],
    ['Delete every completed task', ['Delete “Towel”']],
    ['delete the unfinished tasks', ['delete “Socks”', 'delete “Passport”']],
    ['Complete all open tasks', ['Complete “Socks”', 'Complete “Passport”']],
    ['Tick everything except Passport', ['Tick “Socks”']],
  ])('%s', (text, texts) => {
    expect(told(text, tasks)).toEqual(texts);
  });

  it.each([
    ['Delete INV-101 and INV-999', /INV-999/],
    ['Archive the cancelled invoices', /cancelled/],
    ['Delete all invoices except INV-999', /INV-999/],
  ])('%s: nothing is guessed', (text, why) => {
    expect(told(text)).toMatch(why);
    expect(answersOn(invoices, text, text)).toMatchObject({
      candidates: [],
      reason: expect.stringMatching(why),
    });
  });

  it.each([
    'Delete INV-101',
    'Show all invoices',
    'Press the details button',
    'Tick all tasks',
    'Sort all invoices by price',
  ])('%s means one thing, or what there is', (text) => {
    expect(told(text)).toBeUndefined();
  });

  it('what stands as one name in the list is one', () => {
    const shop = page('/', `list ""\n${row('Salt and pepper', 'new')}\n${row('Salt', 'new')}`);
    expect(told('Delete Salt and pepper', shop)).toBeUndefined();
  });
});

it('what is left out of all stays with it; of a tour it is what must not be shown', () => {
  expect(splitIntent('Tick everything except the towel')).toEqual({
    wanted: ['Tick everything except the towel'],
    avoided: [],
  });
  expect(splitIntent('Show everything except the checkout').avoided).toHaveLength(1);
  expect(splitIntent('Add "Hat" and "Gloves"').wanted).toEqual(['Add "Hat"', 'Add "Gloves"']);
});

it('skipping to the next one is asked for, and not left out', () => {
  expect(splitIntent('Play Roads and skip to the next song')).toMatchObject({ avoided: [] });
  expect(splitIntent('Play Roads, skip the settings').avoided).toHaveLength(1);
});

it('what is called by the name of a thing alone does not do what another verb says', () => {
  const songs = page(
    '/',
    `list ""\n${['Yesterday', 'Roads'].map((name) => `  listitem ""\n    strong "${name}"\n    button "Play ${name}"`).join('\n')}`,
  );
  expect(
    answersOn(songs, 'Like Yesterday', '').candidates.filter(({ feature }) => /play/i.test(feature.title)),
  ).toEqual([]);
});

it('boxes that are called so are chosen together, whatever else stands in rows', () => {
  const boxes = page(
    '/',
    'list ""\n  listitem ""\n    checkbox "nb"\n    checkbox "C1"\n  listitem ""\n    strong "VGJ"',
  );
  expect(told('Select nb, C1', boxes)).toBeUndefined();
  const [chosen] = answersOn(boxes, 'Select nb, C1', '').candidates;
  expect(chosen?.feature.steps.map(({ action }) => 'target' in action && action.target?.name)).toEqual([
    'nb',
    'C1',
  ]);
});
