import { expect, it } from '@jest/globals';
import { proposeFeatures } from '../propose';
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
