import { describe, expect, it } from '@jest/globals';
import type { Candidate } from '@showrunner/contracts';
import { followingSteps } from '../following-steps';
import { itemsOf } from '../items';
import { learnCondition, rowChange } from '../learn';
import { PageView } from '../page-view';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page, revealed } from '../testing/outline';
import { AFTER_DAY } from './day';

const proposed = (...pages: Parameters<typeof exploration>[0]): Candidate[] => {
  const { candidates, reserves } = proposeFeatures(exploration(pages), '');
  return [...candidates, ...reserves];
};
const captions = (one: Candidate | undefined): string[] | undefined =>
  one?.feature.steps.map(({ caption }) => caption);

const ORDERS = `
heading "Orders" level=1
entry "" parts="#1|Pier Coffee|Paid"
  text "#1 Pier Coffee Paid"
  button "Mark as paid"
entry "" parts="#2|Gull & Sons|Pending"
  text "#2 Gull & Sons Pending"
  button "Mark as paid"`;

describe('rows that are drawn of plain boxes', () => {
  const view = new PageView(loaded(page('/', ORDERS)));
  it('are called what a part of theirs says, and tell their equal controls apart', () => {
    expect(itemsOf(view).map(({ title }) => title)).toEqual(['Pier Coffee', 'Gull & Sons']);
    const [, second] = view.ofRole('button');
    expect(second && view.targetOf(second)).toMatchObject({
      within: { role: 'entry', name: 'Gull & Sons' },
    });
  });
  it('prove what was done to them by what they offer now', () => {
    const within = { role: 'entry', name: 'Gull & Sons' };
    const after = page('/', ORDERS.replace(/Mark as paid"$/, 'Mark as open"'));
    expect(
      rowChange(page('/', ORDERS), after, { role: 'button', name: 'Mark as paid', exact: true, within }),
    ).toEqual({
      kind: 'elementVisible',
      target: { role: 'entry', name: 'Gull & Sons Pending Mark as open', exact: false },
    });
    const starred = page('/', ORDERS.replace(/button "Mark as paid"$/, 'button "★"'));
    expect(
      rowChange(page('/', ORDERS), starred, { role: 'button', name: 'Mark as paid', exact: true, within }),
    ).toBeDefined();
    expect(learnCondition(page('/', ORDERS), page('/', ORDERS), [])).toBeUndefined();
  });
});

describe('a place that the navigation leads to while the address stays', () => {
  const NAV = ['Overview', 'Orders', 'Team'].map((name) => `generic "${name}"`).join('\n');
  const start = loaded(page('/', `${NAV}\nheading "Overview" level=1`));
  const team = { role: 'generic', name: 'Team', exact: true };
  const place = revealed(page('/', `${NAV}\nheading "Team" level=1\nbutton "Shuffle the seats"`), team);
  it('is a page: what it offers is shown, and the way there', () => {
    const found = proposed(start, place);
    expect(found.map(({ feature }) => feature.title)).toEqual(expect.arrayContaining(['Go to Team']));
    expect(captions(found.find(({ feature }) => feature.title === 'Shuffle the seats'))).toEqual([
      'Open Team',
      'Shuffle the seats',
    ]);
  });
});

describe('a board, a calendar, cards and a blank one', () => {
  it('a board without names is played by clicks on its cells', () => {
    const cells = Array.from({ length: 9 }, () => '  generic ""').join('\n');
    const found = proposed(loaded(page('/', `application "" picture=a1\n${cells}`)));
    expect(captions(found.find(({ feature }) => feature.title === 'Make a move on the board'))).toEqual([
      'Click a cell of the board',
      'Click another cell',
    ]);
  });
  it('a day of a calendar leads to a time, and that to what books it', () => {
    const days = Array.from({ length: 30 }, (_, at) => `generic "${at + 1}"`).join('\n');
    const before = page('/', `${days}\nbutton "Book class" disabled`);
    const [found] = proposed(loaded(before));
    expect(found?.feature).toMatchObject({ title: 'Book class', steps: [{ caption: 'Choose day 18' }] });
    const times = page('/', `${days}\ngeneric "08:00"\ngeneric "10:30"\nbutton "Book class" disabled`);
    const [time] = followingSteps(`${AFTER_DAY} Book class`, times, before);
    expect(time).toMatchObject({ caption: 'Choose 08:00', continues: `${AFTER_DAY} Book class` });
    const ready = page('/', `${days}\ngeneric "08:00"\ngeneric "10:30"\nbutton "Book class"`);
    expect(followingSteps(`${AFTER_DAY} Book class`, ready, times)).toMatchObject([
      { caption: 'Book class' },
    ]);
  });
  it('a page of cards before a button that goes on is a step of a form', () => {
    const cards = 'heading "Choose a plan" level=1\ngeneric "Everyday"\ngeneric "Savings"\nbutton "Continue"';
    expect(captions(proposed(loaded(page('/', cards)))[0])).toEqual([
      'Choose “Everyday”',
      'Go to the next step',
    ]);
  });
  it('a blank one is named where it stands', () => {
    const base = 'button "New note"\ngeneric "Trip"\ntextbox "Title" inputType=text';
    const blank = page('/', `${base}\ngeneric "Untitled"`);
    const [made] = proposed(
      loaded(page('/', `${base} value="Trip"`)),
      revealed(blank, { role: 'button', name: 'New note', exact: true }),
    ).filter(({ feature }) => feature.kind === 'create');
    expect(made).toMatchObject({ feature: { title: 'Add a note' }, creates: expect.any(String) });
    expect(captions(made)).toEqual(['New note', expect.stringContaining('Call it')]);
  });
});
