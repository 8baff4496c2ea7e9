import { expect, it } from '@jest/globals';
import type { Feature } from '@showrunner/contracts';
import { page } from '../testing/outline';
import { dueParts, eachDue, takenBack } from './together';

const ticked = (name: string): Feature => ({
  ...{ id: name.toLowerCase(), kind: 'toggle', title: name, description: '', startPath: null },
  steps: [
    {
      action: { type: 'click', target: { role: 'checkbox', name, exact: true } },
      ...{ caption: 'Tick it', timeoutMs: 1000 },
      success: {
        kind: 'state',
        target: { role: 'checkbox', name, exact: true },
        ...{ state: 'checked', equals: true },
      },
    },
  ],
});

it('what a later one of several has taken back is found on the page', () => {
  const both = [ticked('Socks'), ticked('Towel')];
  const after = (socks: boolean): ReturnType<typeof page> =>
    page('/', `checkbox "Socks" checked=${socks}\ncheckbox "Towel" checked=true`);
  expect(takenBack(both, after(true))).toEqual([]);
  expect(takenBack(both, after(false)).map(({ title }) => title)).toEqual(['Socks']);
});

it('the parts that are one in the intent are known as such', () => {
  const parts = [{ text: 'a' }, { text: 'b' }, { text: 'c' }];
  expect(dueParts(parts, 2).map(({ together }) => together)).toEqual([0, 0, undefined]);
  expect(eachDue(['x', 'y'], 1).map(({ at, together }) => [at, together])).toEqual([
    [-1, 1001],
    [-1, 1001],
  ]);
});
