import { expect, it } from '@jest/globals';
import { filmsAtOnce, filmsOf, measureMachine } from './films-at-once';

const GIB = 1024 ** 3;
it.each([
  [2, 24, 60, 3],
  [8, 16, 200, 9],
  [16, 32, 500, 19],
  [64, 256, 20, 10],
  [4, 4, 100, 1],
  [1, 1, 0, 1],
  [4, 16, null, 6],
])(
  'a machine with %d processors, %d GiB and %p GiB free bears %d films at once',
  (cpus, memory, disk, films) => {
    const freeDiskBytes = disk === null ? null : disk * GIB;
    expect(filmsOf({ cpus, memoryBytes: memory * GIB, freeDiskBytes })).toBe(films);
  },
);

it('is measured, unless the settings name a number', () => {
  const machine = measureMachine('/nowhere/at-all');
  expect(machine).toMatchObject({ freeDiskBytes: null, cpus: expect.any(Number) });
  expect(filmsAtOnce({ SHOWRUNNER_HOME: '/nowhere/at-all', FILMS_AT_ONCE: 'auto' })).toBe(filmsOf(machine));
  expect(filmsAtOnce({ SHOWRUNNER_HOME: '/', FILMS_AT_ONCE: 7 })).toBe(7);
});
