/** The files of a source as they were read inside the sandbox. Everything in it is hostile: it is parsed, never run. */
export interface FileListing {
  /** Files only, relative to the root of the source, with `/`; bounded in number and depth, without dependencies and `.git`. */
  readonly files: readonly string[];
  /** Content of a small file that was worth reading (see `filesWorthReading`); undefined when it was not read. */
  read(path: string): string | undefined;
}

/** Folders that never hold an app of their own: skipped when listing a source. */
export const SKIPPED_FOLDERS = [
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '.venv',
  'venv',
  '__pycache__',
  '.next',
  '.nuxt',
  '.svelte-kit',
  '.turbo',
  '.nx',
  '.cache',
  '.showrunner',
  'vendor',
  'target',
  'site-packages',
] as const;

const WORTH_READING = new Set([
  'package.json',
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'pnpm-workspace.yaml',
  'lerna.json',
  'deno.json',
  'angular.json',
  '.yarnrc.yml',
  'requirements.txt',
  'pyproject.toml',
  'Pipfile',
  'Procfile',
  'Dockerfile',
  'showrunner.yaml',
  'showrunner.yml',
  '.flaskenv',
  'index.html',
]);
const README = /^readme(\.(md|rst|txt))?$/i;
const PYTHON = /\.py$/;
/** Lock files are large; only their first part is looked at. */
const MAX_DEPTH_READ = 4;
const MAX_PYTHON_FILES = 120;

/**
 * Which files of a listing the detector wants to look into, nearest to the root first. Pure; the caller bounds bytes.
 */
export function filesWorthReading(files: readonly string[]): string[] {
  const near = files.filter((file) => depthOf(file) < MAX_DEPTH_READ);
  const named = near.filter((file) => WORTH_READING.has(baseName(file)) || README.test(baseName(file)));
  const python = near.filter((file) => PYTHON.test(file) && !/(^|\/)(tests?|migrations)\//.test(file));
  return [...byDepth(named), ...byDepth(python).slice(0, MAX_PYTHON_FILES)];
}

/** The listing as seen from a folder: paths relative to it. */
export function listingWithin(listing: FileListing, dir: string): FileListing {
  if (dir === '') return listing;
  const prefix = `${dir}/`;
  return {
    files: listing.files.filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length)),
    read: (path) => listing.read(prefix + path),
  };
}

/** A listing from a plain object; for tests and for callers that hold everything in memory. */
export function listingOf(contents: Readonly<Record<string, string>>): FileListing {
  return {
    files: Object.keys(contents),
    read: (path) => (Object.hasOwn(contents, path) ? contents[path] : undefined),
  };
}

/** Content of the README next to the app, '' if there is none. */
export function readmeOf(listing: FileListing): string {
  const file = listing.files.find((one) => README.test(one));
  return (file === undefined ? undefined : listing.read(file)) ?? '';
}

export const hasFile = (listing: FileListing, path: string): boolean => listing.files.includes(path);
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const depthOf = (path: string): number => path.split('/').length - 1;
const byDepth = (files: string[]): string[] =>
  files.sort((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1));
