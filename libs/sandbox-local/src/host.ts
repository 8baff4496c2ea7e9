import { execFile } from 'node:child_process';
import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { promisify } from 'node:util';
import { EnvironmentError } from '@showrunner/contracts';
import { SHIM_PROGRAM } from './seccomp/start-filtered';
import { detectCgroupLayout, type CgroupLayout } from '@showrunner/control-groups';

const run = promisify(execFile);

/** What this host offers to a local sandbox. */
export interface Host {
  root: boolean;
  cgroups: CgroupLayout;
  bwrapPath: string;
  /** bwrap arguments that give the sandbox the host's programs and libraries, read-only. */
  systemBinds: string[];
}

/** Read-only parts of the host's /etc that programs need; nothing here is secret. */
const ETC_PARTS = [
  'ssl/certs',
  'ssl/openssl.cnf',
  'ca-certificates',
  'pki',
  'alternatives',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'fonts',
  'mime.types',
  'localtime',
  'timezone',
  'python3',
  'python3.11',
  'services',
  'protocols',
  'java-17-openjdk',
  'os-release',
];

function systemBinds(): string[] {
  const args = ['--ro-bind', '/usr', '/usr'];
  for (const name of ['bin', 'sbin', 'lib', 'lib64', 'lib32', 'libx32']) {
    const path = `/${name}`;
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    // Merged-usr systems have links here; older ones have folders.
    if (stat.isSymbolicLink()) args.push('--symlink', readlinkSync(path), path);
    else args.push('--ro-bind', path, path);
  }
  for (const part of ETC_PARTS) args.push('--ro-bind-try', `/etc/${part}`, `/etc/${part}`);
  return args;
}

/** @throws EnvironmentError `sandbox_unavailable` when bubblewrap, or what puts commands behind the filter of system calls, is missing. */
export async function detectHost(bwrapPath: string): Promise<Host> {
  try {
    await run(bwrapPath, ['--version']);
  } catch (error) {
    throw new EnvironmentError('sandbox_unavailable', `bubblewrap does not run at "${bwrapPath}".`, {
      remedy: 'Install it with `apt-get install bubblewrap`.',
      cause: error,
    });
  }
  if (!existsSync(SHIM_PROGRAM))
    throw new EnvironmentError(
      'sandbox_unavailable',
      `${SHIM_PROGRAM} is missing, which starts every command.`,
      {
        remedy: 'Install it with `apt-get install perl-base`.',
      },
    );
  const root = process.getuid?.() === 0;
  const cgroups: CgroupLayout = root ? await detectCgroupLayout() : { kind: 'none', controllers: {} };
  return { root, cgroups, bwrapPath, systemBinds: systemBinds() };
}
