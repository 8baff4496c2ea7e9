import type { Reason } from '@showrunner/contracts';
import { because } from '../draft';
import { copyEnvironment } from '../environment-file';
import { firstOf, hasFile, type FileListing } from '../listing';
import { tolerant } from '../shell';
import type { PackageJson } from './package-json';

export interface DatabaseSetup {
  setup: string[];
  env: Record<string, string>;
  reasons: Reason[];
}

/** Scripts that make or fill a database, in the order in which they have to run; of each row the first that exists. */
const SCRIPTS = [
  ['db:setup', 'db:init', 'init-db', 'initdb', 'setup:db'],
  ['db:migrate', 'migrate', 'migration:run', 'migrations:run', 'db:push', 'prisma:migrate'],
  ['db:seed', 'seed', 'prisma:seed', 'seed:db'],
] as const;
const SCHEMAS = ['prisma/schema.prisma', 'schema.prisma', 'src/prisma/schema.prisma', 'db/schema.prisma'];
const NOT_DONE = 'This set-up step did not work; going on without it.';
/** Databases of their own process, by what a package gives away. */
/** What runs beside an app goes by the name of the server that Debian has. */
const RUN_AS: Readonly<Record<string, string>> = { mysql: 'mariadb' };
const SERVERS: readonly (readonly [string, string])[] = [
  ['pg', 'PostgreSQL'],
  ['postgres', 'PostgreSQL'],
  ['mysql', 'MySQL'],
  ['mysql2', 'MySQL'],
  ['mongoose', 'MongoDB'],
  ['mongodb', 'MongoDB'],
  ['redis', 'Redis'],
  ['ioredis', 'Redis'],
];

/** How the database of a Node app is made: proposed, so that a step which cannot work stops nothing. */
export function databaseSetup(
  listing: FileListing,
  manifest: PackageJson,
  provided: readonly string[] = [],
): DatabaseSetup {
  const prisma = prismaSetup(listing, manifest, provided);
  const scripts = prisma.setup.length > 0 ? [] : SCRIPTS.flatMap((row) => scriptOf(row, manifest) ?? []);
  const servers = [
    ...new Set(
      SERVERS.filter(
        ([name, what]) =>
          Object.hasOwn(manifest.dependencies, name) && !isProvided(what.toLowerCase(), provided),
      ).map(([, what]) => what),
    ),
  ];
  return {
    env: prisma.env,
    setup: [...prisma.setup, ...scripts.map((name) => tolerant(`npm run ${name}`, NOT_DONE))],
    reasons: [
      ...prisma.reasons,
      ...scripts.map((name) => because('setup', `The script "${name}" prepares its database; it is tried.`)),
      ...(servers.length === 0
        ? []
        : [
            because(
              'unmet',
              servers.includes('MongoDB')
                ? `It can talk to ${servers.join(' and ')}; no sandbox starts MongoDB.`
                : `It can talk to ${servers.join(' and ')}, and no compose file or example of its environment says with which names, so none is started.`,
            ),
          ]),
    ],
  };
}

function prismaSetup(
  listing: FileListing,
  manifest: PackageJson,
  provided: readonly string[],
): DatabaseSetup {
  const schema = firstOf(listing, SCHEMAS);
  const uses = Object.hasOwn(manifest.dependencies, 'prisma');
  if (schema === undefined || !uses) return { setup: [], env: {}, reasons: [] };
  const text = listing.read(schema) ?? '';
  const provider =
    /^[ \t]*provider[ \t]*=[ \t]*"(sqlite|postgresql|mysql|mongodb|sqlserver|cockroachdb)"/m.exec(text)?.[1];
  const generate = {
    command: tolerant('npx --no-install prisma generate', NOT_DONE),
    reasons: [
      because('setup', `${schema} describes its database; Prisma makes its client of it.`),
      because(
        'unmet',
        'Prisma may fetch its engine from binaries.prisma.sh, which only the operator can allow.',
      ),
    ],
  };
  if (provider !== undefined && isProvided(provider, provided)) {
    const seeds = manifest.hasPrismaSeed ? [tolerant('npx --no-install prisma db seed', NOT_DONE)] : [];
    return {
      env: {},
      setup: [
        generate.command,
        tolerant('npx --no-install prisma migrate deploy && npx --no-install prisma db push', NOT_DONE),
        ...seeds,
      ],
      reasons: [
        ...generate.reasons,
        because('setup', `Its migrations are run on the ${provider} of its sandbox.`),
      ],
    };
  }
  if (provider !== 'sqlite') {
    const wanted = provider ?? 'a database that is named elsewhere';
    return {
      setup: [generate.command],
      env: {},
      reasons: [...generate.reasons, because('unmet', `${schema} wants ${wanted}, which no sandbox starts.`)],
    };
  }
  const hasOwn = hasFile(listing, '.env') || copyEnvironment(listing).setup.length > 0;
  const url = hasOwn ? undefined : /^[ \t]*url[ \t]*=[ \t]*env\("([A-Za-z_]\w{0,63})"\)/m.exec(text)?.[1];
  return {
    env: url === undefined ? {} : { [url]: 'file:./showrunner.db' },
    setup: [
      generate.command,
      tolerant('npx --no-install prisma db push', NOT_DONE),
      ...(manifest.hasPrismaSeed ? [tolerant('npx --no-install prisma db seed', NOT_DONE)] : []),
    ],
    reasons: [
      ...generate.reasons,
      because(
        'setup',
        `Its SQLite database is made from the schema${manifest.hasPrismaSeed ? ' and filled by its seed' : ''}.`,
      ),
      ...(url === undefined ? [] : [because('environment', `${url} names a new SQLite file.`)]),
    ],
  };
}

const isProvided = (server: string, provided: readonly string[]): boolean =>
  provided.includes(RUN_AS[server] ?? server);

const scriptOf = (names: readonly string[], manifest: PackageJson): string | undefined =>
  names.find(
    (name) =>
      Object.hasOwn(manifest.scripts, name) &&
      !/\b(docker|podman|kubectl)\b/.test((manifest.scripts[name] ?? '').slice(0, 4096)),
  );
