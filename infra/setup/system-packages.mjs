import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { findTool, isFound } from '../../libs/config/src/tool-resolution.mjs';
import { toolCatalogue } from '../../libs/config/src/tool-catalogue.mjs';
import { runCommand } from '../tooling/run-command.mjs';
import { SetupError } from './setup-error.mjs';

/** Packages that offer no program of the product to look for; iproute2 makes the hosts of the tests. */
const libraryPackages = [
  'fonts-liberation',
  'fonts-dejavu-core',
  // Chinese, Japanese and Korean in 2 MB; the Noto fonts of these weigh 57.
  'fonts-droid-fallback',
  'fonts-noto-color-emoji',
  'fonts-noto-core',
  'python3-venv',
  'python3-pip',
  'ca-certificates',
  'openssh-client',
  'iproute2',
];

/** What the other distributions call the same, for the command that we print. */
const otherManagers = [
  {
    marker: '/usr/bin/dnf',
    command:
      'sudo dnf install -y chromium ffmpeg redis bubblewrap git e2fsprogs util-linux python3 python3-pip liberation-fonts dejavu-sans-fonts google-noto-emoji-color-fonts google-noto-sans-fonts google-droid-sans-fonts iproute',
  },
  {
    marker: '/usr/bin/pacman',
    command:
      'sudo pacman -S --needed chromium ffmpeg redis bubblewrap git e2fsprogs util-linux python python-pip ttf-liberation ttf-dejavu noto-fonts noto-fonts-emoji ttf-droid iproute2',
  },
  {
    marker: '/sbin/apk',
    command:
      'sudo apk add chromium ffmpeg redis bubblewrap git e2fsprogs util-linux python3 py3-pip font-liberation font-dejavu font-noto font-noto-emoji font-noto-cjk iproute2',
  },
];

/**
 * @typedef {object} SystemFacts
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} isDebian
 * @property {boolean} isRoot
 * @property {(name: string) => boolean} packageIsInstalled
 */

/** @returns {SystemFacts} */
export function systemFacts() {
  const isDebian = existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
  const installed = isDebian ? installedPackages() : new Set();
  return {
    env: process.env,
    isDebian,
    isRoot: process.getuid?.() === 0,
    packageIsInstalled: (name) => installed.has(name),
  };
}

function installedPackages() {
  const list = execFileSync('dpkg-query', ['-W', '-f', '${db:Status-Status} ${binary:Package}\n'], {
    encoding: 'utf8',
    maxBuffer: 32 * 1024 * 1024,
  });
  const lines = list.split('\n').filter((line) => line.startsWith('installed '));
  return new Set(lines.map((line) => line.slice('installed '.length).replace(/:.*$/, '')));
}

/**
 * Debian packages that are needed and missing. A program found elsewhere (own setting, npm package, PATH) needs no package; one that the
 * product can do without is only taken along where we install, and keeps nobody else from starting.
 * @param {SystemFacts} facts
 * @returns {string[]}
 */
export function missingPackages(facts) {
  const forPrograms = toolCatalogue
    .filter((tool) => tool.debianPackage && (tool.required || (facts.isDebian && facts.isRoot)))
    .filter((tool) => !isFound(findTool(tool.name, { env: facts.env })))
    .map((tool) => String(tool.debianPackage));
  const forLibraries = facts.isDebian
    ? libraryPackages.filter((name) => !facts.packageIsInstalled(name))
    : [];
  return [...new Set([...forPrograms, ...forLibraries])];
}

/**
 * The command that installs what is missing, for people.
 * @param {readonly string[]} packages
 * @param {SystemFacts} facts
 */
export function installCommand(packages, facts) {
  if (facts.isDebian) {
    const asRoot = facts.isRoot ? '' : 'sudo ';
    return `${asRoot}apt-get update && ${asRoot}apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  }
  const manager = otherManagers.find(({ marker }) => existsSync(marker));
  return manager?.command ?? `(with the package manager of ${systemName()}) install: ${packages.join(' ')}`;
}

function systemName() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^PRETTY_NAME="?([^"\n]*)/m.exec(release)?.[1] ?? process.platform;
}

/**
 * Installs missing system packages as root on Debian and Ubuntu; elsewhere says which command to run.
 * @param {(detail: string) => void} report
 * @param {SystemFacts} [facts]
 * @returns {Promise<import('./steps.mjs').StepResult>}
 */
export async function installSystemPackages(report, facts = systemFacts()) {
  const missing = missingPackages(facts);
  if (missing.length === 0) return { changed: false, summary: 'already installed' };
  const command = installCommand(missing, facts);
  if (!facts.isDebian || !facts.isRoot) {
    throw new SetupError(`System packages are missing: ${missing.join(', ')}.`, `Run: ${command}`);
  }
  report(`installing ${missing.join(' ')}`);
  const apt = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
  // Packages must not start their services: the platform runs its own redis-server.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1', NEEDRESTART_MODE: 'l' };
  try {
    await runCommand('apt-get', [...apt, 'update'], { env, onLine: report });
    await runCommand('apt-get', [...apt, 'install', '-y', '--no-install-recommends', ...missing], {
      env,
      onLine: report,
    });
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new SetupError(`System packages could not be installed: ${cause}`, `Run: ${command}`, error);
  }
  return { changed: true, summary: `installed ${missing.join(' ')}` };
}
