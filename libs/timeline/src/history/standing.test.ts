import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { standing, type Change } from './standing';

const history = (kinds: string): Change[] =>
  [...kinds].map((kind, n) => ({
    version: n + 2,
    kind: kind === 'e' ? 'edit' : kind === 'u' ? 'undo' : 'redo',
  }));
const versions = (kinds: string) => {
  const { done, undone } = standing(history(kinds));
  return [done.map(({ version }) => version), undone.map(({ version }) => version)];
};

describe('what stands of a history', () => {
  test.each([
    ['', [], []],
    ['ee', [2, 3], []],
    ['eeu', [2], [4]],
    ['eeuu', [], [4, 5]],
    ['eeuur', [6], [4]],
    ['eeuurr', [6, 7], []],
    ['eeue', [2, 5], []],
  ])('of %s', (kinds, done, undone) => expect(versions(kinds)).toEqual([done, undone]));

  test('is that of an editor with two stacks, whatever is done, and also when its beginning is gone', () => {
    const step = fc.constantFrom('e' as const, 'u' as const, 'r' as const);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.nat(10), (wishes, gone) => {
        let [done, undone]: [number, number] = [0, 0];
        let kinds = '';
        for (const wish of wishes) {
          if ((wish === 'u' && done === 0) || (wish === 'r' && undone === 0)) continue;
          if (wish === 'e') [done, undone] = [done + 1, 0];
          if (wish === 'u') [done, undone] = [done - 1, undone + 1];
          if (wish === 'r') [done, undone] = [done + 1, undone - 1];
          kinds += wish;
          const { done: stands, undone: waits } = standing(history(kinds));
          expect([stands.length, waits.length]).toEqual([done, undone]);
        }
        const rest = history(kinds).slice(gone);
        const whole = standing(history(kinds));
        const kept = ({ version }: Change): boolean => version >= gone + 2;
        expect(standing(rest).done).toEqual(whole.done.filter(kept));
      }),
    );
  });
});
