import { InvalidInputError } from '@showrunner/contracts';
import { joinedCommand } from '@showrunner/control-groups';
import { startFiltered } from '../seccomp/start-filtered';
import { BASE_ENVIRONMENT } from './holder';

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

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/** @throws InvalidInputError `sandbox_env_invalid` */
export function requireEnvironment(env: Record<string, string>): void {
  for (const [name, value] of Object.entries(env))
    if (!VARIABLE.test(name) || value.includes('\0'))
      throw new InvalidInputError(
        'sandbox_env_invalid',
        `"${name.slice(0, 80)}" cannot be set as a variable.`,
        {
          remedy: 'Name variables with letters, digits and "_", and leave out NUL bytes.',
        },
      );
}

function assignments(env: Record<string, string>): string[] {
  requireEnvironment(env);
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

/**
 * The argv that runs a command inside: join the groups, no new privileges, all namespaces of process 1, uid 1000, and only then the
 * filter of system calls and the caller's folder and environment. With uid 1000 the exec clears every capability set but the bounding set, and that one cannot
 * be drawn on: no new privileges, and every mount inside is nosuid.
 */
export function enterCommand(entrance: Entrance, entered: EnteredCommand): string[] {
  const env = assignments({ ...BASE_ENVIRONMENT, ...entered.env });
  const argv =
    typeof entered.command === 'string' ? ['/bin/sh', '-c', entered.command] : [...entered.command];
  if (argv.length === 0 || [...argv, entered.cwd].some((word) => word.includes('\0')))
    throw new InvalidInputError(
      'sandbox_command_invalid',
      'A command needs at least one word, and no NUL bytes.',
    );
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
