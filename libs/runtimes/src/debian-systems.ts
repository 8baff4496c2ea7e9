import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, mkdir, readdir, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DebianSystem } from '@showrunner/contracts';
import { trustedAuthorities, trustHook, writeAuthorities } from './host-authorities';
import { withFileLock } from './made-once';
import { notMade } from './system-failures';

const run = promisify(execFile);

export interface DebianSystemsOptions {
  /** Each system is a folder below it; made when it is missing. */
  folder: string;
  /** Of Debian's packages: `http://deb.debian.org/debian`. What it sends counts only with Debian's signature. */
  mirrorUrl: string;
}

interface Making {
  signal?: AbortSignal | undefined;
  /** What is going on, a sentence at a time. */
  say?: ((sentence: string) => void) | undefined;
}

/** Raised when what is made of the same packages changes, so that older ones are not taken for it. */
const FORMAT = 1;
/**
 * Processes and mounts of a making are in namespaces of their own, which end with it and with us: nothing goes on in a folder that is removed,
 * and no mount of it stays.
 */
const IN_NAMESPACES = [
  ...['--pdeathsig', 'SIGKILL', 'unshare', '--mount', '--propagation', 'private'],
  ...['--pid', '--fork', '--kill-child', '--mount-proc'],
];
const WAIT_SECONDS = 900;
const LONGEST_MS = 12 * 60_000;
/** What the platform's own commands inside a sandbox take, besides the essential packages. */
const ALWAYS = [
  'ca-certificates',
  'curl',
  'git',
  'netbase',
  'perl-base',
  'procps',
  'python3',
  'unzip',
  'xz-utils',
  'zstd',
];
/** Servers that a package installs are neither started nor given data: that happens in sandboxes. */
const BEFORE_PACKAGES = [
  'mkdir -p "$1/etc/postgresql-common" && echo "create_main_cluster = false" > "$1/etc/postgresql-common/createcluster.conf"',
];
/** Alternatives of Java link to manuals, and fail without the folder of those that are left out. */
const MANUALS = 'mkdir -p "$1/usr/share/man/man1"';
const LEFT_OUT = [
  '/usr/share/doc/*',
  '/usr/share/man/*',
  '/usr/share/info/*',
  '/usr/share/locale/*',
  '/usr/share/lintian/*',
];
const SECURITY: ReadonlySet<DebianSystem['suite']> = new Set(['bullseye', 'bookworm', 'trixie']);

/**
 * File systems of Debian's packages, made by mmdebstrap and known by the hash of what was asked for. Each is made once, however many ask
 * at the same time; sandboxes see it read-only. Only Debian's own packages run while it is made, never anything of a source.
 */
export class DebianSystems {
  private readonly making = new Map<string, Promise<string>>();
  private readonly authorities = trustedAuthorities();

  constructor(private readonly options: DebianSystemsOptions) {}

  /** Whether this machine can make them. */
  static async areAvailable(): Promise<boolean> {
    if (process.getuid?.() !== 0) return false;
    return run('mmdebstrap', ['--version']).then(
      () => true,
      () => false,
    );
  }

  /** Name of a system's folder: lower-case hex. */
  nameOf({ suite, packages }: DebianSystem): string {
    const wanted = [...new Set([...ALWAYS, ...packages])].sort();
    const facts = [FORMAT, process.arch, suite, wanted, BEFORE_PACKAGES, LEFT_OUT, this.authorities];
    return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
  }

  async has(system: DebianSystem): Promise<boolean> {
    return access(join(this.options.folder, this.nameOf(system), 'usr')).then(
      () => true,
      () => false,
    );
  }

  /**
   * Sees to it that a system stands.
   * @returns the name of its folder
   * @throws AppError `system_not_made` (retryable where the network was the cause), `runtime_busy` (retryable)
   */
  async make(system: DebianSystem, options: Making = {}): Promise<string> {
    const name = this.nameOf(system);
    if (await this.has(system)) {
      const now = new Date();
      await utimes(join(this.options.folder, name), now, now).catch(() => undefined); // only tells when it was last used
      return name;
    }
    const running = this.making.get(name);
    if (running !== undefined) return running;
    const made = this.build(name, system, options).finally(() => this.making.delete(name));
    this.making.set(name, made);
    return made;
  }

  private async build(name: string, system: DebianSystem, { signal, say }: Making): Promise<string> {
    const { folder } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o755 });
    const locked = async (): Promise<void> => {
      if (await this.has(system)) return;
      say?.(
        `Debian ${system.suite} is put together with ${system.packages.join(', ')}; the first time this takes a minute or two.`,
      );
      const unfinished = join(folder, `.${name}.${randomBytes(4).toString('hex')}`);
      // Of a worker that was killed: nobody else makes this system while the lock is ours.
      for (const left of await readdir(folder))
        if (left.startsWith(`.${name}.`) && !left.endsWith('.lock'))
          await rm(join(folder, left), { recursive: true, force: true });
      try {
        for (const made of [unfinished, `${unfinished}.tmp`]) await mkdir(made, { mode: 0o755 });
        await writeAuthorities(`${unfinished}.authorities`, this.authorities);
        await this.bootstrap(system, unfinished, { signal, say });
        await rename(unfinished, join(folder, name));
      } finally {
        for (const left of [unfinished, `${unfinished}.authorities`, `${unfinished}.tmp`])
          await rm(left, { recursive: true, force: true });
      }
    };
    await withFileLock(join(folder, `.${name}.lock`), locked, { waitSeconds: WAIT_SECONDS, signal });
    return name;
  }

  private async bootstrap(system: DebianSystem, target: string, { signal, say }: Making): Promise<void> {
    const child = spawn('setpriv', [...IN_NAMESPACES, 'mmdebstrap', ...this.argumentsFor(system, target)], {
      cwd: '/',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', TMPDIR: `${target}.tmp` },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const timeout = AbortSignal.timeout(LONGEST_MS);
    const ending = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    const end = (): void => void child.kill('SIGKILL');
    ending.addEventListener('abort', end, { once: true });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      said = (said + text).slice(-4000);
      const step = /^I: (?:running|installing|downloading|extracting) [\w -]{3,60}/m.exec(text)?.[0];
      if (step !== undefined) say?.(`${step.slice(3)} …`);
    });
    try {
      const code = await Promise.race([
        once(child, 'close').then(([status]) => status as number | null),
        once(child, 'error').then(([error]) => error as Error),
      ]);
      signal?.throwIfAborted();
      if (code !== 0) throw notMade(system, code instanceof Error ? code.message : said);
    } finally {
      ending.removeEventListener('abort', end);
    }
  }

  private argumentsFor({ suite, packages }: DebianSystem, target: string): string[] {
    const { mirrorUrl } = this.options;
    const security = `deb ${mirrorUrl.replace(/\/debian\/?$/, '/debian-security')} ${suite}-security main`;
    return [
      ...['--mode=root', '--variant=essential', '--format=directory', '--components=main'],
      `--include=${[...new Set([...ALWAYS, ...packages])].join(',')}`,
      ...[...BEFORE_PACKAGES, MANUALS].map((hook) => `--essential-hook=${hook}`),
      `--customize-hook=${trustHook(`${target}.authorities`)}`,
      ...LEFT_OUT.map((path) => `--dpkgopt=path-exclude=${path}`),
      '--aptopt=Acquire::Languages "none"',
      '--aptopt=Acquire::Retries "3"',
      '--skip=cleanup/reproducible',
      ...[suite, target, `deb ${mirrorUrl} ${suite} main`],
      ...(SECURITY.has(suite) ? [security] : []),
    ];
  }
}
