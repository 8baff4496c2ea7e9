import { expect, it } from '@jest/globals';
import { FILM_CHECKS, isUntrue } from './film-check';

it('a film that shows something badly is kept; one that is not what it is said to be is untrue', () => {
  const failing = FILM_CHECKS.filter((name) => isUntrue({ name, result: 'failed', detail: '' }));
  expect(failing).toEqual([
    ...['streams', 'size', 'colours', 'duration', 'rate', 'black', 'clicks', 'states', 'covered'],
    ...['secrets', 'sound'],
  ]);
  expect(FILM_CHECKS.some((name) => isUntrue({ name, result: 'skipped', detail: '' }))).toBe(false);
});
