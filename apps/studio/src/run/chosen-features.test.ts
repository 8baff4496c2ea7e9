import { expect, it } from '@jest/globals';
import { chosenOf, moved, toggled } from './chosen-features';

const all = { order: ['a', 'b', 'c'], dropped: [] };

it('moves features up and down, and not over the ends', () => {
  expect(moved(all, 'c', -1).order).toEqual(['a', 'c', 'b']);
  expect(moved(all, 'a', 1).order).toEqual(['b', 'a', 'c']);
  for (const [id, by] of [
    ['a', -1],
    ['c', 1],
    ['x', 1],
  ] as const)
    expect(moved(all, id, by)).toEqual(all);
});

it('keeps the place of what is dropped, should it come back', () => {
  const without = toggled(all, 'b');
  expect(chosenOf(without)).toEqual(['a', 'c']);
  expect(chosenOf(toggled(without, 'b'))).toEqual(['a', 'b', 'c']);
});
