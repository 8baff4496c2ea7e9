import { InvalidInputError } from '@showrunner/contracts';

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const PROCESS_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/;

/** What every provider asks of the input of commands, before any of it reaches a sandbox. */

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

/** `NAME=VALUE`, each checked. @throws InvalidInputError `sandbox_env_invalid` */
export function assignments(env: Record<string, string>): string[] {
  requireEnvironment(env);
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

/** The words of a command: a string is a `sh -c` line. @throws InvalidInputError `sandbox_command_invalid` */
export function wordsOf(command: string | readonly string[], cwd: string): string[] {
  const argv = typeof command === 'string' ? ['/bin/sh', '-c', command] : [...command];
  if (argv.length === 0 || [...argv, cwd].some((word) => word.includes('\0')))
    throw new InvalidInputError(
      'sandbox_command_invalid',
      'A command needs at least one word, and no NUL bytes.',
    );
  return argv;
}

export const isProcessName = (name: string): boolean => PROCESS_NAME.test(name);

/** @throws InvalidInputError `process_name_invalid` */
export function requireProcessName(name: string): string {
  if (isProcessName(name)) return name;
  throw new InvalidInputError('process_name_invalid', `"${name.slice(0, 80)}" cannot name a process.`, {
    remedy: 'Use letters, digits, "_" and "-", at most 40.',
  });
}
