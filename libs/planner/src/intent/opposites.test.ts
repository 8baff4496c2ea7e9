import { expect, it } from '@jest/globals';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page } from '../testing/outline';

const CALENDAR = 'heading "March 2025" level=1\nbutton "Next month"\nlist ""\n  listitem "3 March Dentist"';
const BOTH = `${CALENDAR}\nbutton "Previous month"`;
const READER = 'heading "Reader" level=1\ngroup "Theme"\n  button "Light"\n  button "Dark"';
const MEDIA = 'heading "Files" level=1\nbutton "Import list"';

const pressed = (outline: string, intent: string): string[] =>
  proposeFeatures(exploration([loaded(page('/', outline))]), intent)
    .candidates.slice(0, 1)
    .flatMap(({ feature }) => feature.steps)
    .flatMap(({ action }) => (action.type === 'click' ? [action.target.name] : []));

it.each([
  [CALENDAR, 'Show the previous month', []],
  [CALENDAR, 'Show the next month', ['Next month']],
  [BOTH, 'Show the previous month', ['Previous month']],
  [READER, 'Switch to the sepia theme', []],
  [READER, 'Switch to the dark theme', ['Dark']],
  [READER, 'Switch to light mode', ['Light']],
  [MEDIA, 'Export the list', []],
])('%#: what does the contrary is not what was asked for: %s', (outline, intent, wanted) => {
  expect(pressed(outline, intent)).toEqual(wanted);
});
