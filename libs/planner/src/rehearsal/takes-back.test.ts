import { expect, it } from '@jest/globals';
import type { Feature } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { takesBack } from './takes-back';

const pressed = (name: string, equals: boolean): Feature => {
  const target = { role: 'button', name, exact: true };
  return candidate({
    ...{
      kind: 'toggle',
      title: name,
      description: '',
      startPath: null,
      score: 1,
      words: [],
      needsSignIn: false,
    },
    steps: [click(target, name, { kind: 'state', target, state: 'pressed', equals })],
  } as const).feature;
};

it.each([
  ['book it', pressed('Bed 4', false), true],
  ['book it', pressed('Bed 5', false), false],
  ['book it', pressed('Bed 4', true), false],
  ['turn it off', pressed('Bed 4', false), false],
  ['unpin it', pressed('Bed 4', false), false],
  ['deselect it', pressed('Bed 4', false), false],
])('%s does not turn off what was just turned on', (text, one, isBack) => {
  expect(takesBack(one, pressed('Bed 4', true), text)).toBe(isBack);
});
