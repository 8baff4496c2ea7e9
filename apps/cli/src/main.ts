import { Command, Option } from 'commander';
import { cliConfigSchema, loadConfig } from '@showrunner/config';
import { AppError } from '@showrunner/contracts';
import type { ApiClient } from './api-client';
import { film } from './film.command';
import type { FilmOptions } from './film-options';
import { connect } from './platform';
import { replay } from './replay.command';
import { listRuns, showLogs, stopRun } from './run.commands';
import type { WatchOptions } from './watch-run';

const api = (): ApiClient => connect(loadConfig(cliConfigSchema));
const finish = async (code: Promise<number>): Promise<void> => {
  process.exitCode = await code;
};
const out = new Option('--out <dir>', 'folder for the results').default('out');

const program = new Command('showrunner')
  .description('From a repository to a proven, replayable video.')
  .showHelpAfterError();
program
  .command('film <source>')
  .description('film an app: a Git URL, a folder or an archive')
  .option('--intent <text>', 'what to show')
  .option('--branch <name>', 'branch of the repository')
  .option('--subdir <dir>', 'folder of the app within the source')
  .option('--install <command>', 'how to install, instead of what is detected')
  .option('--start <command>', 'how to start, instead of what is detected')
  .option('--port <number>', 'port the app listens on')
  .option('--env <NAME=value...>', 'environment of the app', [])
  .option('--provider <name>', 'sandbox provider', 'local')
  .option('--size <WxH>', 'size of the film', '1280x720')
  .addOption(out)
  .option('--json', 'the report as JSON on standard output')
  .option('--keep', 'keep the sandbox running')
  .action((source: string, options: FilmOptions) => finish(film(api, source, options)));
program
  .command('replay <run-or-history>')
  .description('film the same actions again: the id of a run, or its history.json')
  .addOption(out)
  .option('--json', 'the report as JSON on standard output')
  .action((what: string, options: WatchOptions) => finish(replay(api(), what, options)));
program
  .command('runs')
  .description('list the runs')
  .option('--json', 'as JSON')
  .action((options: { json?: boolean }) => finish(listRuns(api(), options.json ?? false)));
for (const how of ['cancel', 'kill'] as const) {
  program
    .command(`${how} <run>`)
    .description(how === 'cancel' ? 'stop at the next safe point and keep what exists' : 'stop now')
    .action((run: string) => finish(stopRun(api(), run, how)));
}
program
  .command('logs <run>')
  .description('what happened in a run')
  .action((run: string) => finish(showLogs(api(), run)));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`${error.message}\n${error.remedy ? `Try: ${error.remedy}\n` : ''}`);
  process.exitCode = 2;
}
