import { expect, test } from '@jest/globals';
import type { BuildSpec } from '@showrunner/contracts';
import { buildSpecLines } from './build-spec-lines';

const buildSpec: BuildSpec = {
  dir: 'apps/web',
  others: ['apps/docs'],
  framework: 'vite',
  frameworkVersion: '^6.0.0',
  runtime: 'node',
  packageManager: 'pnpm',
  install: `cd /app && pnpm install ${'x'.repeat(200)}`,
  setup: ['npm run db:migrate', 'printf "\u001b[2J\nrm"'],
  start: 'npm run dev',
  port: 5173,
  env: {},
  installHosts: [],
  container: null,
  reasons: [
    { what: 'framework', because: 'package.json depends on vite.' },
    { what: 'port', because: '5173 is the usual port of vite.' },
  ],
};

test('a build spec is told whole, with its reasons, and steers no terminal', () => {
  const lines = buildSpecLines(buildSpec);
  expect(lines).toEqual([
    'app        vite ^6.0.0',
    'folder     apps/web',
    'packages   pnpm',
    `install    cd /app && pnpm install ${'x'.repeat(200)}`,
    'set up     npm run db:migrate',
    'set up     printf " [2J rm"',
    'start      npm run dev',
    'port       5173',
    'others     apps/docs',
    '',
    'Because:',
    'framework  package.json depends on vite.',
    'port       5173 is the usual port of vite.',
  ]);
});

test('what is not there is not named', () => {
  const bare = {
    ...buildSpec,
    dir: '',
    others: [],
    setup: [],
    port: null,
    install: null,
    packageManager: 'none' as const,
    frameworkVersion: null,
    reasons: [],
  };
  expect(buildSpecLines(bare)).toEqual([
    'app       vite',
    'install   nothing',
    'start     npm run dev',
    '',
    'Because:',
  ]);
});
