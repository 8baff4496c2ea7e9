import { joinedCommand } from '@showrunner/control-groups';
import { assignments, wordsOf } from '@showrunner/sandbox/provider';
import { startFiltered } from './seccomp/start-filtered';
import { enterProgram } from './enter-program';
import { BASE_ENVIRONMENT } from './holder-command';

/** How commands get into one running sandbox. */
export interface Entrance {
  initPid: number;
  /** True when the caller is root: the uid changes on the way in. */
  root: boolean;
  maxProcesses: number;
}

export interface EnteredCommand {
  command: string | readonly string[];
  cwd: string;
  env: Record<string, string>;
  /** Files of control groups to join, as `ControlGroup.enter` gives them, before the command starts. */
  joins: string[];
}

/** Environment of host-side programs on the way in; the caller's variables are set only inside, or LD_PRELOAD would act on them. */
export const HOST_ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };

/**
 * The argv that runs a command inside: join the groups, all namespaces of process 1, uid 1000 without capabilities, no new privileges, the
 * filter of system calls, and only then the caller's folder and environment.
 */
export function enterCommand(entrance: Entrance, entered: EnteredCommand): string[] {
  const { command, cwd, joins } = entered;
  const env = assignments({ ...BASE_ENVIRONMENT, ...entered.env });
  const argv = wordsOf(command, cwd);
  const way = entrance.root ? enterProgram(entrance.initPid, entrance.maxProcesses, joins) : undefined;
  const inOne = way && startFiltered(argv, cwd, env, way);
  if (inOne !== undefined) return inOne;
  const inside = startFiltered(argv, cwd, env) ?? ['/usr/bin/env', '-i', '-C', cwd, ...env, ...argv];
  const namespaces = ['-t', String(entrance.initPid), '-m', '-u', '-i', '-n', '-p', '-C', '-U'];
  if (!entrance.root) {
    const limit = ['prlimit', `--nproc=${entrance.maxProcesses}`];
    return [...limit, 'nsenter', ...namespaces, '--preserve-credentials', '--', ...inside];
  }
  // With uid 1000 the exec clears every capability set but the bounding set, and that one cannot be drawn on: no new privileges, and
  // every mount inside is nosuid.
  const asUser = ['nsenter', ...namespaces, '-S', '1000', '-G', '1000', '--'];
  return joinedCommand(joins, ['setpriv', '--no-new-privs', ...asUser, ...inside]);
}
