import { expect, it } from '@jest/globals';
import { DEFAULT_OPTIONS, readEnv, runOf } from './film-options';

it('variables are lines of NAME=value, as files of them write it', () => {
  expect(readEnv('A=1\n\n# no\nexport B="two words"\nC=\nD=a=b')).toEqual({
    A: '1',
    B: 'two words',
    C: '',
    D: 'a=b',
  });
  expect(readEnv('')).toEqual({});
  expect(readEnv('A=1\nnonsense')).toBeUndefined();
  expect(readEnv('1A=x')).toBeUndefined();
});

it('what was left empty is not said', () => {
  expect(JSON.parse(JSON.stringify(runOf('p', DEFAULT_OPTIONS)))).toEqual({
    ...{ projectId: 'p', intent: '', pace: 'normal', keepSandbox: false, size: { width: 1280, height: 720 } },
    overrides: {},
  });
  const options = {
    ...DEFAULT_OPTIONS,
    intent: ' the cart ',
    size: '390x844',
    start: ' npm start ',
    port: '3000',
    env: 'A=1',
    voice: 'auto',
    theme: 'aurora' as const,
    aspect: '9:16' as const,
  };
  expect(runOf('p', options)).toMatchObject({
    ...{ voice: 'auto', theme: 'aurora', aspect: '9:16' },
    ...{ intent: 'the cart', size: { width: 390, height: 844 } },
    overrides: { start: 'npm start', port: 3000, env: { A: '1' } },
  });
});
