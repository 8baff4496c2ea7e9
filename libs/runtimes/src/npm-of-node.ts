import semver from 'semver';

/** The npm that each line of Node works with; the packages of Node bring none. Source: `engines.node` of npm's own releases. */
const NPM: readonly (readonly [node: string, npm: string])[] = [
  ['>=22.9.0', '11.6.2'],
  ['^18.17.0 || >=20.5.0', '10.8.2'],
  ['^14.17.0 || ^16.13.0 || >=18.0.0', '9.9.4'],
  ['^12.13.0 || ^14.15.0 || >=16.0.0', '8.19.4'],
];

/** The newest npm of ours that runs on this version of Node. */
export const npmOfNode = (node: string): string =>
  NPM.find(([range]) => semver.satisfies(node, range))?.[1] ?? '6.14.18';
