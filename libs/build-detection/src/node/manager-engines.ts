import semver from 'semver';
import type { Demand } from './locked-engines';
import type { PackageJson } from './package-json';

/** Node that the lines of package managers run on, from their own `engines`. */
const ENGINES: Readonly<Record<string, readonly (readonly [number, string])[]>> = {
  pnpm: [
    [11, '>=22.13'],
    [9, '>=18.12'],
    [8, '>=16.14'],
    [7, '>=14.6'],
  ],
  yarn: [
    [4, '>=18.12'],
    [2, '>=12'],
  ],
  npm: [
    [11, '^20.17.0 || >=22.9.0'],
    [10, '^18.17.0 || >=20.5.0'],
    [9, '^14.17.0 || ^16.13.0 || >=18'],
  ],
};

/** What the package manager that `packageManager` pins wants of Node: it runs on the one that is chosen. */
export function managerEngines({ packageManager = '' }: PackageJson): Demand[] {
  const [name = '', version = ''] = packageManager.split('@', 2);
  const exact = semver.parse(version.split('+', 1)[0]);
  const lines = Object.hasOwn(ENGINES, name) ? ENGINES[name] : undefined;
  if (exact === null || lines === undefined) return [];
  const range = lines.find(([line]) => exact.major >= line)?.[1];
  return range === undefined ? [] : [{ who: `${name} ${exact.version}`, range }];
}
