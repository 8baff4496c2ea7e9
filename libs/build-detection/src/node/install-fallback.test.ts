import { describe, expect, test } from '@jest/globals';
import type { BuildPlan } from '@showrunner/contracts';
import { fallbackInstall } from './install-fallback';

const plan = (packageManager: BuildPlan['packageManager'], install: string | null): BuildPlan =>
  ({ packageManager, install }) as BuildPlan;

describe('fallbackInstall', () => {
  test.each<[string, BuildPlan, string, string | undefined]>([
    ['contradicting peers', plan('npm', 'npm ci'), 'npm error code ERESOLVE', 'npm ci --legacy-peer-deps'],
    [
      'a lock file out of step',
      plan('npm', 'npm ci'),
      'npm error code EUSAGE\nnpm error `npm ci` can only install packages when your package.json and package-lock.json are in sync',
      'npm install --no-package-lock',
    ],
    [
      'contradicting peers twice',
      plan('npm', 'npm ci --legacy-peer-deps'),
      'npm error code ERESOLVE',
      undefined,
    ],
    [
      'an old lock file of pnpm',
      plan('pnpm', 'x pnpm@9 && pnpm install --frozen-lockfile'),
      ' ERR_PNPM_OUTDATED_LOCKFILE  Cannot install',
      'x pnpm@9 && pnpm install --no-frozen-lockfile',
    ],
    [
      'an old lock file of yarn',
      plan('yarn', 'yarn install --frozen-lockfile'),
      'error Your lockfile needs to be updated, but yarn was run with',
      'yarn install',
    ],
    ['a real failure', plan('npm', 'npm ci'), 'gyp ERR! build error', undefined],
    ['nothing to install', plan('npm', null), 'ERESOLVE', undefined],
  ])('%s', (_name, given, log, expected) => {
    expect(fallbackInstall(given, log)?.install).toBe(expected);
  });
});
