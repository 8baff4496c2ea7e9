import type { Prelude } from './seccomp/start-filtered';
import enter from './enter.pl';

/** Of the system calls that it makes by number. */
type Calls = readonly [
  setns: number,
  setgroups: number,
  setresgid: number,
  setresuid: number,
  capset: number,
  prlimit64: number,
];
const CALLS: Readonly<Record<string, Calls>> = {
  x64: [308, 116, 119, 117, 126, 302],
  arm64: [268, 159, 149, 147, 91, 261],
};

/**
 * Joins the groups and every namespace of process 1 inside, and becomes uid 1000 without any capability; the child, which alone is in the
 * pid namespace, goes on. Nothing is executed on the way, so there is no moment at which a process of the sandbox could look into a
 * program that is not behind the filter yet: whoever changed its uid has no memory that others may read. The parent ends as the child does.
 */
const ENTER = enter;

/**
 * RLIMIT_NPROC of commands: a little below the sandbox's limit, which its control group enforces. It is looked at before a fork copies
 * anything, the group's only after, and a fork bomb that is refused there holds the locks of the libraries that it shares with the whole
 * host, where others then wait for seconds.
 */
const commandProcesses = (maxProcesses: number): number =>
  Math.max(1, maxProcesses - Math.min(8, Math.floor(maxProcesses / 8)));

/**
 * The way of root into a sandbox. undefined on an architecture whose calls it does not know.
 * @param joins files of control groups, as `ControlGroup.enter` gives them
 */
export function enterProgram(
  initPid: number,
  maxProcesses: number,
  joins: readonly string[],
): Prelude | undefined {
  const calls = CALLS[process.arch];
  const told = [initPid, commandProcesses(maxProcesses), ...(calls ?? [])];
  return calls && { program: ENTER, args: [...told.map(String), ...joins, '--'] };
}
