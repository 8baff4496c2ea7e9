import { InvalidInputError } from '@showrunner/contracts';

export const SERVICES = ['gateway', 'project', 'sandbox', 'intent', 'editor'] as const;
export type ServiceName = (typeof SERVICES)[number];

const isService = (value: string): value is ServiceName => (SERVICES as readonly string[]).includes(value);

/** Reads `--service <name|all>`. @throws {InvalidInputError} `unknown_service` */
export function parseArguments(argv: readonly string[]): ServiceName | 'all' {
  const at = argv.indexOf('--service');
  const value = at === -1 ? undefined : argv[at + 1];
  if (value === 'all' || (value !== undefined && isService(value))) return value;
  throw new InvalidInputError(
    'unknown_service',
    value === undefined ? 'No service was named.' : `There is no service "${value}".`,
    { remedy: `Start the server with --service ${['all', ...SERVICES].join('|')}.` },
  );
}
