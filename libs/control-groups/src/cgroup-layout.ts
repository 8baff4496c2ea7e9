import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export type LimitController = 'memory' | 'pids' | 'cpu';
const CONTROLLERS: readonly LimitController[] = ['memory', 'pids', 'cpu'];

export interface ControllerMount {
  version: 1 | 2;
  /** Mount point of the hierarchy that holds the controller. */
  root: string;
}

/** Which hierarchy limits what, and which one can end a whole tree at once. */
export interface CgroupLayout {
  kind: 'v1' | 'v2' | 'hybrid' | 'none';
  controllers: Partial<Record<LimitController, ControllerMount>>;
  /** `kill`: cgroup.kill of v2 (Linux 5.14); `freezer`: v1 freezer and signals. */
  reaper?: { by: 'kill' | 'freezer' | 'signals'; root: string };
}

interface CgroupMount {
  root: string;
  type: string;
  options: string[];
}

function parseMounts(mounts: string): CgroupMount[] {
  return mounts
    .split('\n')
    .map((line) => line.split(' '))
    .filter((fields) => fields[2] === 'cgroup' || fields[2] === 'cgroup2')
    .map((fields) => ({
      root: (fields[1] ?? '').replaceAll('\\040', ' '),
      type: fields[2] ?? '',
      options: (fields[3] ?? '').split(','),
    }))
    .filter((mount) => !mount.options.includes('ro'));
}

/**
 * Pure part of the detection.
 * @param mounts content of /proc/mounts
 * @param v2Controllers content of cgroup.controllers at the v2 mount ('' when there is none)
 * @param hasCgroupKill whether groups below the v2 mount offer cgroup.kill
 */
export function cgroupLayoutOf(mounts: string, v2Controllers: string, hasCgroupKill: boolean): CgroupLayout {
  const all = parseMounts(mounts);
  const unified = all.find((mount) => mount.type === 'cgroup2');
  const v1 = all.filter((mount) => mount.type === 'cgroup');
  const inV2 = v2Controllers.trim().split(/\s+/);
  const controllers: CgroupLayout['controllers'] = {};
  for (const name of CONTROLLERS) {
    const legacy = v1.find((mount) => mount.options.includes(name));
    if (legacy !== undefined) controllers[name] = { version: 1, root: legacy.root };
    else if (unified !== undefined && inV2.includes(name))
      controllers[name] = { version: 2, root: unified.root };
  }
  const freezer = v1.find((mount) => mount.options.includes('freezer'));
  const usesV2 = Object.values(controllers).some((mount) => mount.version === 2);
  const kind = unified === undefined ? (v1.length > 0 ? 'v1' : 'none') : v1.length > 0 ? 'hybrid' : 'v2';
  let reaper: CgroupLayout['reaper'];
  // With v2 limits the tree must be ended in that same hierarchy: a process is in exactly one group of it.
  if (unified !== undefined && (hasCgroupKill || usesV2))
    reaper = { by: hasCgroupKill ? 'kill' : 'signals', root: unified.root };
  else if (freezer !== undefined) reaper = { by: 'freezer', root: freezer.root };
  return { kind, controllers, reaper };
}

/** Looks at this host. Says nothing about permission: a group that cannot be made is reported by `SandboxCgroup.create`. */
export async function detectCgroupLayout(): Promise<CgroupLayout> {
  const mounts = await readFile('/proc/mounts', 'utf8');
  const unified = parseMounts(mounts).find((mount) => mount.type === 'cgroup2');
  if (unified === undefined) return cgroupLayoutOf(mounts, '', false);
  const v2Controllers = await readFile(join(unified.root, 'cgroup.controllers'), 'utf8').catch(() => '');
  return cgroupLayoutOf(mounts, v2Controllers, await kernelHasCgroupKill(unified.root));
}

async function kernelHasCgroupKill(root: string): Promise<boolean> {
  if (existsSync(join(root, 'cgroup.kill'))) return true;
  // The root group itself never has the file; a kernel from 5.14 on has it in every other group.
  const release = await readFile('/proc/sys/kernel/osrelease', 'utf8').catch(() => '0.0');
  const [major = 0, minor = 0] = release.split('.').map((part) => Number.parseInt(part, 10));
  return major > 5 || (major === 5 && minor >= 14);
}
