import type { Command } from 'commander';
import type { ApiClient } from '@showrunner/api-client';
import { actInSession, endSession, listSessions, markSession, openSession } from './session.commands';

/** The commands below `session`: a browser on an app that is driven by hand. */
export function addSessionCommands(
  program: Command,
  api: () => ApiClient,
  finish: (code: Promise<number>) => Promise<void>,
): void {
  const session = program.command('session').description('drive an app by hand, and film what is proven');
  session
    .command('open [project]')
    .description('open a browser on the app of a project, or on one that runs already')
    .option('--build <id>', 'on the app of this build')
    .option('--sandbox <id>', 'on the app of this sandbox')
    .option('--idle <minutes>', 'ends by itself after so long without an action')
    .option('--max <minutes>', 'lasts no longer')
    .option('--json', 'as JSON')
    .action((project: string | undefined, options) => finish(openSession(api(), project, options)));
  session
    .command('list')
    .description('every session, newest first')
    .option('--json', 'as JSON')
    .action((options) => finish(listSessions(api(), options)));
  session
    .command('act <session> <tool>')
    .description('use a tool of the Playwright MCP server, e.g. browser_snapshot')
    .option('--args <json>', 'its arguments')
    .option('--caption <text>', 'what the film says of it')
    .option('--out <file>', 'where a picture goes')
    .action((id: string, tool: string, options) => finish(actInSession(api(), id, tool, options)));
  session
    .command('mark <session> <start|success>')
    .description('a feature begins, or has succeeded')
    .option('--feature <id>', 'of a start: its name, e.g. sign-in')
    .option('--title <text>', 'of a start: what the film calls it')
    .option('--text <text>', 'of a success: what can be read now and could not before')
    .option('--condition <json>', 'of a success: any condition of a plan')
    .action((id: string, kind: string, options) => finish(markSession(api(), id, kind, options)));
  session
    .command('end <session>')
    .description('end it; what was proven becomes its film')
    .option('--discard', 'at once, without a film')
    .action((id: string, options) => finish(endSession(api(), id, options)));
}
