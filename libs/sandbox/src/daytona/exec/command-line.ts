import { InvalidInputError } from '@showrunner/contracts';

/** As in every provider; PATH is that of the image. */
const BASE_ENVIRONMENT = {
  HOME: '/home/app',
  USER: 'app',
  LOGNAME: 'app',
  LANG: 'C.UTF-8',
  TMPDIR: '/tmp',
};
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

/** Fields of a job from the folder on: folder, then what a mode puts between, count of variables, variables, argv. */
export interface CommandLine {
  cwd: string;
  variables: string[];
  argv: readonly string[];
}

/**
 * @param mark by which processes that escaped their supervisor are found
 * @throws InvalidInputError `sandbox_command_invalid`, `sandbox_env_invalid`
 */
export function commandLine(
  command: string | readonly string[],
  options: { cwd?: string; env?: Record<string, string> },
  mark: string,
): CommandLine {
  const { cwd = '/app', env = {} } = options;
  const argv = typeof command === 'string' ? ['/bin/sh', '-c', command] : command;
  if (argv.length === 0 || [...argv, cwd].some((word) => word.includes('\0')))
    throw new InvalidInputError(
      'sandbox_command_invalid',
      'A command needs at least one word, and no NUL bytes.',
    );
  requireEnvironment(env);
  const all = { ...BASE_ENVIRONMENT, PWD: cwd, ...env, SANDBOX_TREE: mark };
  return { cwd, argv, variables: Object.entries(all).map(([name, value]) => `${name}=${value}`) };
}
