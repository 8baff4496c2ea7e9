import { InvalidInputError, POOLS } from '@showrunner/contracts';
import type { Pool } from '@showrunner/contracts';

export type WorkerCommand = { kind: 'work'; pools: readonly Pool[] } | { kind: 'reapAll' };

const isPool = (value: string): value is Pool => (POOLS as readonly string[]).includes(value);

/** Reads `--pool <name|all>` or `--reap-all`. */
export function parseArguments(argv: readonly string[]): WorkerCommand {
  if (argv.includes('--reap-all')) return { kind: 'reapAll' };
  const at = argv.indexOf('--pool');
  const value = at === -1 ? undefined : argv[at + 1];
  if (value === 'all') return { kind: 'work', pools: POOLS };
  if (value !== undefined && isPool(value)) return { kind: 'work', pools: [value] };
  throw new InvalidInputError(
    'unknown_pool',
    value === undefined ? 'No pool was named.' : `There is no pool "${value}".`,
    {
      remedy: `Start the worker with --pool ${[...POOLS, 'all'].join('|')}.`,
    },
  );
}
