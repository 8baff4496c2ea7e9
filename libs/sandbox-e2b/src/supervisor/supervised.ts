import { assignments, wordsOf } from '@showrunner/sandbox/provider';
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
  return [
    String(command.maxProcesses),
    String(command.endsAfterSeconds),
    command.cwd,
    String(variables.length),
    ...variables,
    ...wordsOf(command.argv, command.cwd),
  ];
}
