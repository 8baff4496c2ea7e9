import { randomBytes } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InvalidInputError, type SandboxLimits } from '@showrunner/contracts';
import { BASE_ENVIRONMENT as COMMON_ENVIRONMENT } from '@showrunner/sandbox/provider';
import { sandboxFilterBytes } from './seccomp/sandbox-filter';
import type { Host } from './host';
import { systemBindsOf } from './system-binds';
import { unwrittenBound } from './unwritten-bound';
import mount from './mount.sh';

/** Said by the holder once its disk is mounted; then it waits for a line with the sandbox's id. */
export const MOUNTED = 'mounted';
/** Said from inside, once commands can be sent in. */
export const READY = 'ready';
const TMP_BYTES = 1024 ** 3;

/** Environment of every command. */
export const BASE_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  ...COMMON_ENVIRONMENT,
};

/** Not of IPv6: what listens on 127.0.0.1 alone is found at the first try. */
function hostsText(names: readonly string[]): string {
  const more = names.map((name) => `127.0.0.1 ${name}\n`).join('');
  return `127.0.0.1 localhost sandbox\n::1 localhost sandbox\n${more}`;
}

const ETC_FILES: Readonly<Record<string, string>> = {
  passwd:
    'root:x:0:0:root:/root:/usr/sbin/nologin\napp:x:1000:1000:app:/home/app:/bin/sh\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n',
  group: 'root:x:0:\napp:x:1000:\nnogroup:x:65534:\n',
  hosts: hostsText([]),
  'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n',
  'resolv.conf': '# This sandbox has no name service; its traffic goes by proxy only.\n',
  hostname: 'sandbox\n',
};

/** The filter of system calls for the holder's own processes inside, which a command could otherwise write into and speak through. */
const FILTER = sandboxFilterBytes();
const FILTER_NAME = '.filter';

/** Files of our own that stand in the sandbox's /etc, and the filter; whole at each moment, as other processes of this home read them. */
export async function writeEtcFiles(dir: string): Promise<void> {
  const files = Object.entries<string | Buffer>(ETC_FILES);
  if (FILTER !== undefined) files.push([FILTER_NAME, FILTER]);
  await Promise.all(
    files.map(async ([name, content]) => {
      const unfinished = join(dir, `${name}.${randomBytes(4).toString('hex')}.tmp`);
      await writeFile(unfinished, content);
      await rename(unfinished, join(dir, name));
    }),
  );
}

const LABEL = /^[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?$/i;

/**
 * The names that one sandbox has for itself, in a file beside its disk.
 * @returns its path
 * @throws InvalidInputError `host_name_invalid`
 */
export async function writeHostsFile(folder: string, names: readonly string[]): Promise<string> {
  const wrong = names.find((name) => !LABEL.test(name));
  if (wrong !== undefined)
    throw new InvalidInputError(
      'host_name_invalid',
      `"${wrong.slice(0, 80)}" cannot name a sandbox to itself.`,
    );
  const file = join(folder, 'hosts');
  await writeFile(file, hostsText(names));
  return file;
}

/** Where every sandbox finds what the platform shares. */
export const SHARED_INSIDE = '/showrunner';
/** Where the holder sees the system: at its own place, or where it was bound before the sandbox's uid was taken on. */
const boundSystem = ({ disk, system = '' }: HolderOptions): string =>
  disk === undefined ? system : '/mnt/.system';

const ETC_NAMES = Object.keys(ETC_FILES);
/** Names of the files that the holder gets as descriptors, from `FIRST_FILE_FD` on. */
export const HOLDER_FILES: readonly string[] = [...ETC_NAMES, ...(FILTER === undefined ? [] : [FILTER_NAME])];
const INFO_FD = 3;
const FIRST_FILE_FD = 4;

/** An empty disk is copied from `template`, or lies in the folder already; a kept one lies there with its files. */
export type Disk = { kind: 'empty'; template?: string } | { kind: 'kept' };

export interface HolderOptions {
  /** Where the image of the disk lies. */
  folder: string;
  etcDir: string;
  /** What all sandboxes may read, at SHARED_INSIDE. */
  sharedDir: string;
  /** In place of that of `etcDir`. */
  hostsFile?: string | undefined;
  /** A Debian system whose programs and libraries stand in place of the host's. */
  system?: string | undefined;
  host: Host;
  limits: SandboxLimits;
  hostUid?: number;
  /** undefined: /app is a tmpfs of the disk limit. */
  disk?: Disk;
}

/** Of /tmp and of /dev/shm. Both are memory, which the memory limit counts; this keeps one of them from filling all of it. */
export function tmpBytes({ memoryBytes }: SandboxLimits): number {
  return Math.min(TMP_BYTES, Math.floor(memoryBytes / 2));
}

/**
 * Runs as root in a private mount namespace, so that the disk's mount dies with the holder. /mnt is shadowed there only: it is a
 * path every uid may traverse, which the data folder need not be.
 *
 * No barriers: a sandbox does not outlive a crash of the host (`stop` makes its image durable), and with them each fsync inside waits for the
 * host's own disk, behind all that every other sandbox has written.
 */
const MOUNT_SCRIPT = mount;
/** What runs inside for as long as the sandbox lives. Its standard streams close, so no file of the host stays open inside. */
const INSIDE_SCRIPT = `echo ${READY}; exec sleep infinity </dev/null >/dev/null 2>&1`;
/** Waits, as nobody but the sandbox's uid, for the id. The end of the pipe is the end of whoever made the holder, and so its own. */
const WAIT_SCRIPT = `
echo ${MOUNTED}
IFS= read -r id || exit 1
exec "$@" --setenv SANDBOX_ID "$id" /bin/sh -c '${INSIDE_SCRIPT}' </dev/null
`;

/**
 * /dev without pseudo terminals. Mounting devpts takes a second user namespace, and without root a command cannot be sent through
 * two of them.
 */
const PLAIN_DEV = [
  ...['--tmpfs', '/dev'],
  ...['null', 'zero', 'full', 'random', 'urandom', 'tty'].flatMap((name) => [
    '--dev-bind',
    `/dev/${name}`,
    `/dev/${name}`,
  ]),
  ...['--symlink', '/proc/self/fd', '/dev/fd', '--symlink', '/proc/self/fd/0', '/dev/stdin'],
  ...['--symlink', '/proc/self/fd/1', '/dev/stdout', '--symlink', '/proc/self/fd/2', '/dev/stderr'],
];

/** All that bubblewrap is told but the id. */
function bwrapArguments(options: HolderOptions): string[] {
  const { limits, host } = options;
  const args = [host.bwrapPath, '--unshare-all', '--unshare-user', '--uid', '1000', '--gid', '1000'];
  // Without root, commands could not be sent into a second user namespace.
  if (host.root) args.push('--disable-userns');
  args.push('--new-session', '--cap-drop', 'ALL', '--hostname', 'sandbox', '--clearenv');
  for (const [name, value] of Object.entries(BASE_ENVIRONMENT)) args.push('--setenv', name, value);
  args.push('--perms', '0755', '--dir', '/etc', '--perms', '0755', '--dir', '/home');
  args.push(
    ...(options.system === undefined
      ? host.systemBinds
      : systemBindsOf(options.system, boundSystem(options))),
  );
  args.push('--ro-bind', options.disk === undefined ? options.sharedDir : '/mnt/.shared', SHARED_INSIDE);
  ETC_NAMES.forEach((name, index) =>
    args.push('--perms', '0444', '--file', String(FIRST_FILE_FD + index), `/etc/${name}`),
  );
  args.push('--proc', '/proc', ...(host.root ? ['--dev', '/dev'] : PLAIN_DEV));
  const size = String(tmpBytes(limits));
  args.push('--size', size, '--tmpfs', '/dev/shm', '--perms', '1777', '--size', size, '--tmpfs', '/tmp');
  if (options.disk !== undefined) args.push('--bind', '/mnt/app', '/app', '--bind', '/mnt/home', '/home/app');
  else
    args.push(
      ...['--size', String(limits.diskBytes), '--tmpfs', '/app'],
      ...['--size', size, '--tmpfs', '/home/app'],
    );
  args.push('--remount-ro', '/dev', '--remount-ro', '/', '--chdir', '/app', '--info-fd', String(INFO_FD));
  if (FILTER !== undefined) args.push('--seccomp', String(FIRST_FILE_FD + HOLDER_FILES.indexOf(FILTER_NAME)));
  return args;
}

/** The command line of the holder. It is one process from here until bubblewrap: every program becomes the next. */
export function holderCommand(options: HolderOptions, image: string): string[] {
  const { disk, hostUid, limits } = options;
  const bwrap = bwrapArguments(options);
  const wait = ['sh', '-c', WAIT_SCRIPT, `holder:${basename(options.folder)}`];
  if (disk === undefined || hostUid === undefined)
    return [...wait, 'prlimit', `--nproc=${limits.maxProcesses}`, ...bwrap];
  const template = disk.kind === 'empty' ? (disk.template ?? '') : '';
  const facts = [image, disk.kind, template, String(hostUid), String(unwrittenBound() ?? '')];
  const folders = [options.sharedDir, options.system ?? ''];
  const mount = ['sh', '-c', MOUNT_SCRIPT, 'holder', ...facts, ...folders];
  return ['unshare', '--mount', '--propagation', 'private', ...mount, ...wait, ...bwrap];
}
