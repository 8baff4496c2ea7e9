import { describe, expect, test } from '@jest/globals';
import type { BuildSpec } from '@showrunner/contracts';
import { fallbackInstall } from './install-fallback';

const buildSpec = (packageManager: BuildSpec['packageManager'], install: string | null): BuildSpec =>
  ({ packageManager, install }) as BuildSpec;

describe('fallbackInstall', () => {
  test.each<[string, BuildSpec, string, string | undefined]>([
    [
      'contradicting peers',
      buildSpec('npm', 'npm ci'),
      'npm error code ERESOLVE',
      'npm ci --legacy-peer-deps',
    ],
    [
      'a lock file out of step',
      buildSpec('npm', 'npm ci'),
      'npm error code EUSAGE\nnpm error `npm ci` can only install packages when your package.json and package-lock.json are in sync',
      'npm install --no-package-lock',
    ],
    [
      'contradicting peers twice',
      buildSpec('npm', 'npm ci --legacy-peer-deps'),
      'npm error code ERESOLVE',
      undefined,
    ],
    [
      'an old lock file of pnpm',
      buildSpec('pnpm', 'x pnpm@9 && pnpm install --frozen-lockfile'),
      ' ERR_PNPM_OUTDATED_LOCKFILE  Cannot install',
      'x pnpm@9 && pnpm install --no-frozen-lockfile',
    ],
    [
      'an old lock file of yarn',
      buildSpec('yarn', 'yarn install --frozen-lockfile'),
      'error Your lockfile needs to be updated, but yarn was run with',
      'yarn install',
    ],
    [
      'a package that fetches more from a host that is not allowed',
      buildSpec('npm', 'npm ci'),
      'npm error path /app/node_modules/sharp\nnpm error sharp: Installation error: tunneling socket could not be established, statusCode=403',
      'npm ci --ignore-scripts && { npm rebuild esbuild || true; }',
    ],
    [
      'the same again',
      buildSpec('npm', 'npm ci --ignore-scripts && { npm rebuild esbuild || true; }'),
      'npm error path /app/node_modules/sharp\nstatusCode=403',
      undefined,
    ],
    ['a real failure', buildSpec('npm', 'npm ci'), 'gyp ERR! build error', undefined],
    ['nothing to install', buildSpec('npm', null), 'ERESOLVE', undefined],
  ])('%s', (_name, given, log, expected) => {
    expect(fallbackInstall(given, log)?.install).toBe(expected);
  });
});
