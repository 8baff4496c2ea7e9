import { expect, test } from '@jest/globals';
import type { PageElement, StepAction } from '@showrunner/contracts';
import { chosenFrom } from './chosen-from';

const select = (option: string): StepAction => ({
  ...{ type: 'select', option },
  target: { role: 'combobox', name: 'Role', exact: true },
});
const list = (options: string[], value: string, role = 'combobox'): PageElement => ({
  ...{ role, name: 'Role', value, options, inViewport: true, parent: -1, group: -1 },
  box: { x: 0, y: 0, width: 100, height: 30 },
});

test('a closed list is what is chosen from, with what was chosen before', () => {
  expect(chosenFrom(select('Admin'), list(['Viewer', 'Admin'], 'Viewer'))).toEqual({
    ...{ options: ['Viewer', 'Admin'], from: 0, to: 1 },
  });
});

test('of a long list the rows around the chosen one are known', () => {
  const months = Array.from({ length: 100 }, (_, n) => `Option ${n}`);
  for (const [chosen, first] of [
    ['Option 0', 0],
    ['Option 50', 45],
    ['Option 99', 88],
  ] as const) {
    const made = chosenFrom(select(chosen), list(months, 'Option 51'));
    expect(made?.options).toHaveLength(12);
    expect(made?.options[0]).toBe(`Option ${first}`);
    expect(made?.options[made.to]).toBe(chosen);
    expect(made?.from).toBe(chosen === 'Option 50' ? 6 : -1);
  }
});

test('nothing is known of a list that the page draws, of an option that is not on it, and of other actions', () => {
  expect(chosenFrom(select('Admin'), list(['Viewer', 'Admin'], 'Viewer', 'listbox'))).toBeUndefined();
  expect(chosenFrom(select('Owner'), list(['Viewer', 'Admin'], 'Viewer'))).toBeUndefined();
  expect(chosenFrom(select('Admin'), undefined)).toBeUndefined();
  const click: StepAction = { type: 'click', target: { role: 'combobox', name: 'Role', exact: true } };
  expect(chosenFrom(click, list(['Viewer', 'Admin'], 'Viewer'))).toBeUndefined();
});
