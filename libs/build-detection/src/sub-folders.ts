import { detectFolder, type Abilities, type FolderFinding } from './detect-folder';
import { baseName, depthOf, folderOf, type FileListing } from './listing';

const MARKS =
  /^(package\.json|requirements\.txt|pyproject\.toml|Pipfile|manage\.py|app\.py|main\.py|go\.mod|Cargo\.toml|Gemfile|config\.ru|app\.rb|pom\.xml|build\.gradle(\.kts)?|composer\.json|index\.(html|php)|hugo\.(toml|ya?ml)|mkdocs\.ya?ml|book\.toml|_config\.yml)$/;
const MAX_DEPTH = 4;
const MAX_FOLDERS = 60;
/** Samples for readers of a library: the user has to say which. */
const SAMPLES =
  /(^|\/)(examples?|samples?|demos?|templates?|fixtures?|tests?|test[_-]files|bench(es|marks?)?|fuzz|e2e|docs?|playgrounds?|packages)(\/|$)/;
/** Pages in pieces, for a program that fills them. */
const PIECES = /(^|\/)(layouts|_layouts|_includes|partials)(\/|$)/;
/** States of one lesson: what its reader ends with stands beside what they begin with. */
const FINISHED = /^(complete|completed|finished|final|solution|end)$/;
const BEGUN = /^(initial|start|starter|begin|before)$/;
const FRONT = /^(web|webapp|app|www|front|frontend|front-end|client|ui|site|website|dashboard)$/;

export interface OtherApps {
  /** The one sub-folder that is plainly the app. */
  chosen: FolderFinding | undefined;
  /** What speaks for it, after "because". */
  why: string;
  /** Every sub-folder that could be run, for the user to choose from. */
  dirs: string[];
}

/** Apps below a folder that starts nothing itself. */
export async function otherApps(listing: FileListing, dir: string, abilities: Abilities): Promise<OtherApps> {
  const prefix = dir === '' ? '' : `${dir}/`;
  const folders = [
    ...new Set(
      listing.files.filter((file) => file.startsWith(prefix) && MARKS.test(baseName(file))).map(folderOf),
    ),
  ]
    .filter(
      (one) =>
        one !== dir && one !== '' && !PIECES.test(one) && depthOf(one.slice(prefix.length)) < MAX_DEPTH,
    )
    .sort((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))
    .slice(0, MAX_FOLDERS);

  const found: FolderFinding[] = [];
  for (const folder of folders) {
    // Folders inside of an app that was found are parts of it.
    if (found.some((one) => folder.startsWith(`${one.dir}/`))) continue;
    // A Dockerfile below the root is one part of several: it is never taken for the app.
    const finding = await detectFolder(listing, folder, { ...abilities, buildsDockerfiles: false });
    if (finding.draft !== undefined && finding.draft.confidence > 1) found.push(finding);
  }
  const plain = found.filter((one) => !SAMPLES.test(one.dir));
  const rows: [readonly FolderFinding[], string][] = [
    [plain, 'it is the only app'],
    [plain.filter((one) => FRONT.test(baseName(one.dir))), 'it is the only one with the name of a front end'],
    [plain.filter((one) => one.draft?.confidence === 3), 'it is the only one with a known web framework'],
    [finishedOf(found), 'it is the finished state beside one to begin with'],
    [plain.length === 0 ? found : [], 'it is the only app, though a sample'],
  ];
  const row = rows.find(([list]) => list.length === 1);
  return { chosen: row?.[0][0], why: row?.[1] ?? '', dirs: found.map((one) => one.dir) };
}

/** The finished one of a lesson's states, where one to begin with lies beside it. */
function finishedOf(found: readonly FolderFinding[]): readonly FolderFinding[] {
  const begun = found.filter(({ dir }) => BEGUN.test(baseName(dir)));
  if (begun.length === 0 && found.length > 1) return [];
  return found.filter(({ dir }) => FINISHED.test(baseName(dir)));
}
