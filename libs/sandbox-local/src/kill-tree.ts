import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { killNow } from '@showrunner/control-groups';

/**
 * Ends all processes whose environment holds `mark`, where no control group can: children inherit it across double forks. A program
 * that wipes its environment escapes this (not the sandbox), and ends with the sandbox.
 */
export async function killTreeWithoutGroups(mark: string): Promise<void> {
  for (let round = 0; round < 50; round++) {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
    const marked = await Promise.all(
      pids.map(async (pid) => {
        const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
        return environment.split('\0').includes(mark) ? pid : undefined;
      }),
    );
    const found = marked.filter((pid) => pid !== undefined);
    if (found.length === 0) return;
    for (const pid of found) killNow(pid);
    await delay(5);
  }
}
