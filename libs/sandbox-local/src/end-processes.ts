import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { shimPidFiles } from './shim/shim-client';
import { killNow } from '@showrunner/control-groups';
import { commandLineHolds, isAlive } from './proc';
import type { ControlGroup } from '@showrunner/control-groups';
import type { SandboxMeta } from './sandbox-folder';

async function numberIn(path: string, pattern: RegExp): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const match = pattern.exec(text)?.[1];
  return match === undefined ? undefined : Number(match);
}

async function ours(found: Promise<number | undefined>, mark: string): Promise<number[]> {
  const pid = await found;
  return pid !== undefined && (await commandLineHolds(pid, mark)) ? [pid] : [];
}

/** The holder's processes, from what it wrote itself: known even when its creator died before it could record them. */
async function holderPids(folder: string, id: string): Promise<number[]> {
  const pids = await Promise.all([
    ours(numberIn(join(folder, 'holder.json'), /"child-pid": (\d+)/), id),
    ours(numberIn(join(folder, 'holder.pid'), /(\d+)/), id),
  ]);
  return pids.flat();
}

async function shimPids(folder: string): Promise<number[]> {
  const files = shimPidFiles(folder).map((file) => ours(numberIn(file, /(\d+)/), 'keeper.mjs\0'));
  return (await Promise.all(files)).flat();
}

async function waitUntilGone(pids: readonly number[], deadlineMs: number): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  for (const pid of pids)
    while (Date.now() < deadline && (await commandLineHolds(pid, '\0'))) {
      killNow(pid);
      await delay(2);
    }
}

/**
 * Ends every process of a sandbox, the shim and the egress proxy with them, and removes its control groups. The disk's mount ends with the
 * holder's mount namespace. May be repeated.
 * @param groups of the sandbox and of its egress proxy
 */
export async function endProcesses(
  folder: string,
  id: string,
  meta: SandboxMeta | undefined,
  groups: readonly ControlGroup[],
): Promise<void> {
  const pids = await holderPids(folder, id);
  if (meta?.init !== undefined && (await isAlive(meta.init))) pids.push(meta.init.pid);
  if (meta?.holder !== undefined && (await isAlive(meta.holder))) pids.push(meta.holder.pid);
  // Process 1's end takes its whole pid namespace along; the control groups take what has not got that far.
  for (const pid of pids) killNow(pid);
  const shims = shimPids(folder);
  await Promise.all(groups.map((group) => group.killAll()));
  for (const pid of await shims) killNow(pid);
  await waitUntilGone(pids, 2000);
  await Promise.all(groups.map((group) => group.remove()));
}
