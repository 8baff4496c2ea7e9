import { describe, expect, it } from '@jest/globals';
import { followingSteps } from '../following-steps';
import { PageView } from '../page-view';
import { proposeFeatures } from '../propose';
import { choicesOn } from '../rules/choices';
import { exploration, loaded, page } from '../testing/outline';

const SHUT =
  'heading "Preferences" level=1\ntext "Language"\ngeneric "English ▾"\ntext "City"\ngeneric "London ▾"\nbutton "Save"';
const OPEN = `${SHUT}\ngeneric "English"\ngeneric "German"\ngeneric "French"`;
const stepsFor = (intent: string) =>
  proposeFeatures(exploration([loaded(page('/', SHUT))]), intent).candidates[0]?.feature.steps ?? [];
const openerOf = (intent: string): string | undefined => {
  const action = stepsFor(intent)[0]?.action;
  return action && 'target' in action ? action.target?.name : undefined;
};

describe('a list of choices that is drawn of boxes', () => {
  it.each([
    ['set the language to German', 'English ▾'],
    ['choose Oslo as the city', 'London ▾'],
    ['change the city to Oslo', 'London ▾'],
    ['set the timezone to UTC', undefined],
  ])('is opened by the box behind its label: %s', (intent, opener) => {
    expect(openerOf(intent)).toBe(opener);
  });

  it('gives the choice of the whole name, and nothing when there is none', () => {
    const steps = stepsFor('set the language to German') as { continues?: string }[];
    const note = steps[0]?.continues ?? '';
    const [choice, ...more] = followingSteps(note, page('/', OPEN), page('/', SHUT));
    expect(more).toEqual([]);
    expect(choice).toMatchObject({
      action: { type: 'click', target: { name: 'German' } },
      asks: { kind: 'chosen', value: 'German' },
    });
    const without = OPEN.replace('generic "German"', 'generic "Germanic"');
    expect(followingSteps(note, page('/', without), page('/', SHUT))).toEqual([]);
  });
});

describe('choices in the box that was clicked', () => {
  it('are those inside, not the box that has their words', () => {
    const row = (name: string, more = ''): string => `generic "${name}"\n  generic "⋮"${more}`;
    const before = page('/', `${row('Leila')}\n${row('Grandma')}`);
    const open = page('/', `${row('Leila')}\n${row('Grandma Mute Pin', '\n  entry "Mute"\n  entry "Pin"')}`);
    const view = new PageView({ path: '/', snapshot: open, revealedBy: [] });
    expect(choicesOn(view, before).map(({ name }) => name)).toEqual(['Mute', 'Pin']);
  });

  it('are those that came, where their coming has drawn a box around what was there', () => {
    const before = page('/', 'entry "report.pdf"\nentry "draft.txt"');
    const open = page(
      '/',
      'entry ""\n  entry "report.pdf"\n  entry "draft.txt"\nentry ""\n  generic "Duplicate"\n  generic "Delete"',
    );
    const view = new PageView({ path: '/', snapshot: open, revealedBy: [] });
    expect(choicesOn(view, before).map(({ name }) => name)).toEqual(['Duplicate', 'Delete']);
  });
});

describe('a list of orders that is drawn when its button is pressed', () => {
  const shelf = (button: string, list: string, ...entries: string[]): string =>
    `heading "Shop" level=1\nbutton "${button}" popup=listbox\n${list}list "Products"\n${entries
      .map((one) => `  listitem ""\n    link "${one}" href=/x\n    text "${one.length} €"`)
      .join('\n')}`;
  const names = ['Wool Beanie', 'Tea', 'Lamp'];
  const shut = shelf('Featured', '', ...names);
  const open = shelf(
    'Featured',
    ['Price: Low to High', 'Price: High to Low'].map((one) => `option "${one}"\n`).join(''),
    ...names,
  );
  const chosen = (intent: string) => {
    const { candidates } = proposeFeatures(exploration([loaded(page('/', shut))]), intent);
    const note = (candidates[0]?.feature.steps[0] as { continues?: string } | undefined)?.continues ?? '';
    return followingSteps(note, page('/', open), page('/', shut))[0];
  };
  it('gives the order that is meant, held against the list as it was', () => {
    expect(chosen('Sort by price from low to high')).toMatchObject({
      action: { target: { name: 'Price: Low to High' } },
      asks: { kind: 'order', by: ['price'], falling: false },
      ordered: names,
    });
    expect(chosen('Sort the products by price, highest first')).toMatchObject({
      action: { target: { name: 'Price: High to Low' } },
    });
  });
  it('gives nothing when no order is of that', () => {
    expect(chosen('Sort by colour')).toBeUndefined();
  });
});
