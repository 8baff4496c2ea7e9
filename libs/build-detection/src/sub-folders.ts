import { detectFolder } from './detect-folder';
import type { Draft, Runtimes } from './draft';
import { baseName, depthOf, folderOf, type FileListing } from './listing';

const MARKS = /^(package\.json|requirements\.txt|pyproject\.toml|manage\.py|app\.py|main\.py|index\.html)$/;
const MAX_DEPTH = 4;
const MAX_FOLDERS = 60;
/** Samples for readers of a library: the user has to say which. */
const SAMPLES =
  /(^|\/)(examples?|samples?|demos?|templates?|fixtures?|tests?|e2e|docs?|playgrounds?|packages)(\/|$)/;
const FRONT = /^(web|webapp|app|www|front|frontend|front-end|client|ui|site|website|dashboard)$/;

export interface OtherApps {
  /** The one sub-folder that is plainly the app. */
  chosen: { dir: string; draft: Draft } | undefined;
  /** Every sub-folder that could be run, for the user to choose from. */
  dirs: string[];
}

/** Apps below a folder that starts nothing itself. */
export async function otherApps(listing: FileListing, dir: string, runtimes: Runtimes): Promise<OtherApps> {
  const prefix = dir === '' ? '' : `${dir}/`;
  const folders = [
    ...new Set(
      listing.files.filter((file) => file.startsWith(prefix) && MARKS.test(baseName(file))).map(folderOf),
    ),
  ]
    .filter((one) => one !== dir && one !== '' && depthOf(one.slice(prefix.length)) < MAX_DEPTH)
    .sort((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))
    .slice(0, MAX_FOLDERS);

  const found: { dir: string; draft: Draft }[] = [];
  for (const folder of folders) {
    // Folders inside of an app that was found are parts of it.
    if (found.some((one) => folder.startsWith(`${one.dir}/`))) continue;
    const { draft } = await detectFolder(listing, folder, runtimes);
    if (draft !== undefined && draft.confidence > 1) found.push({ dir: folder, draft });
  }
  const plain = found.filter((one) => !SAMPLES.test(one.dir));
  const front = plain.filter((one) => FRONT.test(baseName(one.dir)));
  const sure = plain.filter((one) => one.draft.confidence === 3);
  const chosen = only(plain) ?? only(front) ?? only(sure) ?? (plain.length === 0 ? only(found) : undefined);
  return { chosen, dirs: found.map((one) => one.dir) };
}

const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);
