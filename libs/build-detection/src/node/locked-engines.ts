import type { FileListing } from '../listing';
import type { PackageJson } from './package-json';

export interface Demand {
  /** The package that has the demand. */
  who: string;
  range: string;
}

/** The `engines.node` of direct dependencies, as the lock file holds them. */
export function lockedEngines(listing: FileListing, manifest: PackageJson): Demand[] {
  const direct = new Set(Object.keys(manifest.dependencies));
  return [
    ...npmLock(listing.read('package-lock.json') ?? '', direct),
    ...pnpmLock(listing.read('pnpm-lock.yaml') ?? '', direct),
  ];
}

function npmLock(text: string, direct: ReadonlySet<string>): Demand[] {
  const found: Demand[] = [];
  for (const name of direct) {
    const at = text.indexOf(`"node_modules/${name}": {`);
    if (at < 0) continue;
    const entry = text.slice(at, at + 4000).split(/\n {4}\}/, 1)[0] ?? '';
    const range = /"engines": \{[^}]*"node": "([^"]+)"/.exec(entry)?.[1];
    if (range !== undefined) found.push({ who: name, range });
  }
  return found;
}

function pnpmLock(text: string, direct: ReadonlySet<string>): Demand[] {
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
