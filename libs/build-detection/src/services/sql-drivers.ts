import type { AppService } from '@showrunner/contracts';
import { baseName, depthOf, type FileListing } from '../listing';

export type SqlKind = Exclude<AppService['kind'], 'redis'>;

/** Manifests in which names of packages stand as words. */
const MANIFEST =
  /^(package\.json|requirements[\w.-]*\.txt|pyproject\.toml|Pipfile|setup\.py|go\.mod|composer\.json|Gemfile|Cargo\.toml|pom\.xml|build\.gradle(\.kts)?)$/;
const DRIVERS: readonly (readonly [SqlKind | 'sqlite', RegExp])[] = [
  [
    'postgresql',
    /["'/\s](?:pg|pg-promise|pg-native|postgres|psycopg2?(?:-binary)?(?:\[\w+\])?|asyncpg|pg8000|jackc\/pgx|lib\/pq|driver\/postgres|ext-(?:pdo_)?pgsql)(?=["'\s=<>~!;,/\]]|\/v\d|$)/im,
  ],
  [
    'mariadb',
    /["'/\s](?:mysql2?|mariadb|pymysql|mysqlclient|mysql-connector(?:-python)?|flask-mysqldb|flask-mysql|aiomysql|asyncmy|go-sql-driver\/mysql|driver\/mysql|ext-(?:pdo_mysql|mysqli))(?=["'\s=<>~!;,/\]]|$)/im,
  ],
  [
    'sqlite',
    /["'/\s](?:sqlite3?|better-sqlite3|sql\.js|aiosqlite|@?libsql\/?[\w-]*|mattn\/go-sqlite3|modernc\.org\/sqlite|driver\/sqlite|glebarez\/sqlite)(?=["'\s=<>~!;,/\]]|$)/im,
  ],
];

/** Which databases the packages of a source, two folders deep, can talk to. */
export function sqlDriversOf(listing: FileListing): ReadonlySet<SqlKind | 'sqlite'> {
  const manifests = listing.files.filter((file) => depthOf(file) <= 2 && MANIFEST.test(baseName(file)));
  const text = manifests.map((file) => `\n${listing.read(file) ?? ''}`).join('');
  return new Set(DRIVERS.filter(([, named]) => named.test(text)).map(([kind]) => kind));
}

/** The only server that its packages talk to; undefined where they could as well do with a file. */
export function onlyServerOf(drivers: ReadonlySet<SqlKind | 'sqlite'>): SqlKind | undefined {
  const [first, ...others] = drivers;
  return others.length > 0 || first === 'sqlite' ? undefined : first;
}
