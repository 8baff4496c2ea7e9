import { describe, expect, it } from '@jest/globals';
import { proposeFeatures } from '../propose';
import { answersOn } from './answers-on';
import { readPart } from './read-intent';
import { exploration, loaded, page } from '../testing/outline';

const board = exploration([
  loaded(
    page(
      '/',
      'heading "Boardly" level=1\nform ""\n  textbox "Card title" inputType=text\n  combobox "Column" options="To do|Doing|Done" value="To do"\n  button "Add card"',
    ),
  ),
]);
const done = (intent: string): string[] =>
  (proposeFeatures(board, intent).candidates[0]?.feature.steps ?? []).flatMap(({ action }) =>
    action.type === 'type' ? [action.text] : action.type === 'select' ? [action.option] : [],
  );

it.each([
  ['add a card called Ship it to Doing', ['Ship it', 'Doing']],
  ['add the card “Ship it” to Doing', ['Ship it', 'Doing']],
  ['add a card called Ship it to the Doing column', ['Ship it', 'Doing']],
  ['add a card called Go to market', ['Go to market']],
])('%s: what is made, and where it goes', (intent, expected) => {
  expect(done(intent)).toEqual(expected);
});

describe('what stands behind the name of what is made', () => {
  const form = (fields: string) =>
    exploration([
      loaded(
        page(
          '/',
          `heading "Contacts" level=1\nform "New contact"\n  textbox "Name" required\n${fields}  button "Add contact"`,
        ),
      ),
    ]);
  const typed = (fields: string, intent: string) =>
    proposeFeatures(form(fields), intent).candidates[0]?.feature.steps.flatMap(({ action }) =>
      action.type === 'type' ? [action.text] : [],
    );
  it('is no part of the name, and a number keeps its gaps', () => {
    expect(typed('  textbox "Phone"\n', 'Add a contact named Ida Berg with phone +1 555 0199')).toEqual([
      'Ida Berg',
      '+1 555 0199',
    ]);
  });
  it('is not made part of it where no field takes it', () => {
    expect(typed('', 'Add a contact named Ida Berg with email ida@berg.example')).toBeUndefined();
  });
});

it.each([
  ['add an expense of 12.50 for Parking', 'Parking', 'expense'],
  ['Add a contact Dee Fox with the email dee@x.org', 'Dee Fox with the email dee@x.org', 'contact'],
])('%s: the name is none of the noun', (text, value, object) => {
  expect(readPart(text)).toMatchObject({ value, object });
});

it('a name that no field takes is not passed over', () => {
  const form = page('/', 'heading "Rooms" level=1\nform ""\n  textbox "Room"\n  button "Add room"');
  const answer = answersOn(form, 'Add a room in the north for Ida', '');
  expect(answer).toMatchObject({ candidates: [], reason: expect.stringMatching(/ida/i) });
});
