import { sandboxFilterBytes } from './sandbox-filter';
import fail from './fail.pl';
import shim from './start-filtered.pl';

/** Perl is on every Debian (perl-base is essential), starts in 2 ms and can make a system call without a library. */
export const SHIM_PROGRAM = '/usr/bin/perl';

/** prctl, which the shim calls by number. */
const PRCTL: Readonly<Record<string, number>> = { x64: 157, arm64: 167 };

const FAIL = fail;

/**
 * No new privileges, the filter, the folder, the environment, then the command in the same process. It ends as env(1) does:
 * 125 for what it could not prepare, 126 for a program that cannot be run, 127 for one that is not there (ENOENT is 2: naming it would
 * load three modules at every start).
 */
const SHIM = shim;

/** Perl that is run first, in the same process. */
export interface Prelude {
  /** May `fail STATUS, 'what'`. */
  program: string;
  /** The first of its arguments; it takes them from `@ARGV`. */
  args: readonly string[];
}

/** What the shim is told at every start; undefined on an architecture that has no filter. */
const FILTER = ((): readonly string[] | undefined => {
  const filter = sandboxFilterBytes();
  const prctl = PRCTL[process.arch];
  if (filter === undefined || prctl === undefined) return undefined;
  return [String(prctl), filter.toString('hex')];
})();

/**
 * Argv that runs a command behind the filter of system calls, in a folder and with exactly this environment. undefined on an architecture
 * that has no filter.
 * @param assignments `NAME=value`, none of them `--`
 */
export function startFiltered(
  command: readonly string[],
  cwd: string,
  assignments: readonly string[],
  before: Prelude = { program: '', args: [] },
): string[] | undefined {
  if (FILTER === undefined) return undefined;
  const program = [FAIL, before.program, SHIM].join('\n');
  const told = [...before.args, ...FILTER, cwd, ...assignments];
  return [SHIM_PROGRAM, '-e', program, '--', ...told, '--', ...command];
}
