import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NODE_LIMITS, sandboxIdOf } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import { LocalSandboxProvider } from '@showrunner/sandbox-local';
import { durationOf, figure, timed } from './measure/figures';
import { inScratch } from './measure/scratch';

const CREATED = 30;
const RUNTIME_ROUNDS = 5;
const EXECUTED = 60;
const COPIED = 7;
const IDLE = 10;
const MIB = 1024 ** 2;
const FILE_BYTES = 64 * MIB;
const run = promisify(execFile);

/** A namespace of every kind, the system read-only, and nothing else: no limits, no user of its own, no disk, no way in. */
const BARE = [
  ...['--unshare-all', '--die-with-parent', '--ro-bind', '/usr', '/usr', '--symlink', 'usr/bin', '/bin'],
  ...['--symlink', 'usr/lib', '/lib', '--symlink', 'usr/lib64', '/lib64', '--proc', '/proc', '--dev', '/dev'],
  ...['--tmpfs', '/tmp', 'true'],
];

/** What a sandbox costs to make, to use and to keep, on this host. */
export const benchSandbox = (): Promise<void> =>
  inScratch(async (home) => {
    const provider = new LocalSandboxProvider({ home });
    try {
      await creation(provider, home);
      const sandbox = await provider.create({ id: 'sbx-bench', limits: NODE_LIMITS, labels: {} });
      await commands(sandbox, home);
      await files(sandbox, home);
      await keeping(provider, home);
    } finally {
      for (const { id } of await provider.list()) await provider.destroy(id);
      await provider.close();
    }
  });

/**
 * From nothing to the end of the first command in a sandbox with its limits, disk and user, against bubblewrap alone and against
 * Anthropic's sandbox runtime, both running the same command.
 */
async function creation(provider: LocalSandboxProvider, home: string): Promise<void> {
  let last: Sandbox | undefined;
  const create = async (round: number): Promise<void> => {
    last = await provider.create({ id: sandboxIdOf(`bench${round}`), limits: NODE_LIMITS, labels: {} });
    await last.exec(['true']);
  };
  const [created, bare, destroyed]: number[][] = [[], [], []];
  await create(0);
  for (let round = 1; round <= CREATED; round++) {
    destroyed?.push(await durationOf(async () => last?.destroy()));
    created?.push(await durationOf(() => create(round)));
    bare?.push(await durationOf(() => run('bwrap', BARE)));
  }
  await last?.destroy();
  figure('sandbox.create', 'ms', created ?? [], { what: 'bwrap', values: bare ?? [] });
  const runtime = await sandboxRuntime(home);
  if (runtime !== undefined)
    figure('sandbox.create', 'ms', created ?? [], { what: 'sandbox-runtime', values: runtime });
  figure('sandbox.destroy', 'ms', destroyed ?? []);
}

/** undefined, with a line that says why, where that program cannot run. */
async function sandboxRuntime(home: string): Promise<number[] | undefined> {
  const settings = join(home, 'srt.json');
  const network = { allowedDomains: [], deniedDomains: [] };
  const filesystem = { denyRead: [], allowWrite: ['/tmp'], denyWrite: [] };
  await writeFile(settings, JSON.stringify({ network, filesystem }));
  const cli = createRequire(import.meta.url).resolve('@anthropic-ai/sandbox-runtime/dist/cli.js');
  const once = () => run(process.execPath, [cli, '--settings', settings, 'true'], { cwd: home });
  try {
    await once();
    return await timed(RUNTIME_ROUNDS, once);
  } catch (error) {
    const said = String((error as { stderr?: string }).stderr ?? error).trim();
    process.stdout.write(`sandbox.create baseline(sandbox-runtime) left out: ${said.split('\n')[0]}\n`);
    return undefined;
  }
}

/** The way into the same namespaces without limits, groups or bounds. */
async function nsenter(home: string): Promise<string[]> {
  const meta = JSON.parse(await readFile(join(home, 'sbx-bench', 'meta.json'), 'utf8')) as {
    init: { pid: number };
  };
  const namespaces = ['-m', '-u', '-i', '-n', '-p', '-C', '-U', '-S', '1000', '-G', '1000'];
  return ['-t', String(meta.init.pid), ...namespaces, '--'];
}

/** One more command in a sandbox that runs: one after the other, and after a pause. */
async function commands(sandbox: Sandbox, home: string): Promise<void> {
  const entrance = await nsenter(home);
  const executed: number[] = [];
  const paused: number[] = [];
  const entered: number[] = [];
  for (let round = 0; round < EXECUTED; round++) {
    entered.push(await durationOf(() => run('nsenter', [...entrance, 'true'])));
    await sandbox.exec(['true']);
    executed.push(await durationOf(() => sandbox.exec(['true'])));
    if (round % 4 > 0) continue;
    await new Promise((resolve) => setTimeout(resolve, 200));
    paused.push(await durationOf(() => sandbox.exec(['true'])));
  }
  figure('sandbox.exec', 'ms', executed, { what: 'nsenter', values: entered });
  figure('sandbox.exec.paused', 'ms', paused, { what: 'nsenter', values: entered });
}

/** 64 MiB in and out by the files of the interface, against `cp` from memory onto the same disk and back. */
async function files(sandbox: Sandbox, home: string): Promise<void> {
  const entrance = await nsenter(home);
  const rate = (ms: number) => FILE_BYTES / MIB / (ms / 1000);
  const bytes = randomBytes(FILE_BYTES);
  await sandbox.files.write('/tmp/source', bytes);
  const [written, read, copiedIn, copiedOut]: number[][] = [[], [], [], []];
  const copy = (from: string, to: string) => run('nsenter', [...entrance, 'cp', from, to]);
  for (let round = 0; round < COPIED; round++) {
    written?.push(rate(await durationOf(() => sandbox.files.write('/app/written', bytes))));
    copiedIn?.push(rate(await durationOf(() => copy('/tmp/source', '/app/copied'))));
    read?.push(rate(await durationOf(() => sandbox.files.read('/app/written', FILE_BYTES))));
    copiedOut?.push(rate(await durationOf(() => copy('/app/copied', '/dev/shm/copy'))));
    await sandbox.exec('rm -f /app/written /app/copied /dev/shm/copy');
  }
  figure('sandbox.write', 'MiB/s', written ?? [], { what: 'cp', values: copiedIn ?? [] });
  figure('sandbox.read', 'MiB/s', read ?? [], { what: 'cp', values: copiedOut ?? [] });
}

/** Memory that a sandbox holds by its control groups while nothing runs in it, and what its shim holds outside once one serves. */
async function keeping(provider: LocalSandboxProvider, home: string): Promise<void> {
  const idle: number[] = [];
  const kept: number[] = [];
  for (let round = 0; round < IDLE; round++) {
    const sandbox = await provider.create({
      id: sandboxIdOf(`idle${round}`),
      limits: NODE_LIMITS,
      labels: {},
    });
    await sandbox.exec(['true']);
    idle.push(((await sandbox.metrics()).memoryBytes ?? 0) / MIB);
    await sandbox.startProcess('idle', 'sleep infinity');
    const pid = (await readFile(join(home, sandbox.id, 'keeper-all.pid'), 'utf8')).trim();
    const memory = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
    kept.push(Number(/^Pss:\s+(\d+) kB/m.exec(memory)?.[1]) / 1024);
  }
  figure('sandbox.idle', 'MiB', idle);
  figure('sandbox.keeper', 'MiB', kept);
}
