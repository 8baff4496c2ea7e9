import { describe, expect, it } from '@jest/globals';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page } from '../testing/outline';
import { amountAsked } from './step-amount';
import { readPart } from './read-intent';

const entry = (name: string, amount: number): string =>
  `listitem "${name} − ${amount} +"\n  text "${name}"\n  button "−"\n  text "${amount}"\n  button "+"`;
const basket = exploration([
  loaded(
    page(
      '/',
      `heading "Your basket" level=1\nlist ""\n${[entry('Blue mug', 1), entry('Red cup', 4)].join('\n').replace(/^/gm, '  ')}`,
    ),
  ),
]);
const told = (intent: string): string[] =>
  proposeFeatures(basket, intent).candidates.flatMap(({ feature }) => [
    feature.title,
    ...feature.steps.map((step) => {
      const { action, caption } = step;
      const target = 'target' in action ? action.target : undefined;
      return `${caption} (${target?.name} of ${target?.within?.name})`;
    }),
  ]);

describe('how much is asked for', () => {
  it.each([
    ['set the quantity of the mug to 3', { to: 3 }],
    ['increase the quantity of the mug to 5', { to: 5 }],
    ['increase the counter twice', { by: 2 }],
    ['reduce the red cup by 2', { by: -2 }],
    ['increase it 4 times', { by: 4 }],
    ['decrease the counter', { by: -1 }],
    ['erhöhe die Menge um 2', { by: 2 }],
    ['augmente la quantité deux fois', { by: 2 }],
    ['aumenta la cantidad tres veces', { by: 3 }],
    ['set the language to German', undefined],
    ['scroll to 3', undefined],
    ['add 3 mugs', undefined],
  ])('%s', (text, amount) => {
    expect(amountAsked(readPart(text))).toEqual(amount);
  });
});

describe('a number between a minus and a plus', () => {
  it('takes so many clicks as are missing, on the right entry, each with the number that it brings', () => {
    expect(told('set the quantity of the Blue mug to 3')).toEqual([
      'Set Blue mug to 3',
      'One more: 2 (+ of Blue mug)',
      'One more: 3 (+ of Blue mug)',
    ]);
    expect(told('reduce the Red cup by 2')).toEqual([
      'Set Red cup to 2',
      'One less: 3 (− of Red cup)',
      'One less: 2 (− of Red cup)',
    ]);
  });

  it.each([
    ['whose it is not said', 'increase the quantity twice'],
    ['of something else', 'set the quantity of the Green plate to 2'],
    ['that is so already', 'set the quantity of the Red cup to 4'],
    ['too far away', 'set the quantity of the Blue mug to 60'],
  ])('%s is left as it is', (_what, intent) => {
    expect(told(intent)).toEqual([]);
  });
});
