import { detectContainer } from './container/detect-container';
import { findDockerfile } from './container/dockerfile';
import { because, type Draft, type Runtimes } from './draft';
import { detectGo } from './go/detect-go';
import { detectJava } from './java/detect-java';
import { detectPhp } from './php/detect-php';
import { knownElsewhere } from './known-elsewhere';
import { listingWithin, type FileListing } from './listing';
import { detectNode } from './node/detect-node';
import { buildsOfDependencies, rootIsApp, workspaceApps, workspaceFolders } from './node/workspaces';
import { detectPython } from './python/detect-python';
import { detectRuby } from './ruby/detect-ruby';
import { detectRust } from './rust/detect-rust';
import { detectSite } from './sites/detect-site';
import { detectStatic } from './static/detect-static';
import { makesAssetsOnly, withAssets } from './processes/assets';

/** What may be used besides the files. */
export interface Abilities {
  runtimes: Runtimes;
  /** The sandbox provider builds Dockerfiles. */
  buildsDockerfiles: boolean;
}

export interface FolderFinding {
  dir: string;
  draft: Draft | undefined;
  /** Other apps of the same workspace. */
  others: string[];
  /** Why nothing in package.json can be started, one sentence each. */
  refused: string[];
}

/** The app of one folder; of a workspace's root, the web app among its packages. */
export async function detectFolder(
  root: FileListing,
  dir: string,
  abilities: Abilities,
): Promise<FolderFinding> {
  const { runtimes } = abilities;
  const listing = listingWithin(root, dir);
  if (dir === '') {
    const member = workspaceMember(root, runtimes);
    if (member !== undefined) return named(member, listingWithin(root, member.dir));
  } else if (workspaceFolders(root).includes(dir)) {
    const found = detectNode(listing, runtimes, { listing: root, ...buildsOfDependencies(root, dir) });
    if (found.draft !== undefined) return named({ dir, others: [], ...found }, listing);
  }

  const node = detectNode(listing, runtimes);
  const site = detectSite(listing, runtimes);
  const dockerfile = abilities.buildsDockerfiles ? findDockerfile(listing) : undefined;
  const drafts = [
    node.draft,
    detectPython(listing, runtimes),
    detectGo(listing, runtimes.go),
    detectJava(listing, runtimes),
    detectPhp(listing, runtimes),
    detectRuby(listing, runtimes),
    detectRust(listing, root, runtimes),
    site,
    detectStatic(listing, runtimes),
    dockerfile === undefined ? undefined : detectContainer(dockerfile),
  ].filter((one): one is Draft => one !== undefined);
  const server = drafts.find(
    (one) =>
      one.confidence === 3 && (one.runtime === 'php' || one.runtime === 'ruby' || one.runtime === 'java'),
  );
  if (server !== undefined && node.draft !== undefined && makesAssetsOnly(listing, node.draft)) {
    const built = withAssets(server, listing, runtimes);
    const inPlace = built.processes?.map((part) => ({ ...part, dir }));
    const draft = inPlace === undefined ? built : { ...built, processes: inPlace };
    return named({ dir, draft, others: [], refused: [] }, listing);
  }
  // The surest wins; of equals the first in the order above, and texts that a generator makes pages of before a program of which no more is known than its language. A Python site often has a package.json for its styles only.
  const isAhead = (a: Draft, b: Draft): number => Number(a === site && isPlain(b));
  const draft = drafts.sort((a, b) => b.confidence - a.confidence || isAhead(b, a) - isAhead(a, b))[0];
  return named({ dir, draft, others: [], refused: node.refused }, listing);
}

const isPlain = ({ framework, runtime }: Draft): boolean =>
  framework === runtime && (runtime === 'node' || runtime === 'python');

function workspaceMember(root: FileListing, runtimes: Runtimes): FolderFinding | undefined {
  const [first, ...rest] = workspaceApps(root);
  if (first === undefined || (rootIsApp(root) && first.score < 10)) return undefined;
  const found = detectNode(listingWithin(root, first.dir), runtimes, {
    listing: root,
    ...buildsOfDependencies(root, first.dir),
  });
  if (found.draft === undefined) return undefined;
  const others = rest.map((one) => one.dir);
  const alsoThere =
    others.length === 0
      ? ''
      : ` Others: ${others.slice(0, 6).join(', ')}${others.length > 6 ? ` and ${others.length - 6} more` : ''}; choose with --subdir.`;
  const reason = because(
    'folder',
    `This is a workspace; ${first.dir} is its web app, because ${first.why}.${alsoThere}`,
  );
  return {
    dir: first.dir,
    refused: [],
    others,
    draft: { ...found.draft, reasons: [reason, ...found.draft.reasons] },
  };
}

/** With the version of its framework, and a better name than that of its runtime, where the public list has one. */
async function named(finding: FolderFinding, listing: FileListing): Promise<FolderFinding> {
  const { draft } = finding;
  if (draft === undefined || draft.runtime === 'static' || draft.runtime === 'container') return finding;
  const known = await knownElsewhere(listing);
  if (known === undefined) return finding;
  const version =
    known.version !== null && /\d/.test(known.version) && !/^[a-z]+:/i.test(known.version)
      ? known.version
      : (draft.frameworkVersion ?? null);
  if (known.name === draft.framework) return { ...finding, draft: { ...draft, frameworkVersion: version } };
  if (draft.framework !== draft.runtime) return finding;
  const reason = because('framework', `The public list of frameworks calls it ${known.name}.`);
  return {
    ...finding,
    draft: {
      ...draft,
      framework: known.name,
      frameworkVersion: version,
      confidence: draft.runtime === 'node' ? 3 : draft.confidence,
      reasons: [reason, ...draft.reasons],
    },
  };
}
