import type { Draft, Runtimes } from './draft';
import { knownElsewhere } from './known-elsewhere';
import { listingWithin, type FileListing } from './listing';
import { detectNode } from './node/detect-node';
import { readPackageJson } from './node/package-json';
import { buildsOfDependencies, workspaceApps, workspaceFolders } from './node/workspaces';
import { detectPython } from './python/detect-python';
import { detectStatic } from './static/detect-static';

export interface FolderFinding {
  dir: string;
  draft: Draft | undefined;
  refused: string[];
}

/** The app of one folder; of a workspace's root, the web app among its packages. */
export async function detectFolder(
  root: FileListing,
  dir: string,
  runtimes: Runtimes,
): Promise<FolderFinding> {
  const listing = listingWithin(root, dir);
  if (dir === '') {
    const member = workspaceMember(root, runtimes);
    if (member !== undefined) return member;
  } else if (workspaceFolders(root).includes(dir)) {
    const found = detectNode(listing, runtimes, { listing: root, setup: buildsOfDependencies(root, dir) });
    if (found.draft !== undefined) return { dir, ...found };
  }

  const node = detectNode(listing, runtimes);
  const python = detectPython(listing);
  const page = detectStatic(listing);
  const drafts = [node.draft, python, page].filter((one): one is Draft => one !== undefined);
  // The surest wins; of equals the first, in the order above. A Python site often has a package.json for its styles only.
  const best = drafts.sort((a, b) => b.confidence - a.confidence)[0];
  const draft = best?.framework === 'node' ? await named(best, listing) : best;
  return { dir, draft, refused: node.refused };
}

function workspaceMember(root: FileListing, runtimes: Runtimes): FolderFinding | undefined {
  const [first, ...rest] = workspaceApps(root);
  const own = readPackageJson(root);
  if (first === undefined || own === undefined) return undefined;
  const found = detectNode(listingWithin(root, first.dir), runtimes, {
    listing: root,
    setup: buildsOfDependencies(root, first.dir),
  });
  if (found.draft === undefined) return undefined;
  const others =
    rest.length === 0
      ? ''
      : ` Others: ${rest
          .map((one) => one.dir)
          .slice(0, 6)
          .join(', ')}; choose with --subdir.`;
  const reason = `This is a workspace; ${first.dir} is its web app.${others}`;
  return {
    dir: first.dir,
    refused: [],
    draft: { ...found.draft, reasons: [reason, ...found.draft.reasons] },
  };
}

/** A better name for a Node app than "node", if the public list of frameworks has one. */
async function named(draft: Draft, listing: FileListing): Promise<Draft> {
  const known = await knownElsewhere(listing);
  return known === undefined ? draft : { ...draft, framework: known.name, confidence: 3 };
}
