import semver from 'semver';
import type { FileListing } from '../listing';
import { asdfVersion, miseVersion, pointsElsewhere, versionFile, type PinText } from '../runtime/pinned-text';
import type { PackageJson } from './package-json';

/** What a source pins of Node: a range, a place that is refused, or words that name no version. */
export type NodePin = { who: string; text: string } & (
  { kind: 'range'; range: string } | { kind: 'elsewhere' } | { kind: 'loose' }
);

const LTS_NAMES: Readonly<Record<string, number>> = {
  argon: 4,
  boron: 6,
  carbon: 8,
  dubnium: 10,
  erbium: 12,
  fermium: 14,
  gallium: 16,
  hydrogen: 18,
  iron: 20,
  jod: 22,
  krypton: 24,
};
/** Of the lines whose long support has begun, the latest. */
const LATEST_LTS = 24;

/**
 * The Node that a version file pins: `.nvmrc`, `.node-version`, `.tool-versions`, mise's settings, `volta`, `devEngines`; undefined for none.
 * Of several the first counts, in that order.
 */
export function pinnedNode(listing: FileListing, manifest: PackageJson): NodePin | undefined {
  const field = (who: string, text: string | undefined): PinText | undefined =>
    text === undefined ? undefined : { who, text: text.trim().slice(0, 80) };
  const said =
    versionFile(listing, '.nvmrc') ??
    versionFile(listing, '.node-version') ??
    asdfVersion(listing, ['nodejs', 'node']) ??
    miseVersion(listing, ['node', 'nodejs']) ??
    field('volta of package.json', manifest.voltaNode) ??
    field('devEngines of package.json', manifest.devEnginesNode);
  return said === undefined ? undefined : { ...said, ...meaningOf(said.text) };
}

type Meaning = { kind: 'range'; range: string } | { kind: 'elsewhere' } | { kind: 'loose' };

function meaningOf(written: string): Meaning {
  const text = written.replace(/^node[@-](?=v?\d)/i, '').toLowerCase();
  if (pointsElsewhere(text)) return { kind: 'elsewhere' };
  const lts = /^lts(?:[/-](.+))?$/.exec(text);
  if (lts !== null) {
    const name = lts[1] ?? '*';
    const line = name === '*' ? LATEST_LTS : Object.hasOwn(LTS_NAMES, name) ? LTS_NAMES[name] : undefined;
    return line === undefined ? { kind: 'loose' } : { kind: 'range', range: `${line}.x` };
  }
  if (!/\d/.test(text)) return { kind: 'loose' };
  const range = semver.validRange(text, { loose: true });
  return range === null ? { kind: 'loose' } : { kind: 'range', range };
}
