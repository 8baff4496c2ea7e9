import { describe, expect, it } from '@jest/globals';
import type { Exploration } from '@showrunner/contracts';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page, revealed } from '../testing/outline';
import { goesOn } from './goes-on';

const titles = (app: Exploration, intent: string): string[] =>
  proposeFeatures(app, intent).candidates.map(({ feature }) => feature.title);

const chats = exploration([
  loaded(
    page(
      '/',
      'heading "Leila" level=2\ngeneric "Leila"\ngeneric "Grandma"\ngeneric "Marco Bianchi"\nbutton "Mute conversation"',
    ),
  ),
]);
const NAV = ['Overview', 'Orders', 'Team'].map((name) => `generic "${name}"`).join('\n');
const ROWS = ['Pier Coffee Paid', 'Gull & Sons Refunded', 'Rope Yard Paid']
  .map((text) => `entry "" parts="${text}"\n  text "${text}"`)
  .join('\n');
const admin = exploration([
  loaded(page('/', `${NAV}\nheading "Overview" level=1`)),
  revealed(page('/', `${NAV}\nheading "Orders" level=1\nbutton "Paid"\nbutton "Refunded"\n${ROWS}`), {
    role: 'generic',
    name: 'Orders',
    exact: true,
  }),
]);
const people = exploration([
  loaded(
    page(
      '/',
      'heading "People" level=1\ncombobox "" options="All departments|Design|Sales" value="All departments"\ntable ""\n  row ""\n    columnheader "Name"\n    columnheader "Department"\n      button "Department"\n  row ""\n    cell "Ada"\n    cell "Design"\n  row ""\n    cell "Bo"\n    cell "Sales"',
    ),
  ),
]);
const notes = exploration([
  loaded(page('/', 'heading "Groceries" level=1\nbutton "Pin"\ngeneric "Groceries"\ngeneric "Trip to Oslo"')),
]);
const seats = exploration([
  loaded(page('/', 'heading "Seats" level=1\ngeneric "Seat B3"\ngeneric "Seat B4"\ngeneric "Seat C1"')),
]);

const JOBS = ['Baker Oslo Part-time', 'Nurse Bergen Full-time', 'Pilot Oslo Full-time']
  .map((text) => `listitem "${text}"\n  text "${text}"`)
  .join('\n');
const jobs = exploration([
  loaded(
    page(
      '/',
      `heading "Jobs" level=1\ngeneric "Oslo Full-time"\n  generic "Oslo"\n  generic "Full-time"\n${JOBS}`,
    ),
  ),
]);
const shirts = exploration([
  loaded(
    page(
      '/',
      'heading "Shirts" level=1\ncombobox "Colour" options="Any|Red|Blue" value="Any"\ncombobox "Size" options="Any|S|M" value="Any"\nlistitem "Sailor Red, size M"\nlistitem "Miner Red, size S"\nlistitem "Baker Blue, size M"',
    ),
  ),
]);

describe('a control is not used on something else than the intent names', () => {
  it.each([
    ['the chat that is open', chats, 'mute the conversation with Grandma', 'Mute conversation'],
    ['another filter', admin, 'show only refunded orders', 'Show only Orders'],
    ['the column instead of one value of it', people, 'show only the sales department', 'Department'],
    ['the name without what is to be done', notes, 'pin the note Trip to Oslo', 'Trip to Oslo'],
    ['one of two filters', jobs, 'filter by Oslo and Full-time', 'Show only Full-time'],
    ['a filter beside another place', jobs, 'show only full-time jobs in Trondheim', 'Show only Full-time'],
    ['one list of two', shirts, 'show only red shirts in size M', 'Show only Red'],
    ['one of two', seats, 'choose seats B3 and B4', 'Choose Seat B3'],
  ])('%s', (_, app, intent, wrong) => expect(titles(app, intent)).not.toContain(wrong));

  it.each([
    [admin, 'show only refunded orders', 'Show only Refunded'],
    [people, 'show only the sales department', 'Show only Sales'],
    [jobs, 'filter by Oslo and Full-time', 'Show only Oslo, Full-time'],
    [jobs, 'filter by Full-time', 'Show only Full-time'],
    [shirts, 'show only red shirts in size M', 'Show only Red, M'],
    [shirts, 'filter by colour blue and size M', 'Show only Blue, M'],
    [seats, 'choose seats B3 and B4', 'Choose seat B3, seat B4'],
    [chats, 'open the chat with Marco Bianchi', 'Open “Marco Bianchi”'],
  ])('what was meant is: %#', (app, intent, right) => expect(titles(app, intent)).toContain(right));
});

describe('a part that says nothing of what it is about', () => {
  it.each([
    ['reply', true],
    ['delete it', true],
    ['archive', true],
    ['delete the second note', false],
    ['search', false],
    ['add a task', false],
  ])('%s', (text, expected) => expect(goesOn(text)).toBe(expected));
});
