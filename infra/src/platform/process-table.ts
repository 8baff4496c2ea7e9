import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** A process as the kernel tells it; `startTime` (clock ticks since boot) tells it from a later one with the same pid. */
export interface ProcessFacts {
  pid: number;
  parentPid: number;
  groupId: number;
  startTime: string;
  residentBytes: number;
}

export interface ProcessIdentity {
  pid: number;
  startTime: string;
}

const PAGE_BYTES = 4096;

/** undefined when there is no such process, or only its remains that nobody has collected yet. */
export function processFacts(pid: number): ProcessFacts | undefined {
  const stat = readProc(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The command's name stands in parentheses and may hold any character.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return {
    pid,
    parentPid: Number(fields[1]),
    groupId: Number(fields[2]),
    startTime: fields[19] ?? '',
    residentBytes: Number(fields[21]) * PAGE_BYTES,
  };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return processFacts(identity.pid)?.startTime === identity.startTime;
}

/** Command line for people, shortened. */
export function commandOf(pid: number): string {
  const text = readProc(`/proc/${pid}/cmdline`) ?? '';
  return text.split('\0').filter(Boolean).join(' ').replace(/\s+/g, ' ').slice(0, 200);
}

/**
 * Processes outside of sandboxes whose environment at their start held `variable=value`. Those of other users are not seen unless we are root.
 */
export function processesWithEnvironment(variable: string, value: string): number[] {
  const entry = `${variable}=${value}`;
  return allPids().filter(
    (pid) => isOfOurNamespace(pid) && readProc(`/proc/${pid}/environ`)?.split('\0').includes(entry),
  );
}

/**
 * False for what runs in a sandbox. Reading the memory of a process (its environment, its shared pages) waits until it is not changing it itself,
 * and one of a fork bomb, which forks whenever it gets the processor, lets its reader wait for minutes.
 */
function isOfOurNamespace(pid: number): boolean {
  return pidNamespace(pid) === ourNamespace;
}

function pidNamespace(pid: number | 'self'): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    // It ended meanwhile, or belongs to somebody else.
    return undefined;
  }
}

const ourNamespace = pidNamespace('self');

/** Memory of a process and everything below it, in bytes; pages that several processes share count once, in parts, but in sandboxes in full. */
export function residentBytesOfTree(rootPid: number): number {
  const table = allPids().flatMap((pid) => processFacts(pid) ?? []);
  let total = 0;
  let level = table.filter(({ pid }) => pid === rootPid);
  while (level.length > 0) {
    const pids = new Set(level.map(({ pid }) => pid));
    total += level.reduce((sum, facts) => sum + (proportionalBytes(facts.pid) ?? facts.residentBytes), 0);
    level = table.filter(({ parentPid }) => pids.has(parentPid));
  }
  return total;
}

function proportionalBytes(pid: number): number | undefined {
  if (!isOfOurNamespace(pid)) return undefined;
  const kibibytes = /^Pss:\s+(\d+) kB/m.exec(readProc(`/proc/${pid}/smaps_rollup`) ?? '')?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

export function allPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process ended meanwhile, or belongs to somebody else: either way there is nothing to tell.
    return undefined;
  }
}
