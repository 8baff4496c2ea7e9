import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxLimits } from '@showrunner/contracts';
import { describeWhereMissing } from '@showrunner/contracts/testing';
import { LocalSandboxProvider } from '../local.provider';
import { SandboxHome } from '../sandbox-folder';
import type { Sandbox } from '@showrunner/sandbox';

const MIB = 1024 ** 2;
export const SMALL: SandboxLimits = {
  cpus: 1,
  memoryBytes: 256 * MIB,
  diskBytes: 64 * MIB,
  maxProcesses: 64,
};

const missing = ['bwrap', 'nsenter', 'setpriv', 'mkfs.ext4'].filter(
  (tool) => spawnSync(tool, ['--version']).error !== undefined,
);
const unfit =
  process.getuid?.() !== 0 ? 'not root' : missing.length > 0 ? `${missing.join(', ')} missing` : undefined;

export interface Bench {
  provider: LocalSandboxProvider;
  home: string;
  create(id: string, limits?: Partial<SandboxLimits>): Promise<Sandbox>;
}

/** A suite with a provider on a home of its own; everything is destroyed at its end. Says why when this host cannot run it. */
export function describeSandbox(title: string, body: (bench: Bench) => void): void {
  if (unfit !== undefined) {
    describeWhereMissing(title, unfit, () => body({} as Bench));
    return;
  }
  describe(title, () => {
    jest.setTimeout(90_000);
    const home = mkdtempSync(join(tmpdir(), 'sandboxes-'));
    const provider = new LocalSandboxProvider({ home });
    const bench: Bench = {
      provider,
      home,
      create: (id, limits = {}) =>
        provider.create({ id, limits: { ...SMALL, ...limits }, labels: { suite: title } }),
    };
    beforeAll(async () => void (await provider.list()));
    afterAll(async () => {
      for (const { id } of await provider.list()) await provider.destroy(id);
      await provider.close();
      rmSync(home, { recursive: true, force: true });
    });
    body(bench);
  });
}

/** What a living process keeps ready for its next creation: of whom it is, is in the name. */
export function isKeptReady(text: string): boolean {
  const owner = /\/\.holders\/(\d+)\./.exec(text)?.[1];
  return owner !== undefined && existsSync(`/proc/${owner}`);
}

/** Everything on the host that mentions a home or belongs to one of its sandboxes. What is kept ready for the next is none of it. */
export function tracesOf(home: string): {
  processes: string[];
  loops: string[];
  groups: string[];
  mounts: string[];
} {
  const ids = new Set(readdirSync('/proc').filter((name) => /^\d+$/.test(name)));
  const processes: string[] = [];
  for (const pid of ids)
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const cwd = execFileSync('readlink', [`/proc/${pid}/cwd`], { encoding: 'utf8' });
      const uid = Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
      if (line.includes(home) || cwd.startsWith(home)) processes.push(`${pid} ${uid} ${line}`);
    } catch {
      continue; // ended meanwhile
    }
  const list = (command: string, args: string[]) =>
    execFileSync(command, args, { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes(home) && !isKeptReady(line));
  const ofHome = new SandboxHome(home).cgroupKey('');
  const groups = execFileSync('find', ['/sys/fs/cgroup', '-type', 'd', '-path', `*showrunner*`], {
    encoding: 'utf8',
  });
  return {
    processes,
    loops: list('losetup', ['-a']),
    mounts: list('cat', ['/proc/mounts']),
    // Other files make sandboxes at the same time: their groups carry the names of their homes.
    groups: groups.split('\n').filter((group) => group.includes(ofHome)),
  };
}
