import semver from 'semver';
import type { FileListing } from '../listing';
import type { PackageJson } from './package-json';

export interface NodePin {
  /** The file or field that names it. */
  who: string;
  major: number;
}

const LTS_NAMES: Readonly<Record<string, number>> = {
  fermium: 14,
  gallium: 16,
  hydrogen: 18,
  iron: 20,
  jod: 22,
  krypton: 24,
};

/** The Node line that a version file pins: `.nvmrc`, `.node-version`, `.tool-versions`, `volta`; undefined for none or for "any". */
export function pinnedNode(listing: FileListing, manifest: PackageJson): NodePin | undefined {
  const candidates: [string, string | undefined][] = [
    ['.nvmrc', listing.read('.nvmrc')],
    ['.node-version', listing.read('.node-version')],
    ['.tool-versions', /^nodejs[ \t]+(\S+)/m.exec(listing.read('.tool-versions') ?? '')?.[1]],
    ['volta of package.json', manifest.voltaNode],
  ];
  for (const [who, text] of candidates) {
    const major = majorOf(text?.split('\n', 1)[0]?.trim().slice(0, 40) ?? '');
    if (major !== undefined) return { who, major };
  }
  return undefined;
}

function majorOf(text: string): number | undefined {
  const lts = /^lts\/(\w+)$/.exec(text)?.[1];
  if (lts !== undefined) return Object.hasOwn(LTS_NAMES, lts) ? LTS_NAMES[lts] : undefined;
  return /^v?\d/.test(text) ? semver.coerce(text)?.major : undefined;
}
