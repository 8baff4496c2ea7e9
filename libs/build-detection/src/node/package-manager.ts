import { LOCKS } from 'package-manager-detector/constants';
import semver from 'semver';
import { hasFile, type FileListing } from '../listing';
import { TOOLS_FOLDER } from '../draft';
import type { PackageJson } from './package-json';

export type NodeManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

export interface ManagerChoice {
  name: NodeManager;
  /** What npm has to fetch first, `name@version`; null for the npm that comes with Node. */
  tool: string | null;
  install: string;
  reason: string;
  locked: boolean;
}

/** Versions used when a repository pins none; each is known to install what was locked with its generation. */
const DEFAULT_VERSIONS = {
  pnpm6: '6.35.1',
  pnpm7: '7.33.7',
  pnpm8: '8.15.9',
  pnpm9: '9.15.9',
  pnpm: '10.20.0',
  yarn1: '1.22.22',
  yarn: '4.9.4',
  bun: '1.2.23',
};
const VERSION = /^(\d+)\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

/** Mirrors that lock files name when they were written behind them; paths below them are those of the registry. */
const MIRROR = /https?:\/\/(?:registry\.npmmirror\.com|registry\.npm\.taobao\.org|registry\.yarnpkg\.cn)\//;

/** Points a lock file from a mirror to the registry itself; its checksums stay and are checked. */
const fromRegistry = (lock: string): string =>
  `sed -i -E 's#${MIRROR.source.replaceAll('\\/', '/').replaceAll('(?:', '(')}#https://registry.npmjs.org/#g' ${lock}`;

/** Which package manager installs this folder, at which version, and with which command. */
export function chooseManager(listing: FileListing, manifest: PackageJson): ManagerChoice {
  const pinned = pinnedManager(manifest);
  const locks = Object.keys(LOCKS).filter(
    (name) =>
      name !== 'pnpm-workspace.yaml' && managerName(LOCKS[name]) !== undefined && hasFile(listing, name),
  );
  // Beside a lock file of the old Yarn, npm's own is installed several times as fast, by what every sandbox has.
  const [first] = locks;
  const lock =
    first === 'yarn.lock' && locks.includes('package-lock.json') && !isModernYarn(listing)
      ? 'package-lock.json'
      : first;
  const locked = lock === undefined ? undefined : managerName(LOCKS[lock]);
  const name = pinned?.name ?? locked ?? (hasFile(listing, 'pnpm-workspace.yaml') ? 'pnpm' : 'npm');
  const reason =
    pinned !== undefined
      ? `package.json pins ${pinned.name} ${pinned.version}, which is fetched from the registry (corepack is not needed).`
      : lock !== undefined && locked !== undefined
        ? `${lock} was written by ${locked}.`
        : `There is no lock file; ${name} installs what package.json names.`;
  const isLocked = locked === name;
  const version =
    pinned?.name === name ? pinned.version : versionInRange(name, manifest.enginesManager[name]);
  const command = commandOf(name, listing, isLocked, version);
  const isMirrored = isLocked && lock !== undefined && MIRROR.test(listing.read(lock) ?? '');
  return {
    name,
    locked: isLocked,
    ...command,
    reason: isMirrored ? `${reason} It names a mirror; the registry itself is asked instead.` : reason,
    install: isMirrored ? `${fromRegistry(lock)} && ${command.install}` : command.install,
  };
}

function commandOf(
  name: NodeManager,
  listing: FileListing,
  locked: boolean,
  version: string | undefined,
): Pick<ManagerChoice, 'tool' | 'install'> {
  switch (name) {
    case 'npm':
      return {
        tool: version === undefined ? null : `npm@${version}`,
        install: locked ? 'npm ci' : 'npm install --no-package-lock',
      };
    case 'pnpm':
      return {
        tool: `pnpm@${version ?? pnpmFor(listing.read('pnpm-lock.yaml') ?? '')}`,
        install: `pnpm install ${locked ? '--frozen-lockfile' : '--no-frozen-lockfile'}`,
      };
    case 'yarn': {
      const modern = version === undefined ? isModernYarn(listing) : !version.startsWith('1.');
      if (!modern)
        return {
          tool: `yarn@${version ?? DEFAULT_VERSIONS.yarn1}`,
          // Its own patience of 30 s is too short for a busy machine.
          install: `yarn install --non-interactive --network-timeout 300000${locked ? ' --frozen-lockfile' : ''}`,
        };
      // Yarn 2 and later reads proxies from variables of its own.
      return {
        tool: `@yarnpkg/cli-dist@${version ?? DEFAULT_VERSIONS.yarn}`,
        install: 'YARN_HTTP_PROXY="$HTTP_PROXY" YARN_HTTPS_PROXY="$HTTPS_PROXY" yarn install',
      };
    }
    case 'bun':
      return {
        tool: `bun@${version ?? DEFAULT_VERSIONS.bun}`,
        install: `bun install${locked ? ' --frozen-lockfile' : ''}`,
      };
  }
}

/** Fetches the tool beside the app, so that neither the app's own manifest nor its node_modules is touched. */
export const fetchTools = (tools: readonly string[]): string =>
  `npm install --no-save --no-package-lock --ignore-scripts=false --prefix ${TOOLS_FOLDER}/tools ${tools.join(' ')}`;
export const TOOLS_PATH = `${TOOLS_FOLDER}/tools/node_modules/.bin`;

/** Settings that keep installs quiet, unattended and off every host but the registry. */
export const NODE_ENVIRONMENT: Readonly<Record<string, string>> = {
  CI: '1',
  BROWSER: 'none',
  DO_NOT_TRACK: '1',
  HUSKY: '0',
  LEFTHOOK: '0',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
  // pnpm 10 and 11 hold back dependency scripts and young versions; the sandbox is the boundary here.
  npm_config_dangerously_allow_all_builds: 'true',
  npm_config_strict_dep_builds: 'false',
  npm_config_manage_package_manager_versions: 'false',
  npm_config_verify_deps_before_run: 'false',
  pnpm_config_dangerously_allow_all_builds: 'true',
  pnpm_config_strict_dep_builds: 'false',
  pnpm_config_minimum_release_age: '0',
  pnpm_config_verify_deps_before_run: 'false',
  pnpm_config_pm_on_fail: 'ignore',
  YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  YARN_ENABLE_TELEMETRY: '0',
  YARN_IGNORE_PATH: '1',
  YARN_NODE_LINKER: 'node-modules',
  PUPPETEER_SKIP_DOWNLOAD: '1',
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  CYPRESS_INSTALL_BINARY: '0',
  ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
  SENTRYCLI_SKIP_DOWNLOAD: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  ASTRO_TELEMETRY_DISABLED: '1',
  GATSBY_TELEMETRY_DISABLED: '1',
  STORYBOOK_DISABLE_TELEMETRY: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
  NX_NO_CLOUD: 'true',
  NX_DAEMON: 'false',
};

export const INSTALL_HOSTS: Readonly<Record<NodeManager, string[]>> = {
  npm: ['registry.npmjs.org'],
  pnpm: ['registry.npmjs.org'],
  bun: ['registry.npmjs.org'],
  yarn: ['registry.npmjs.org', 'registry.yarnpkg.com'],
};

function pinnedManager(manifest: PackageJson): { name: NodeManager; version: string } | undefined {
  const [name, version = ''] = (manifest.packageManager ?? '').split('@', 2);
  const plain = version.split('+', 1)[0] ?? '';
  const manager = managerName(name);
  return manager !== undefined && VERSION.test(plain) ? { name: manager, version: plain } : undefined;
}

/** A version that `engines` allows, for a manager that a repository restricts without pinning it. */
function versionInRange(name: NodeManager, range: string | undefined): string | undefined {
  if (name !== 'pnpm' || range === undefined || semver.validRange(range) === null) return undefined;
  const { pnpm, pnpm9, pnpm8, pnpm7, pnpm6 } = DEFAULT_VERSIONS;
  return [pnpm, pnpm9, pnpm8, pnpm7, pnpm6].find((one) => semver.satisfies(one, range));
}

function managerName(name: string | undefined): NodeManager | undefined {
  return name === 'npm' || name === 'pnpm' || name === 'yarn' || name === 'bun' ? name : undefined;
}

function pnpmFor(lockFile: string): string {
  const version = Number(/^lockfileVersion:\s*'?(\d+(?:\.\d+)?)/m.exec(lockFile)?.[1] ?? '9');
  if (version < 5.4) return DEFAULT_VERSIONS.pnpm6;
  if (version < 6) return DEFAULT_VERSIONS.pnpm7;
  return version < 9 ? DEFAULT_VERSIONS.pnpm8 : DEFAULT_VERSIONS.pnpm;
}

const isModernYarn = (listing: FileListing): boolean =>
  hasFile(listing, '.yarnrc.yml') || /^__metadata:/m.test(listing.read('yarn.lock') ?? '');
