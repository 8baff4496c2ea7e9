import { describe, expect, it } from '@jest/globals';
import { installKey, type KeyParts } from './install-key';

const input = (path: string, content = 'aa') => ({ path, kind: 'file' as const, content });
const BASE: KeyParts = {
  facts: {
    runtimes: { arch: 'x86_64', node: 'v20.20.2' },
    inputs: [input('package.json'), input('package-lock.json')],
  },
  buildSpec: { dir: '', install: 'npm ci', env: { CI: '1', PATH: '/usr/bin' }, packageManager: 'npm' },
  provider: 'local',
  image: null,
  hosts: ['a.example', 'b.example'],
  scope: null,
};
const facts = (change: Partial<KeyParts['facts']>): KeyParts => ({
  ...BASE,
  facts: { ...BASE.facts, ...change },
});
const buildSpec = (change: Partial<KeyParts['buildSpec']>): KeyParts => ({
  ...BASE,
  buildSpec: { ...BASE.buildSpec, ...change },
});

describe('the key of an install', () => {
  it.each<[string, KeyParts]>([
    ['architecture', facts({ runtimes: { arch: 'aarch64', node: 'v20.20.2' } })],
    ['version of Node', facts({ runtimes: { arch: 'x86_64', node: 'v22.0.0' } })],
    ['content of an input', facts({ inputs: [input('package.json', 'bb'), input('package-lock.json')] })],
    ['path of an input', facts({ inputs: [input('web/package.json'), input('package-lock.json')] })],
    ['one more input', facts({ inputs: [...BASE.facts.inputs, input('.npmrc')] })],
    ['one input less', facts({ inputs: [input('package.json')] })],
    [
      'a link in place of a file',
      facts({ inputs: [{ ...input('package.json'), kind: 'link' }, input('package-lock.json')] }),
    ],
    ['command', buildSpec({ install: 'npm install' })],
    ['folder', buildSpec({ dir: 'web' })],
    ['variable', buildSpec({ env: { CI: '0', PATH: '/usr/bin' } })],
    ['manager', buildSpec({ packageManager: 'pnpm' })],
    ['provider', { ...BASE, provider: 'docker' }],
    ['image', { ...BASE, image: 'node:22' }],
    ['hosts', { ...BASE, hosts: ['a.example'] }],
    ['scope', { ...BASE, scope: 'content 00' }],
  ])('changes with %s', (_what, parts) => {
    expect(installKey(parts)).toMatch(/^[0-9a-f]{64}$/);
    expect(installKey(parts)).not.toBe(installKey(BASE));
  });

  it('does not change with any order', () => {
    const turned: KeyParts = {
      ...BASE,
      facts: {
        runtimes: { node: 'v20.20.2', arch: 'x86_64' },
        inputs: [...BASE.facts.inputs].reverse(),
      },
      buildSpec: { ...BASE.buildSpec, env: { PATH: '/usr/bin', CI: '1' } },
      hosts: ['b.example', 'a.example'],
    };
    expect(installKey(turned)).toBe(installKey(BASE));
  });
});
