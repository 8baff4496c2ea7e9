import type { Command } from 'commander';
import type { ApiClient } from '@showrunner/api-client';
import { createAgent, deleteAgent, listAgents, runAgent } from './agent.commands';
import type { CreateAgentOptions, RunAgentOptions } from './agent.commands';
import { collect } from './source-options';

/** The commands below `agents`: code that is stored once and run by its id, in a sandbox of its own each time. */
export function addAgentCommands(
  program: Command,
  api: () => ApiClient,
  finish: (code: Promise<number>) => Promise<void>,
): void {
  const agents = program.command('agents').description('store code, and run it in sandboxes');
  agents
    .command('create <file>')
    .description('store a file of code; prints the id of the agent')
    .option('--name <name>', 'default: that of the file')
    .option(
      '--language <name>',
      'python, javascript, typescript or shell (default: by the ending of the file)',
    )
    .option('--file <path>', 'a file beside it; may be given several times', collect, [])
    .option('--needs <NAME>', 'variable that every run has to give; may be given several times', collect, [])
    .option('--json', 'as JSON')
    .action((file: string, options: CreateAgentOptions) => finish(createAgent(api(), file, options)));
  agents
    .command('list')
    .description('the newest hundred')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => finish(listAgents(api(), options)));
  agents
    .command('run <agent> [words...]')
    .description('run its code; prints the output and ends with its exit code')
    .option('--env <NAME=value>', 'variable; may be given several times', collect, [])
    .option('--timeout <seconds>', 'after which it is ended (default, and at most: 240)')
    .option('--internet', 'let it reach the public internet')
    .action((agent: string, words: string[], options: RunAgentOptions) =>
      finish(runAgent(api(), agent, words, options)),
    );
  agents
    .command('delete <agent>')
    .description('delete the stored code')
    .action((agent: string) => finish(deleteAgent(api(), agent)));
}
