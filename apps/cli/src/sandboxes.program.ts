import type { Command } from 'commander';
import type { ApiClient } from '@showrunner/api-client';
import { archiveSandboxes, deleteSandboxes, listSandboxes, migrateSandboxes } from './sandbox.commands';

/** The commands below `sandboxes`: what an operator does with all of them. Without --yes they only tell what they would do. */
export function addSandboxCommands(
  program: Command,
  api: () => ApiClient,
  finish: (code: Promise<number>) => Promise<void>,
): void {
  const sandboxes = program.command('sandboxes').description('list and maintain the sandboxes');
  sandboxes
    .command('list')
    .description('every sandbox that is there')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => finish(listSandboxes(api(), options)));
  sandboxes
    .command('archive')
    .description('archive what was not used for long')
    .requiredOption('--older-than <age>', 'e.g. 30m, 12h or 7d')
    .option('--yes', 'do it; otherwise it is only told')
    .action((options: { olderThan: string; yes?: boolean }) => finish(archiveSandboxes(api(), options)));
  sandboxes
    .command('delete')
    .description('delete all sandboxes of a user')
    .requiredOption('--user <tenant>', 'whose')
    .option('--yes', 'do it; otherwise it is only told')
    .action((options: { user: string; yes?: boolean }) => finish(deleteSandboxes(api(), options)));
  sandboxes
    .command('migrate')
    .description(
      'move sandboxes to another provider, with their files; the same command goes on after a break',
    )
    .requiredOption('--from <provider>', 'where they are')
    .requiredOption('--to <provider>', 'where they shall be')
    .option('--yes', 'do it; otherwise it is only told')
    .action((options: { from: string; to: string; yes?: boolean }) =>
      finish(migrateSandboxes(api(), options)),
    );
}
