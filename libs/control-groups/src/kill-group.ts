import { existsSync } from 'node:fs';
import { readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { killNow } from './kill-now';

async function childGroups(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(dir, entry.name));
  } catch {
    return []; // gone
  }
}

/** Process ids in a group and all groups below it. */
export async function processesIn(dir: string): Promise<number[]> {
  const own = await readFile(join(dir, 'cgroup.procs'), 'utf8').catch(() => '');
  const pids = own.split('\n').filter(Boolean).map(Number);
  for (const child of await childGroups(dir)) pids.push(...(await processesIn(child)));
  return pids;
}

async function setFreezer(dir: string, state: 'FROZEN' | 'THAWED'): Promise<void> {
  await writeFile(join(dir, 'freezer.state'), state).catch(() => undefined); // gone, or empty already
  if (state === 'THAWED') for (const child of await childGroups(dir)) await setFreezer(child, state);
}

/** One round of killing; a fork bomb cannot outrun it: cgroup.kill is atomic, a frozen group does not fork. */
async function killOnce(dir: string): Promise<void> {
  if (existsSync(join(dir, 'cgroup.kill'))) {
    await writeFile(join(dir, 'cgroup.kill'), '1').catch(() => undefined); // gone
    return;
  }
  const freezable = existsSync(join(dir, 'freezer.state'));
  if (freezable) await setFreezer(dir, 'FROZEN');
  for (const pid of await processesIn(dir)) killNow(pid);
  if (freezable) await setFreezer(dir, 'THAWED');
}

/** Ends every process of the group and below; resolves once the group is empty. Returns false after `deadlineMs`. */
export async function killGroup(dir: string, deadlineMs = 5000): Promise<boolean> {
  const deadline = Date.now() + deadlineMs;
  for (let round = 0; existsSync(dir); round++) {
    if ((await processesIn(dir)).length === 0) return true;
    if (Date.now() > deadline) return false;
    await killOnce(dir);
    await delay(Math.min(1 + round, 20));
  }
  return true;
}

/** Removes an empty group with the groups below it. Never fails: a group that is still busy is left for the reaper. */
export async function removeGroup(dir: string, deadlineMs = 500): Promise<boolean> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    for (const child of await childGroups(dir)) await removeGroup(child, Math.max(0, deadline - Date.now()));
    try {
      await rmdir(dir);
      return true;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT') return true;
      if (Date.now() > deadline) return false;
      await delay(3);
    }
  }
}
