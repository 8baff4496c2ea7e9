import { describe, expect, it } from '@jest/globals';
import { againstItsBase } from './compared-source';
import type { FilmOptions } from './film-options';

const PULL = 'https://forge.test/octo/app/pull/7';
const options: FilmOptions = {} as FilmOptions;

describe('a pull request by its address', () => {
  it('is compared with the default branch', () => {
    expect(againstItsBase(PULL, options)).toEqual({ base: 'HEAD' });
  });
  it.each([{ base: 'v1' }, { branch: 'main' }, { plan: 'plan.json' }, { from: 'a.spec.ts' }, { keep: true }])(
    'is not with %j',
    (given) => {
      const asked = { ...options, ...given };
      expect(againstItsBase(PULL, asked)).toBe(asked);
    },
  );
  it.each([undefined, '.', 'https://forge.test/octo/app', 'https://forge.test/octo/app/tree/main'])(
    '%s is none',
    (argument) => {
      expect(againstItsBase(argument, options)).toBe(options);
    },
  );
});
