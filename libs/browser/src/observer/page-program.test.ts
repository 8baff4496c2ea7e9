import { runInNewContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import { pageProgram } from './page-program';

// As bundlers leave a function that another module also has: renamed in its text and calls, with its old name as a property.
function placesOf2(): string {
  return `places, ${helper2()}`;
}
function helper2(): string {
  return 'helped';
}
for (const [one, name] of [
  [placesOf2, 'placesOf'],
  [helper2, 'helper'],
] as const)
  Object.defineProperty(one, 'name', { value: name });
function begin(): void {
  (globalThis as unknown as { begun: boolean }).begun = true;
}

it('functions are called by their keys, also where the bundle calls them otherwise', () => {
  const page: { begun?: boolean; showrunner?: { placesOf(): string } } = {};
  runInNewContext(pageProgram([placesOf2, helper2, begin], { placesOf: placesOf2 }, begin), page);
  expect([page.begun, page.showrunner?.placesOf()]).toEqual([true, 'places, helped']);
});

it('a function without a name is refused where the program is made', () => {
  expect(() => pageProgram([], { nameless: () => 1 }, begin)).toThrow(TypeError);
});
