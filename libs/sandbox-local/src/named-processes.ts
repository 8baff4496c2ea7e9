import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@showrunner/contracts';
import { requireProcessName } from '@showrunner/sandbox/provider';
import type { SandboxProcesses } from '@showrunner/sandbox/provider';
import type { ExecOptions, ProcessStatus } from '@showrunner/sandbox';
import { HOST_ENVIRONMENT } from './enter';
import { ask, SHIM_LOST } from './shim/shim-client';
import type { RecordedStatus } from './shim/shim-protocol';
import { killTreeWithoutGroups } from './kill-tree';
import { isAlive } from './proc';
import type { ControlGroup } from '@showrunner/control-groups';
import { processNotRunning } from './sandbox-errors';

export interface NamedProcessesParts {
  folder: string;
  cgroup: ControlGroup;
  enter: (command: string, options: Pick<ExecOptions, 'cwd' | 'env'>, joins: string[]) => string[];
  shim: () => Promise<Socket>;
}

const DEFAULT_LOG_BYTES = 64 * 1024;
const KILL_MS = 5000;
const INPUT_CHUNK_BYTES = 256 * 1024;

/** Processes that outlive their caller. The shim runs them; what it records in `processes/` can be read without it. */
export class NamedProcesses implements SandboxProcesses {
  constructor(private readonly parts: NamedProcessesParts) {}

  private file(name: string, suffix: string): string {
    return join(this.parts.folder, 'processes', `${requireProcessName(name)}.${suffix}`);
  }

  async start(
    name: string,
    command: string,
    options: Pick<ExecOptions, 'cwd' | 'env'> = {},
  ): Promise<ProcessStatus> {
    this.file(name, 'json'); // refuses a bad name before anything is started
    try {
      return await this.startOnce(name, command, options);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== SHIM_LOST) throw error;
      // Reaching the shim anew replaces the one that died, which ends and records the processes it had.
      return this.startOnce(name, command, options);
    }
  }

  private async startOnce(
    name: string,
    command: string,
    options: Pick<ExecOptions, 'cwd' | 'env'>,
  ): Promise<ProcessStatus> {
    const shim = await this.parts.shim();
    try {
      const leaf = `process-${randomBytes(6).toString('hex')}`;
      const joins = this.parts.cgroup.enter(leaf);
      const argv = this.parts.enter(
        command,
        { ...options, env: { ...options.env, SANDBOX_EXEC: leaf } },
        joins,
      );
      const request = { op: 'start' as const, name, argv, leaf, env: HOST_ENVIRONMENT };
      const { status } = await ask<{ status: RecordedStatus }>(shim, request);
      if (status.leaf !== leaf) await this.parts.cgroup.removeLeaf(leaf); // it runs already
      return publicStatus(status);
    } finally {
      shim.destroy();
    }
  }

  private async recorded(name: string): Promise<RecordedStatus | undefined> {
    try {
      return JSON.parse(await readFile(this.file(name, 'json'), 'utf8')) as RecordedStatus;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async status(name: string): Promise<ProcessStatus | undefined> {
    const recorded = await this.recorded(name);
    return recorded === undefined ? undefined : publicStatus(recorded);
  }

  async list(): Promise<ProcessStatus[]> {
    const all = await allRecorded(this.parts.folder);
    return all.map(publicStatus).sort((one, other) => one.name.localeCompare(other.name));
  }

  /** @throws AppError `process_not_running`, `process_input_full` (retryable) when it does not read what it got before */
  async input(name: string, data: string | Uint8Array): Promise<void> {
    if ((await this.recorded(name))?.running !== true) throw processNotRunning(name);
    const shim = await this.parts.shim();
    try {
      const bytes = Buffer.from(data);
      for (let at = 0; at < bytes.length; at += INPUT_CHUNK_BYTES) {
        const base64 = bytes.subarray(at, at + INPUT_CHUNK_BYTES).toString('base64');
        await ask(shim, { op: 'input', name, base64 });
      }
    } finally {
      shim.destroy();
    }
  }

  /** The last `tailBytes` of what was kept (first MiB and last MiB), with a line where something is missing. */
  async log(name: string, tailBytes = DEFAULT_LOG_BYTES): Promise<string> {
    const part = (suffix: string) => readFile(this.file(name, suffix)).catch(() => Buffer.alloc(0));
    const [current, head, tail0, tail1] = await Promise.all(['current', 'head', 'tail0', 'tail1'].map(part));
    const newest = current?.toString() === 'tail0' ? [tail1, tail0] : [tail0, tail1];
    const all = Buffer.concat([head, ...newest].filter((buffer) => buffer !== undefined));
    return all.subarray(Math.max(0, all.length - tailBytes)).toString('utf8');
  }

  /** @throws AppError `process_not_killed` (retryable) */
  async kill(name: string): Promise<void> {
    const known = await this.recorded(name);
    if (known === undefined) return;
    for (const deadline = Date.now() + KILL_MS; Date.now() < deadline; await delay(5)) {
      // Again in every round: one that was only just started may not have joined its group yet.
      await this.killLeaf(known.leaf);
      if ((await this.recorded(name))?.running !== true) {
        await this.parts.cgroup.removeLeaf(known.leaf);
        return;
      }
    }
    throw new AppError('process_not_killed', `The process "${name}" did not end.`, { retryable: true });
  }

  private killLeaf(leaf: string): Promise<void> {
    return killLeaf(this.parts.cgroup, leaf);
  }
}

async function killLeaf(cgroup: ControlGroup, leaf: string): Promise<void> {
  if (cgroup.leafGroup(leaf) === undefined) await killTreeWithoutGroups(`SANDBOX_EXEC=${leaf}`);
  else await cgroup.killLeaf(leaf);
}

async function allRecorded(folder: string): Promise<RecordedStatus[]> {
  const dir = join(folder, 'processes');
  const names = (await readdir(dir).catch(() => [] as string[])).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readFile(join(dir, name), 'utf8')));
  return texts.map((text) => JSON.parse(text) as RecordedStatus);
}

async function recordKilled(folder: string, recorded: RecordedStatus): Promise<void> {
  const path = join(folder, 'processes', `${recorded.name}.json`);
  await writeFile(`${path}.lost`, JSON.stringify({ ...recorded, running: false, signal: 'SIGKILL' }));
  await rename(`${path}.lost`, path);
}

/** Ends every process whose shim died, and records that. */
export async function endLost(folder: string, cgroup: ControlGroup): Promise<void> {
  for (const recorded of await allRecorded(folder)) {
    if (!recorded.running || (await isAlive(recorded.keeper))) continue;
    await killLeaf(cgroup, recorded.leaf);
    await recordKilled(folder, recorded);
  }
}

/** Records the end of every process of a sandbox whose processes are all ended. */
export async function recordEnded(folder: string): Promise<void> {
  for (const recorded of await allRecorded(folder))
    if (recorded.running) await recordKilled(folder, recorded);
}

function publicStatus({ name, running, exitCode, signal, startedAt }: RecordedStatus): ProcessStatus {
  return { name, running, exitCode, signal, startedAt };
}
