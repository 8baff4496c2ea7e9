import { describe, expect, it } from '@jest/globals';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page } from '../testing/outline';

type Candidate = ReturnType<typeof proposeFeatures>['candidates'][number];
const best = (intent: string, outline: string): Candidate | undefined =>
  proposeFeatures(exploration([loaded(page('/', outline))]), intent).candidates[0];
const done = (one: Candidate | undefined): string[] =>
  (one?.feature.steps ?? []).map(({ action }) =>
    action.type === 'type'
      ? action.text
      : action.type === 'select'
        ? action.option
        : 'target' in action
          ? (action.target?.name ?? '')
          : '',
  );

const DESK =
  'heading "Tickets" level=1\nform ""\n  textbox "Title" inputType=text\n  combobox "Priority" options="Low|Normal|High" value="Low"\n  combobox "Assignee" options="Nobody|Ada|Bob" value="Nobody"\n  button "Create ticket"';
const ORDER =
  'heading "Orders" level=1\nform ""\n  textbox "Name" inputType=text\n  radio "Small" checked\n  radio "Large" checked=false\n  checkbox "Extra cheese" checked=false\n  button "Place order"';
const DIARY =
  'heading "Diary" level=1\ntextbox "What happened?" inputType=text\ntext "Mood"\ngeneric "Calm"\ngeneric "Happy"\nbutton "Add entry"';
const LIST =
  'heading "New ticket" level=1\ntextbox "Title" inputType=text\nbutton "Priority Low" popup=listbox\nbutton "Create ticket"';

describe('something is made at once with its choices', () => {
  it.each([
    [
      DESK,
      "Create a ticket 'Printer is on fire' with priority High and assignee Ada",
      ['Printer is on fire', 'High', 'Ada', 'Create ticket'],
    ],
    [
      DESK,
      'Create a high priority ticket called Broken lamp for Bob',
      ['Broken lamp', 'High', 'Bob', 'Create ticket'],
    ],
    [DESK, 'Create a ticket called Lunch for all', ['Lunch for all', 'Create ticket']],
    [
      ORDER,
      'Add an order called Margherita with size Large and extra cheese',
      ['Margherita', 'Large', 'Extra cheese', 'Place order'],
    ],
    [DIARY, 'Add an entry called Picnic with mood Happy', ['Picnic', 'Happy', 'Add entry']],
    [LIST, 'Create a ticket “Lamp” with priority High', ['Lamp', 'Priority Low', 'Create ticket']],
  ])('%#: %s %s', (outline, intent, steps) => {
    expect(done(best(intent, outline))).toEqual(steps);
  });

  it('and the entry has to say them', () => {
    const steps = best("Create a ticket 'Printer' with priority High", DESK)?.feature.steps ?? [];
    expect(steps[steps.length - 1]?.asks).toEqual({
      kind: 'made',
      title: 'Printer',
      holds: [{ value: 'High', others: ['Low', 'Normal'] }],
    });
    const drawn = best('Add an entry called Picnic with mood Happy', DIARY)?.feature.steps ?? [];
    expect(drawn[drawn.length - 1]?.asks).toEqual({
      kind: 'made',
      title: 'Picnic',
      holds: [{ value: 'Happy' }],
    });
  });

  it('or nothing is made where a choice is not offered', () => {
    expect(best("Create a ticket 'Printer' with priority Urgent", DESK)).toBeUndefined();
  });

  it('with a day and a time where the form takes them', () => {
    const planner =
      'heading "Meetings 2027" level=1\nform ""\n  textbox "Title" inputType=text\n  textbox "Date" inputType=date\n  textbox "Start" inputType=time\n  button "Add meeting"';
    const one = best('Add a meeting called Standup on 18 March 2027 at 9:30', planner);
    expect(done(one)).toEqual(['Standup', '2027-03-18', '09:30', 'Add meeting']);
    expect(one?.feature.steps[3]?.asks).toMatchObject({ kind: 'moment', day: 18, month: 3, time: '09:30' });
  });
});
