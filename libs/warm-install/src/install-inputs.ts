/** Names of the files that decide what an install makes: manifests, lock files, settings and versions of the package managers. */
export const INPUT_NAMES = [
  ...[
    'package\\.json',
    'package-lock\\.json',
    'npm-shrinkwrap\\.json',
    'yarn\\.lock',
    'pnpm-lock\\.yaml',
    'bun\\.lockb?',
  ],
  ...['\\.npmrc', '\\.yarnrc(\\.yml)?', 'pnpm-workspace\\.yaml', '\\.?pnpmfile\\.[cm]?js', 'bunfig\\.toml'],
  ...[
    'lerna\\.json',
    'binding\\.gyp',
    '\\.nvmrc',
    '\\.node-version',
    '\\.tool-versions',
    '\\.python-version',
  ],
  ...[
    'pyproject\\.toml',
    'setup\\.(py|cfg)',
    'MANIFEST\\.in',
    '(poetry|uv|pdm)\\.(lock|toml)',
    'Pipfile(\\.lock)?',
  ],
  ...['.*requirements.*\\.(txt|in)', '.*constraints.*\\.txt', 'go\\.(mod|sum|work|work\\.sum)'],
  // Read by the install script of @prisma/client, which writes what it makes of it into node_modules.
  ...['.*\\.prisma'],
].join('|');

/** Every file below folders of these names is an input too. */
export const INPUT_FOLDERS = '.*/(patches|requirements|\\.yarn/(releases|plugins|patches))/';

/** Inputs whose text says whether code of the project takes part in the install. */
export const READ_NAMES =
  'package\\.json|package-lock\\.json|npm-shrinkwrap\\.json|\\.npmrc|.*requirements.*\\.(txt|in)';

/** Folders and files that an install makes, by their names; those below them are theirs. */
export const MADE_NAMES = ['node_modules', '.venv', '.pnp.cjs', '.pnp.loader.mjs'] as const;
/**
 * The same by the end of their paths. Not the state that Yarn keeps of its installs: with it, it would leave out the project's own scripts.
 */
export const MADE_PATHS = ['.yarn/cache', '.yarn/unplugged'] as const;

const LOCKS: Readonly<Record<string, readonly string[]>> = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json'],
  pnpm: ['pnpm-lock.yaml'],
  yarn: ['yarn.lock'],
  bun: ['bun.lock', 'bun.lockb'],
  uv: ['uv.lock'],
  poetry: ['poetry.lock'],
  pdm: ['pdm.lock'],
  pipenv: ['Pipfile.lock'],
  go: ['go.sum'],
};

/** Whether a lock file fixes every version that the command installs. Pure. */
export function isLocked(
  buildSpec: { packageManager: string; install: string | null },
  inputs: readonly { path: string }[],
): boolean {
  if (/--no-frozen-lockfile|npm install\b(?!.*--prefix)/.test(buildSpec.install ?? '')) return false;
  const locks = LOCKS[buildSpec.packageManager] ?? [];
  return inputs.some(({ path }) => locks.includes(path.slice(path.lastIndexOf('/') + 1)));
}
