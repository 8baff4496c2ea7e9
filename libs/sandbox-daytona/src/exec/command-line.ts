import { BASE_ENVIRONMENT, requireEnvironment, wordsOf } from '@showrunner/sandbox/provider';

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
  const argv = wordsOf(command, cwd);
  requireEnvironment(env);
  const all = { ...BASE_ENVIRONMENT, PWD: cwd, ...env, SANDBOX_TREE: mark };
  return { cwd, argv, variables: Object.entries(all).map(([name, value]) => `${name}=${value}`) };
}
