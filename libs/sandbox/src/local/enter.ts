import { joinedCommand } from '@showrunner/control-groups';
import { assignments, wordsOf } from '../exec/command-input';
import { startFiltered } from '../seccomp/start-filtered';
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
 * The argv that runs a command inside: join the groups, no new privileges, all namespaces of process 1, uid 1000, and only then the
 * filter of system calls and the caller's folder and environment. With uid 1000 the exec clears every capability set but the bounding set, and that one cannot
 * be drawn on: no new privileges, and every mount inside is nosuid.
 */
export function enterCommand(entrance: Entrance, entered: EnteredCommand): string[] {
  const env = assignments({ ...BASE_ENVIRONMENT, ...entered.env });
  const argv = wordsOf(entered.command, entered.cwd);
  const inside = startFiltered(argv, entered.cwd, env) ?? [
    ...['/usr/bin/env', '-i', '-C', entered.cwd],
    ...[...env, ...argv],
  ];
  const namespaces = ['-t', String(entrance.initPid), '-m', '-u', '-i', '-n', '-p', '-C', '-U'];
  if (!entrance.root)
    return [
      'prlimit',
      `--nproc=${entrance.maxProcesses}`,
      'nsenter',
      ...namespaces,
      '--preserve-credentials',
      '--',
      ...inside,
    ];
  const guarded = [
    'setpriv',
    '--no-new-privs',
    'nsenter',
    ...namespaces,
    '-S',
    '1000',
    '-G',
    '1000',
    '--',
    ...inside,
  ];
  return joinedCommand(entered.joins, guarded);
}
