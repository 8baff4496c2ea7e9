import { folderOf, hasFile, listingWithin, type FileListing } from '../listing';
import { readPackageJson } from '../node/package-json';
import { chooseScript } from '../node/scripts';
import { workspaceFolders } from '../node/workspaces';

/** What starts several programs at once, each of which would take the one `PORT` for its own. */
const SEVERAL =
  /\b(?:concurrently|npm-run-all|run-p|run-pty|turbo|stmux|mprocs)\b|\bnx run-many\b|--parallel\b|\bpnpm\b.{0,40}\s(?:-r|--recursive)\b|[^&>|]&(?![&>])\s*\S/;
const ENTERS = /(?:--prefix|--cwd|-C|--dir|\bcd)[ =]+(?:"([^"]{1,100})"|'([^']{1,100})'|([\w./@-]{1,100}))/g;
const CALLS = /(?:\b(?:npm|pnpm|yarn|bun)(?:\s+run)?\s+|\bnpm:|\brun-[ps]\b[^&|;]{0,80}?\s)([\w:.-]{1,60})/g;
const MOST_SCRIPTS = 20;
const MOST_FOLDERS = 6;

export interface StartOfSeveral {
  /** Whether the start runs several programs, each with a port of its own. */
  isSeveral: boolean;
  /** Folders of the source that its commands go into. */
  entered: string[];
  /** Those of them that its own install fills. */
  installed: string[];
}

/** What the start of a Node app in `dir` runs, by its scripts and those that they call. */
export function startOfSeveral(root: FileListing, dir: string): StartOfSeveral {
  const manifest = readPackageJson(listingWithin(root, dir));
  const choice = manifest === undefined ? undefined : chooseScript(manifest).choice;
  if (manifest === undefined || choice === undefined) return { isSeveral: false, entered: [], installed: [] };
  const texts = reached(manifest.scripts, [choice.script]);
  const members = workspaceFolders(root);
  const foldersIn = (all: readonly string[]): string[] =>
    [
      ...new Set(
        all.flatMap((text) =>
          [...text.matchAll(ENTERS)].flatMap((match) => below(dir, match[1] ?? match[2] ?? match[3]) ?? []),
        ),
      ),
    ]
      .filter((one) => one !== dir && !members.includes(one) && isPart(root, one))
      .slice(0, MOST_FOLDERS);
  return {
    isSeveral: texts.some((text) => SEVERAL.test(text)),
    entered: foldersIn(texts),
    installed: foldersIn(reached(manifest.scripts, ['preinstall', 'install', 'postinstall', 'prepare'])),
  };
}

/** Texts of these scripts and of those that they call, each once. */
function reached(scripts: Readonly<Record<string, string>>, first: readonly string[]): string[] {
  const names = [...first];
  const seen = new Set<string>();
  const texts: string[] = [];
  for (let name = names.shift(); name !== undefined && seen.size < MOST_SCRIPTS; name = names.shift()) {
    const text = seen.has(name) || !Object.hasOwn(scripts, name) ? undefined : scripts[name]?.slice(0, 2000);
    seen.add(name);
    if (text === undefined) continue;
    texts.push(text);
    names.push(...[...text.matchAll(CALLS)].map((match) => match[1] ?? ''));
    // `npm:dev:*` and `run-p dev:*` mean all that begin so.
    for (const [, prefix = ''] of text.matchAll(/([\w-]{1,40}:)\*/g))
      names.push(...Object.keys(scripts).filter((one) => one.startsWith(prefix)));
  }
  return texts;
}

/** A folder as a script in `dir` names it, from the root of the source; undefined where it leads outside. */
function below(dir: string, text = ''): string | undefined {
  if (text.startsWith('/')) return undefined;
  const parts = dir === '' ? [] : dir.split('/');
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

const isPart = (root: FileListing, dir: string): boolean =>
  ['package.json', 'requirements.txt', 'pyproject.toml', 'Pipfile'].some((name) =>
    hasFile(root, dir === '' ? name : `${dir}/${name}`),
  ) && folderOf(dir) !== dir;
