import { mkdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CgroupLayout, ControllerMount, LimitController } from './cgroup-layout';
import { cpuShare, isBesideProcesses } from './cpu-share';
import { limitOf, limitWrites, type GroupLimits, type LimitWrite } from './group-limits';
import { killGroup, removeGroup } from './kill-group';

export const PARENT = 'showrunner';

/** What was written for a limit: the file that enforces it, or why nothing does. */
export type LimitOutcome =
  { enforced: number; by: string; note?: string } | { enforced: null; by: 'none'; note: string };
/** What the kernel counts for a sandbox that runs; null where it does not. */
export interface CgroupCounters {
  cpuSeconds: number | null;
  memoryBytes: number | null;
  memoryPeakBytes: number | null;
  processes: number | null;
}
export type CgroupOutcomes = Record<LimitController, LimitOutcome>;

async function writeAll(group: string, writes: readonly LimitWrite[]): Promise<void> {
  for (const write of writes) {
    const done = writeFile(join(group, write.file), write.value);
    await (write.optional ? done.catch(() => undefined) : done);
  }
}

/** The control groups of one sandbox, found again from its key alone by any process of the host. */
export class ControlGroup {
  constructor(
    private readonly layout: CgroupLayout,
    private readonly key: string,
  ) {}

  private groupIn(root: string): string {
    return join(root, PARENT, this.key);
  }

  private get reaperGroup(): string | undefined {
    return this.layout.reaper === undefined ? undefined : this.groupIn(this.layout.reaper.root);
  }

  /** Every group of this sandbox, one a hierarchy. */
  private get groups(): string[] {
    const roots = Object.values(this.layout.controllers).map((mount) => mount.root);
    if (this.layout.reaper !== undefined) roots.push(this.layout.reaper.root);
    return [...new Set(roots)].map((root) => this.groupIn(root));
  }

  /** Makes the groups and writes the limits; each outcome says what enforces it, or why nothing does. Never throws. */
  async create(limits: GroupLimits): Promise<CgroupOutcomes> {
    const one = async (controller: LimitController): Promise<LimitOutcome> => {
      const mount = this.layout.controllers[controller];
      if (mount === undefined)
        return {
          enforced: null,
          by: 'none',
          note: `no writable cgroup hierarchy with the ${controller} controller`,
        };
      try {
        return await this.apply(controller, mount, limitOf(controller, limits));
      } catch (error) {
        return { enforced: null, by: 'none', note: `cgroup refused: ${(error as Error).message}` };
      }
    };
    if (this.reaperGroup !== undefined) await mkdir(this.reaperGroup, { recursive: true });
    const [memory, pids, cpu] = await Promise.all([one('memory'), one('pids'), one('cpu')]);
    return { memory, pids, cpu };
  }

  private async apply(
    controller: LimitController,
    mount: ControllerMount,
    limit: number | undefined,
  ): Promise<LimitOutcome> {
    if (mount.version === 2) await this.delegate(controller, mount.root);
    const group = this.groupIn(mount.root);
    await mkdir(group, { recursive: true });
    if (controller === 'cpu') await this.share(mount, limit);
    if (limit === undefined) return { enforced: null, by: 'none', note: 'no limit was asked for' };
    const writes = limitWrites(controller, mount.version, limit);
    await writeAll(group, writes);
    const by = writes.find((write) => !write.optional)?.file ?? controller;
    return { enforced: limit, by: `cgroup v${mount.version} ${by}` };
  }

  /** Among processes, all groups together weigh on each processor as much as one process; among groups as much as one group. */
  private async share({ version, root }: ControllerMount, cpus: number | undefined): Promise<void> {
    if (isBesideProcesses(version)) await writeAll(join(root, PARENT), [cpuShare(version)]);
    await writeAll(this.groupIn(root), [cpuShare(version, cpus)]);
  }

  /** v2: a controller must be handed down from the root and from our parent group before a child has its files. */
  private async delegate(controller: LimitController, root: string): Promise<void> {
    await mkdir(join(root, PARENT), { recursive: true });
    await writeFile(join(root, 'cgroup.subtree_control'), `+${controller}`);
    await writeFile(join(root, PARENT, 'cgroup.subtree_control'), `+${controller}`);
  }

  /**
   * Makes the leaf for one command, or for the holder.
   * @returns the files a process with one thread must write `0` into before it starts the command
   */
  enter(leaf: string): string[] {
    const files: string[] = [];
    for (const mount of Object.values(this.layout.controllers))
      // `tasks` moves the writing thread alone, for which the kernel does not wait as it does for whole processes.
      if (mount.version === 1) files.push(join(this.groupIn(mount.root), 'tasks'));
    if (this.reaperGroup !== undefined) {
      const dir = join(this.reaperGroup, leaf);
      // Not recursive: a group that is gone means a destroyed sandbox, and must not come back.
      mkdirSync(dir);
      files.push(join(dir, this.layout.reaper?.by === 'freezer' ? 'tasks' : 'cgroup.procs'));
    }
    return [...new Set(files)];
  }

  /** Where the tree of one command is ended; undefined when this host has no control groups. */
  leafGroup(leaf: string): string | undefined {
    return this.reaperGroup === undefined ? undefined : join(this.reaperGroup, leaf);
  }

  async killLeaf(leaf: string): Promise<boolean> {
    const dir = this.leafGroup(leaf);
    return dir === undefined ? false : killGroup(dir);
  }

  async removeLeaf(leaf: string): Promise<void> {
    const dir = this.leafGroup(leaf);
    if (dir !== undefined) await removeGroup(dir);
  }

  /** Ends everything of the sandbox that joined any of its groups. */
  async killAll(): Promise<boolean> {
    const reaper = this.reaperGroup;
    const order = [
      ...(reaper === undefined ? [] : [reaper]),
      ...this.groups.filter((group) => group !== reaper),
    ];
    let ended = true;
    for (const group of order) ended = (await killGroup(group)) && ended;
    return ended;
  }

  async remove(): Promise<boolean> {
    const removed = await Promise.all(this.groups.map((group) => removeGroup(group)));
    return removed.every(Boolean);
  }

  /** How many processes of this sandbox the kernel has ended for lack of memory so far. */
  outOfMemoryKills(): number {
    const mount = this.layout.controllers.memory;
    if (mount === undefined) return 0;
    const file = join(this.groupIn(mount.root), mount.version === 1 ? 'memory.oom_control' : 'memory.events');
    try {
      return Number(/^oom_kill (\d+)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 0);
    } catch {
      return 0; // the sandbox is gone
    }
  }

  counters(): CgroupCounters {
    const { memory, pids, cpu } = this.layout.controllers;
    const memoryFiles =
      memory?.version === 1
        ? (['memory.usage_in_bytes', 'memory.max_usage_in_bytes'] as const)
        : (['memory.current', 'memory.peak'] as const);
    const unified = this.layout.reaper?.by === 'freezer' ? undefined : this.reaperGroup;
    // Every v2 group counts processor time; of v1 only a hierarchy that holds cpuacct too.
    const microseconds = this.counter(unified, 'cpu.stat', /^usage_usec (\d+)$/m);
    const nanoseconds = this.counter(cpu && this.groupIn(cpu.root), 'cpuacct.usage');
    return {
      cpuSeconds:
        microseconds !== null ? microseconds / 1e6 : nanoseconds !== null ? nanoseconds / 1e9 : null,
      memoryBytes: this.counter(memory && this.groupIn(memory.root), memoryFiles[0]),
      memoryPeakBytes: this.counter(memory && this.groupIn(memory.root), memoryFiles[1]),
      processes: this.counter(pids && this.groupIn(pids.root), 'pids.current'),
    };
  }

  private counter(group: string | undefined, file: string, pattern = /^(\d+)$/m): number | null {
    if (group === undefined) return null;
    try {
      const value = pattern.exec(readFileSync(join(group, file), 'utf8'))?.[1];
      return value === undefined ? null : Number(value);
    } catch {
      return null; // an older kernel, or the sandbox is gone
    }
  }
}
