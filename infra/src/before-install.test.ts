import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { repositoryRoot } from '../tooling/paths.mjs';

const STATIC_IMPORT = /^(?:import\s+|(?:import|export)\s[^;'"=(]*?\sfrom\s+)['"]([^'"]+)['"]/gm;
/** What is run in a clone in which nothing is installed yet. */
const FIRST_STEPS = [
  ...['infra/setup/main.mjs', 'infra/test/main.mjs', 'infra/test/ci.mjs'],
  ...readdirSync(join(repositoryRoot, 'infra/bin'))
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => `infra/bin/${name}`),
];

/** The packages that are loaded before a first line of `entry` runs, each with the file that wants it. */
function packagesOf(entry: string): string[] {
  const seen = new Set<string>();
  const found: string[] = [];
  const read = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, wanted = ''] of readFileSync(path, 'utf8').matchAll(STATIC_IMPORT)) {
      if (wanted.startsWith('.')) read(resolve(dirname(path), wanted));
      else if (!wanted.startsWith('node:')) found.push(`${wanted} by ${relative(repositoryRoot, path)}`);
    }
  };
  read(join(repositoryRoot, entry));
  return found;
}

it.each(FIRST_STEPS)('%s needs no package before packages are installed', (entry) =>
  expect(packagesOf(entry)).toEqual([]),
);

it('tells a package that is loaded too early', () =>
  expect(
    packagesOf('infra/build/workspace-packages.mjs').concat(packagesOf('infra/openapi/plan-schema.mjs')),
  ).toContain('esbuild by infra/openapi/plan-schema.mjs'));
