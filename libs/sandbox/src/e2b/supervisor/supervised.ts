import { InvalidInputError } from '@showrunner/contracts';
import type { StartRequest } from '../process-rpc';
import { SUPERVISOR } from './supervisor.text';

/** Where the supervisor keeps logs and states of named processes, and the variables of every command; owned by the sandbox user. */
export const STATE_FOLDER = '/home/app/.showrunner';
/** The variable by which every process of one tree can be found. */
const TREE_MARK = 'SANDBOX_TREE';

export interface SupervisedCommand {
  argv: readonly string[];
  cwd: string;
  env: Record<string, string>;
  maxProcesses: number;
  /** The supervisor ends the tree by itself after this many whole seconds, should its caller have died; 0: never. */
  endsAfterSeconds: number;
  /** Names the tree. */
  mark: string;
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/** @throws InvalidInputError `sandbox_env_invalid`, `sandbox_command_invalid` */
export function execRequest(command: SupervisedCommand, stdin: boolean): StartRequest {
  return request('exec', [...commandArguments(command)], command.mark, stdin);
}

export function processRequest(name: string, command: SupervisedCommand): StartRequest {
  return request('process', [name, ...commandArguments(command)], command.mark, true);
}

/** The other modes: they only read, or end what is left of a tree. */
export function supervisorRequest(
  mode: 'status' | 'log' | 'sweep',
  args: string[],
  tag: string,
): StartRequest {
  return request(mode, args, tag, false);
}

function request(mode: string, args: string[], tag: string, stdin: boolean): StartRequest {
  return {
    // A wrong locale in the template is no reason for Perl to write to the command's stderr.
    process: {
      cmd: '/usr/bin/perl',
      args: ['-e', SUPERVISOR, mode, STATE_FOLDER, ...args],
      envs: { PERL_BADLANG: '0' },
    },
    tag,
    stdin,
  };
}

function commandArguments(command: SupervisedCommand): string[] {
  const variables = assignments({ HOME: '/home/app', ...command.env, [TREE_MARK]: command.mark });
  if (command.argv.length === 0 || [...command.argv, command.cwd].some((word) => word.includes('\0')))
    throw new InvalidInputError(
      'sandbox_command_invalid',
      'A command needs at least one word, and no NUL bytes.',
    );
  return [
    String(command.maxProcesses),
    String(command.endsAfterSeconds),
    command.cwd,
    String(variables.length),
    ...variables,
    ...command.argv,
  ];
}

/** `NAME=VALUE`, each checked. */
export function assignments(env: Record<string, string>): string[] {
  return Object.entries(env).map(([name, value]) => {
    if (!VARIABLE.test(name) || value.includes('\0'))
      throw new InvalidInputError(
        'sandbox_env_invalid',
        `"${name.slice(0, 80)}" cannot be set as a variable.`,
        {
          remedy: 'Name variables with letters, digits and "_", and leave out NUL bytes.',
        },
      );
    return `${name}=${value}`;
  });
}
