import { readFile, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** A process identified beyond pid reuse: the kernel's start time (clock ticks since boot) goes with the pid. */
export interface ProcessIdentity {
  pid: number;
  startTime: string;
}

const read = promisify(readFile);

/** Field 22 of /proc/<pid>/stat; undefined when there is no such process or it is a zombie. */
function parseStartTime(stat: string): string | undefined {
  // The command name may hold blanks and brackets, so fields are counted from the last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    const startTime = parseStartTime(await read(`/proc/${pid}/stat`, 'utf8'));
    return startTime === undefined ? undefined : { pid, startTime };
  } catch {
    return undefined; // no such process
  }
}

export function identifySelf(): ProcessIdentity {
  const startTime = parseStartTime(readFileSync('/proc/self/stat', 'utf8')) ?? '0';
  return { pid: process.pid, startTime };
}

export async function isAlive(identity: ProcessIdentity | undefined): Promise<boolean> {
  if (identity === undefined) return false;
  return (await identify(identity.pid))?.startTime === identity.startTime;
}

/** True when the process's command line holds `text`; tells our own holder from a stranger with a reused pid. */
export async function commandLineHolds(pid: number, text: string): Promise<boolean> {
  try {
    return (await read(`/proc/${pid}/cmdline`, 'utf8')).includes(text);
  } catch {
    return false; // no such process
  }
}
