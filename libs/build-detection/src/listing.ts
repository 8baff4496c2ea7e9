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
  'bower_components',
] as const;

const LOCK_FILES = new Set(['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'Cargo.lock']);
const WORTH_READING = new Set([
  ...LOCK_FILES,
  'package.json',
  'pnpm-workspace.yaml',
  'lerna.json',
  'angular.json',
  '.yarnrc.yml',
  '.nvmrc',
  '.node-version',
  '.tool-versions',
  'mise.toml',
  '.mise.toml',
  '.python-version',
  'runtime.txt',
  'pyproject.toml',
  'Pipfile',
  'setup.cfg',
  'go.mod',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'composer.json',
  'Cargo.toml',
  'rust-toolchain',
  'rust-toolchain.toml',
  'Gemfile',
  'config.ru',
  '.ruby-version',
  '.java-version',
  '.php-version',
  'system.properties',
  'Procfile',
  'Dockerfile',
  'Containerfile',
  'showrunner.yaml',
  'showrunner.yml',
  '.flaskenv',
  'schema.prisma',
  'index.html',
  'theme.toml',
  'netlify.toml',
  '.hugo-version',
  '.gitmodules',
  '.gitattributes',
  'book.toml',
  '_config.yml',
]);
const PATTERNS = [
  /^readme(\.(md|rst|txt|adoc))?$/i,
  /^requirements[\w.-]*\.txt$/,
  /^(docker-)?compose(\.[\w-]{1,20})?\.ya?ml$/,
  /^\.env\.development$/,
  /^\.?(?:env|example|sample|template)(?:[._-](?:local|dev|development|example|sample|template|dist|defaults?|env)){1,2}$/,
  /^application(-[\w-]{1,20})?\.(properties|ya?ml)$/,
  /^(hugo|config)\.(toml|ya?ml|json)$/,
  /^mkdocs\.ya?ml$/,
  /^index\.(md|markdown)$/,
  /^(Docker|Container)file\.[\w-]{1,40}$/,
  /^(vite|webpack|vue|nuxt|astro|svelte|rsbuild|react-router|sanity)\.config\.[cm]?[jt]s$/,
];
/** Where apps keep what leads them to their database. */
const DATABASE_SETTINGS =
  /(?:^|\/)(?:(?:db|dbs|database|config|settings|conn|connect|connection|sequelize|knexfile|ormconfig|data-?source|pool|mysql|postgres|pg|drizzle|typeorm)(?:[._-]?(?:config|conn|connection|connect|module))?(?:\.\w{1,20})?|app|server|index|main)\.(?:[cm]?[jt]s|php|inc|json)$|(?:^|\/)(?:database|db|config|models)\/(?:index|client|\w{0,20}(?:config|connection))\.(?:[cm]?[jt]s|php)$/i;
const MAX_SETTINGS = 60;
const MAX_DEPTH_READ = 4;
const MAX_PYTHON_FILES = 120;
const MAX_GO_FILES = 60;
const MAX_RUST_FILES = 60;
const MAX_RUBY_FILES = 20;
const MAX_PAGES = 12;
const MAX_CONTROLLERS = 30;
/** Java's packages are folders, one in another. */
const MAX_DEPTH_CONTROLLERS = 12;
/** Characters of one file that are looked at, so that no content costs more than a moment. */
const MAX_TEXT = 96 * 1024;
const MAX_LOCK_TEXT = 1024 ** 2;

/**
 * Which files of a listing the detector wants to look into: those of the chosen folder, nearest to it first, then those of the rest,
 * nearest to the root first. Pure; the caller bounds bytes.
 */
export function filesWorthReading(files: readonly string[], dir = ''): string[] {
  const folder = dir
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  if (folder === '') return worthReading(files);
  const within = listingWithin({ files, read: () => undefined }, folder).files;
  const first = worthReading(within).map((file) => `${folder}/${file}`);
  return [...new Set([...first, ...worthReading(files)])];
}

function worthReading(files: readonly string[]): string[] {
  const near = files.filter((file) => depthOf(file) < MAX_DEPTH_READ);
  const named = near.filter((file) => {
    const name = baseName(file);
    return (
      WORTH_READING.has(name) ||
      PATTERNS.some((pattern) => pattern.test(name)) ||
      /(^|\/)requirements\/\w+\.txt$/.test(file) ||
      /^\.github\/workflows\/[\w.-]+\.ya?ml$/.test(file)
    );
  });
  const isTest = (file: string): boolean => /(^|\/)(tests?|migrations)\//.test(file);
  const python = near.filter((file) => file.endsWith('.py') && !isTest(file));
  const go = near.filter((file) => file.endsWith('.go') && !file.endsWith('_test.go'));
  const rust = near.filter((file) => file.endsWith('.rs') && !isTest(file));
  const ruby = near.filter((file) => file.endsWith('.rb') && depthOf(file) <= 1 && !isTest(file));
  const controllers = files.filter(
    (file) =>
      /\w*Controller\.(?:java|kt)$/.test(file) && depthOf(file) < MAX_DEPTH_CONTROLLERS && !isTest(file),
  );
  const settings = near.filter((file) => DATABASE_SETTINGS.test(file) && !isTest(file));
  const pages = near.filter(
    (file) => depthOf(file) === 0 && /\.(?:html?|php)$/.test(file) && file !== 'index.html',
  );
  return [
    ...named.sort(nearestFirst),
    ...python.sort(nearestFirst).slice(0, MAX_PYTHON_FILES),
    ...go.sort(nearestFirst).slice(0, MAX_GO_FILES),
    ...rust.sort(nearestFirst).slice(0, MAX_RUST_FILES),
    ...ruby.sort(nearestFirst).slice(0, MAX_RUBY_FILES),
    ...pages.sort(nearestFirst).slice(0, MAX_PAGES),
    ...settings.sort(nearestFirst).slice(0, MAX_SETTINGS),
    ...controllers.sort(nearestFirst).slice(0, MAX_CONTROLLERS),
  ];
}

/** The same listing in one order, each file once, nearest first, and no text longer than is looked at. */
export function orderedListing(listing: FileListing): FileListing {
  const files = [...new Set(listing.files)].sort(nearestFirst);
  return {
    files,
    read: (path) => listing.read(path)?.slice(0, LOCK_FILES.has(baseName(path)) ? MAX_LOCK_TEXT : MAX_TEXT),
  };
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
  const file = listing.files.find((one) => /^readme(\.(md|rst|txt|adoc))?$/i.test(one));
  return (file === undefined ? undefined : listing.read(file)) ?? '';
}

export const hasFile = (listing: FileListing, path: string): boolean => listing.files.includes(path);
/** The first of these files that is there. */
export const firstOf = (listing: FileListing, names: readonly string[]): string | undefined =>
  names.find((name) => hasFile(listing, name));
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const depthOf = (path: string): number => path.split('/').length - 1;
const nearestFirst = (a: string, b: string): number =>
  depthOf(a) - depthOf(b) || (a < b ? -1 : a === b ? 0 : 1);
/** Whether any folder holds a file of that name. */
export const hasFileNamed = (listing: FileListing, name: string): boolean =>
  listing.files.some((file) => baseName(file) === name);
