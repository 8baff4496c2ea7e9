import { readdirSync, readFileSync } from 'node:fs';

export interface RunningProcess {
  pid: number;
  parent: number;
  command: string;
}

/** Every process of this machine, with its command line. */
export function processes(): RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return [{ pid: Number(name), parent, command }];
      } catch {
        return []; // Ended while we looked.
      }
    });
}

/** Processes that come from this one, over any number of generations. */
export function descendantsOf(ancestor: number): RunningProcess[] {
  const all = processes();
  const family = new Set([ancestor]);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all.filter(({ pid }) => pid !== ancestor && family.has(pid));
}

/** Browsers, recorders, encoders and sandboxes that belong to a platform's data folder. */
export function filmProcessesOf(home: string): RunningProcess[] {
  return processes().filter(
    ({ command }) => command.includes(home) && /chromium|chrome|ffmpeg|bwrap|keeper|mcp|bridge/.test(command),
  );
}
