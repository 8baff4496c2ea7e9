import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, type SandboxLimits } from '@showrunner/contracts';
import type { Host } from './host';

const READY = 'ready';
const TMP_BYTES = 1024 ** 3;
const START_TIMEOUT_MS = 15_000;

/** Environment of every command; nothing of the host's environment goes in. */
export const BASE_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/home/app',
  USER: 'app',
  LOGNAME: 'app',
  SHELL: '/bin/sh',
  LANG: 'C.UTF-8',
  TMPDIR: '/tmp',
};

const ETC_FILES: Readonly<Record<string, string>> = {
  passwd:
    'root:x:0:0:root:/root:/usr/sbin/nologin\napp:x:1000:1000:app:/home/app:/bin/sh\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n',
  group: 'root:x:0:\napp:x:1000:\nnogroup:x:65534:\n',
  hosts: '127.0.0.1 localhost sandbox\n::1 localhost sandbox\n',
  'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n',
  'resolv.conf': '# This sandbox has no name service; its traffic goes by proxy only.\n',
  hostname: 'sandbox\n',
};

/** Files of our own that stand in the sandbox's /etc, written once per home. */
export async function writeEtcFiles(dir: string): Promise<void> {
  await Promise.all(Object.entries(ETC_FILES).map(([name, text]) => writeFile(join(dir, name), text)));
}

/** An empty disk is copied from `template`, or lies in the folder already; a kept one lies there with its files. */
export type Disk = { kind: 'empty'; template?: string } | { kind: 'kept' };

export interface HolderOptions {
  id: string;
  folder: string;
  etcDir: string;
  host: Host;
  limits: SandboxLimits;
  hostUid?: number;
  /** undefined: /app is a tmpfs of the disk limit. */
  disk?: Disk;
  /** Files of control groups to join, as `ControlGroup.enter` gives them, before anything of the sandbox runs. */
  joins: string[];
}

/**
 * Runs as root in a private mount namespace, so that the disk's mount dies with the holder. /mnt is shadowed there only: it is a
 * path every uid may traverse, which the data folder need not be. The groups are joined before anything runs that is not ours.
 */
const ROOT_SCRIPT = `
set -e
folder=$1 kind=$2 template=$3 uid=$4; shift 4
echo $$ > "$folder/holder.pid"
[ -z "$template" ] || cp --sparse=always -- "$template" "$folder/disk.img"
mount -t ext4 -o loop,nosuid,nodev,noatime,noinit_itable,discard "$folder/disk.img" /mnt
[ "$kind" = kept ] || chown "$uid:$uid" /mnt/app /mnt/home
while [ "$1" != -- ]; do echo 0 > "$1"; shift; done; shift
exec setpriv --reuid "$uid" --regid "$uid" --clear-groups --inh-caps=-all --no-new-privs "$@"
`;
const PLAIN_SCRIPT = `
set -e
folder=$1; shift
echo $$ > "$folder/holder.pid"
exec "$@"
`;
/** What runs inside for as long as the sandbox lives. Its standard streams close, so no file of the host stays open inside. */
const INSIDE_SCRIPT = `echo ${READY}; exec sleep infinity </dev/null >/dev/null 2>&1`;

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

function bwrapArguments(options: HolderOptions, etcFds: Map<string, number>): string[] {
  const { limits, host } = options;
  const args = [host.bwrapPath, '--unshare-all', '--unshare-user', '--uid', '1000', '--gid', '1000'];
  // Without root, commands could not be sent into a second user namespace.
  if (host.root) args.push('--disable-userns');
  args.push('--new-session', '--cap-drop', 'ALL', '--hostname', 'sandbox', '--clearenv');
  for (const [name, value] of Object.entries({ ...BASE_ENVIRONMENT, SANDBOX_ID: options.id }))
    args.push('--setenv', name, value);
  args.push('--perms', '0755', '--dir', '/etc', '--perms', '0755', '--dir', '/home', ...host.systemBinds);
  for (const [name, fd] of etcFds) args.push('--perms', '0444', '--file', String(fd), `/etc/${name}`);
  args.push('--proc', '/proc', ...(host.root ? ['--dev', '/dev'] : PLAIN_DEV));
  // Both are memory, which the memory limit counts; the sizes keep them from filling all of it.
  const tmpBytes = String(Math.min(TMP_BYTES, Math.floor(limits.memoryBytes / 2)));
  args.push(
    '--size',
    tmpBytes,
    '--tmpfs',
    '/dev/shm',
    '--perms',
    '1777',
    '--size',
    tmpBytes,
    '--tmpfs',
    '/tmp',
  );
  if (options.disk !== undefined) args.push('--bind', '/mnt/app', '/app', '--bind', '/mnt/home', '/home/app');
  else
    args.push(
      '--size',
      String(limits.diskBytes),
      '--tmpfs',
      '/app',
      '--size',
      tmpBytes,
      '--tmpfs',
      '/home/app',
    );
  args.push(
    '--remount-ro',
    '/dev',
    '--remount-ro',
    '/',
    '--chdir',
    '/app',
    '--info-fd',
    '3',
    '/bin/sh',
    '-c',
    INSIDE_SCRIPT,
  );
  return args;
}

/** The command line of the holder; the files of /etc are descriptors 4 and up. */
function holderCommand(options: HolderOptions, etcFds: Map<string, number>): string[] {
  const bwrap = bwrapArguments(options, etcFds);
  if (options.disk === undefined || options.hostUid === undefined) {
    const limited = ['prlimit', `--nproc=${options.limits.maxProcesses}`, ...bwrap];
    return ['sh', '-c', PLAIN_SCRIPT, 'holder', options.folder, ...limited];
  }
  const script = [
    'sh',
    '-c',
    ROOT_SCRIPT,
    'holder',
    options.folder,
    options.disk.kind,
    options.disk.kind === 'empty' ? (options.disk.template ?? '') : '',
    String(options.hostUid),
  ];
  return ['unshare', '--mount', '--propagation', 'private', ...script, ...options.joins, '--', ...bwrap];
}

/**
 * Starts the process that is the sandbox, detached from this one, and waits until commands can be sent in.
 * @returns pids of bubblewrap's outer process and of process 1 inside, as the host sees them
 * @throws AppError `sandbox_start_failed` (retryable)
 */
export async function startHolder(options: HolderOptions): Promise<{ holderPid: number; initPid: number }> {
  const { open } = await import('node:fs/promises');
  const names = Object.keys(ETC_FILES);
  const info = await open(join(options.folder, 'holder.json'), 'w+', 0o600);
  const files = await Promise.all(names.map((name) => open(join(options.etcDir, name), 'r')));
  try {
    const etcFds = new Map(names.map((name, index) => [name, 4 + index]));
    const [file = 'sh', ...args] = holderCommand(options, etcFds);
    const child = spawn(file, args, {
      cwd: '/',
      detached: true,
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      stdio: ['ignore', 'pipe', 'pipe', info.fd, ...files.map((handle) => handle.fd)],
    });
    const output: Buffer[] = [];
    await new Promise<void>((resolve, reject) => {
      const fail = (reason: string) => {
        if (child.pid !== undefined && child.exitCode === null) child.kill('SIGKILL');
        const said = Buffer.concat(output).toString('utf8').trim().slice(-1000);
        reject(
          new AppError(
            'sandbox_start_failed',
            `The sandbox did not start: ${reason}${said === '' ? '' : `: ${said}`}.`,
            {
              remedy: 'Run `showrunner doctor` to see what this machine lacks.',
              retryable: true,
            },
          ),
        );
      };
      const timer = setTimeout(() => fail(`nothing within ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
      child.once('error', (error) => (clearTimeout(timer), fail(error.message)));
      child.once(
        'exit',
        (code, signal) => (clearTimeout(timer), fail(`its holder ended with ${signal ?? code}`)),
      );
      child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
      child.stdout?.on('data', (chunk: Buffer) => {
        if (!chunk.toString('latin1').includes(READY)) return;
        clearTimeout(timer);
        resolve();
      });
    });
    child.removeAllListeners('exit');
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.unref();
    const text = await readFile(join(options.folder, 'holder.json'), 'utf8');
    const initPid = Number(/"child-pid": (\d+)/.exec(text)?.[1]);
    return { holderPid: child.pid ?? 0, initPid };
  } finally {
    await Promise.all([info, ...files].map((handle) => handle.close()));
  }
}
