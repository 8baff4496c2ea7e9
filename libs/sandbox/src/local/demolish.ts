import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { HostUids } from './host-uids';
import { commandLineHolds, isAlive, killNow, type ProcessIdentity } from './proc';
import type { SandboxCgroup } from './sandbox-cgroup';
import { readMeta, removeFolder } from './sandbox-folder';

export interface Demolition {
  id: string;
  /** The sandbox's folder, already out of sight. */
  folder: string;
  cgroup: SandboxCgroup;
  uids: HostUids;
}

async function numberIn(path: string, pattern: RegExp): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const match = pattern.exec(text)?.[1];
  return match === undefined ? undefined : Number(match);
}

/** The holder's processes, from what it wrote itself: known even when its creator died before it could record them. */
async function holderPids(folder: string, id: string): Promise<number[]> {
  const pids = await Promise.all([
    numberIn(join(folder, 'holder.json'), /"child-pid": (\d+)/),
    numberIn(join(folder, 'holder.pid'), /(\d+)/),
  ]);
  const ours: number[] = [];
  for (const pid of pids) if (pid !== undefined && (await commandLineHolds(pid, id))) ours.push(pid);
  return ours;
}

async function keeperPids(init: ProcessIdentity | undefined): Promise<number[]> {
  if (init === undefined) return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(
      async (pid) => (await commandLineHolds(pid, `keeper.mjs\0${init.pid}\0${init.startTime}\0`)) && pid,
    ),
  );
  return found.filter((pid) => pid !== false);
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
 * Ends and removes everything of a sandbox: processes by control group, the disk's mount with the holder's mount namespace, control
 * groups, the uid's claim, and last the folder, so that an interrupted demolition can be found and done again.
 */
export async function demolish({ id, folder, cgroup, uids }: Demolition): Promise<void> {
  const meta = await readMeta(folder);
  const pids = await holderPids(folder, id);
  if (meta?.init !== undefined && (await isAlive(meta.init))) pids.push(meta.init.pid);
  if (meta?.holder !== undefined && (await isAlive(meta.holder))) pids.push(meta.holder.pid);
  // Process 1's end takes its whole pid namespace along; the control groups take what has not got that far.
  for (const pid of pids) killNow(pid);
  const keepers = keeperPids(meta?.init);
  await cgroup.killAll();
  for (const pid of await keepers) killNow(pid);
  await waitUntilGone(pids, 2000);
  await cgroup.remove();
  if (meta?.hostUid !== undefined) await uids.release(meta.hostUid);
  await removeFolder(folder);
}
