import type { Command } from 'commander';
import type { ApiClient } from '@showrunner/api-client';
import { createKey, createTenant, deleteTenant, listKeys, listTenants, revokeKey } from './key.commands';
import type { NewKeyOptions } from './key.commands';

/** The commands below `keys` and `tenants`: who may ask the platform, and in whose name. For operators. */
export function addKeyCommands(
  program: Command,
  api: () => ApiClient,
  finish: (code: Promise<number>) => Promise<void>,
): void {
  const keys = program.command('keys').description('list, make and revoke API keys');
  keys
    .command('list')
    .description('every key by its first characters')
    .option('--tenant <id>', 'of this tenant alone')
    .option('--json', 'as JSON')
    .action((options: { tenant?: string; json?: boolean }) => finish(listKeys(api(), options)));
  keys
    .command('create <name>')
    .description('make a key, which is shown this once')
    .option('--tenant <id>', 'whose; without it, of your own tenant')
    .option(
      '--permissions <list>',
      'comma list of read, write, sandbox, manage, operate (default: read,write,sandbox)',
    )
    .option('--role <role>', 'viewer, editor, owner or operator, instead of permissions')
    .option('--expires <age>', 'after which it opens nothing any more, e.g. 12h or 90d')
    .option('--json', 'as JSON')
    .action((name: string, options: NewKeyOptions) => finish(createKey(api(), name, options)));
  keys
    .command('revoke <id>')
    .description('end a key at once, by its id or its first characters')
    .action((which: string) => finish(revokeKey(api(), which)));
  const tenants = program.command('tenants').description('list and make tenants');
  tenants
    .command('list')
    .description('every tenant')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => finish(listTenants(api(), options)));
  tenants
    .command('create <id>')
    .description('make a tenant, which sees nothing of what is another’s')
    .action((id: string) => finish(createTenant(api(), id)));
  tenants
    .command('delete <id>')
    .description('delete a tenant with its keys, projects, films and sandboxes')
    .action((id: string) => finish(deleteTenant(api(), id)));
}
