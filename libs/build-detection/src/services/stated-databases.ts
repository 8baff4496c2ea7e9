import type { AppService } from '@showrunner/contracts';
import { depthOf, type FileListing } from '../listing';
import { databaseSettings, roleOf, type Role, type Settings } from './database-settings';
import { writtenConnection } from './written-connection';
import { onlyServerOf, sqlDriversOf, type SqlKind } from './sql-drivers';

/** A database that neither a compose file nor a connection string names, with the variables that lead the app to it. */
export interface StatedDatabase {
  service: AppService;
  env: Record<string, string>;
  /** The file, and what it says there. */
  where: string;
}

const LOCAL =
  /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|::1|db|database|postgres|postgresql|mysql|mariadb|)$/i;
const PLAIN = /^[A-Za-z_][\w-]{0,60}$/;
const USUAL_PORT: Readonly<Record<SqlKind, string>> = { postgresql: '5432', mariadb: '3306' };
const SAMPLES =
  /(^|\/)(examples?|samples?|tests?|__tests__|spec|e2e|docs?|templates?|migrations)\/|(^|[/._-])(prod(uction)?|staging|test(s|ing)?|ci)\.\w+$/i;
const CODE =
  /\.(?:[cm]?[jt]s|py|php|go|rb|json|ya?ml|properties|prisma)$|(^|\/)\.env\.(?:example|sample|template|dist)$/;
const MOST_FILES = 200;
/** What stands in for a name that only the environment would say. */
const MADE_UP: Readonly<Record<Role, string>> = {
  host: '127.0.0.1',
  port: '',
  user: 'app',
  password: 'app',
  database: 'app',
};

const WORDS: readonly (readonly [SqlKind, RegExp])[] = [
  ['postgresql', /postgres|psycopg|pgsql|asyncpg|pgx|\bpg\b/i],
  ['mariadb', /mysql|mariadb/i],
];
const URL_VARIABLE =
  /(?:\benv\(|process\.env(?:\.|\[)|environ(?:\.get\(|\[)|[gG]etenv\(|ENV(?:\.fetch\(|\[)|[cC]onfig(?:Service)?(?:\.get)?(?:<\w{1,20}>)?\(|[cC]onfig\[)\s{0,4}["']?((?:\w{1,20}_)?(?:DATABASE|DB|POSTGRES|POSTGRESQL|PG|MYSQL)_?(?:URL|URI|DSN|CONNECTION_STRING)|SQLALCHEMY_DATABASE_URI)\b/;

/**
 * A database that the app reaches by settings of its own: host, user and name in an example of the environment, in its code or configuration, or in
 * variables that its code reads. None where its packages could as well do with a file, or where no one kind of server is meant.
 * @param stated variables of the example of its environment
 */
export function statedDatabase(
  listing: FileListing,
  stated: { path: string; variables: Readonly<Record<string, string>> } | undefined,
): StatedDatabase | undefined {
  const drivers = sqlDriversOf(listing);
  const only = onlyServerOf(drivers);
  const example = stated === undefined ? undefined : ofExample(stated, only);
  if (example !== undefined) return example;
  if (drivers.has('sqlite')) return undefined;
  const sources = listing.files
    .filter((file) => depthOf(file) <= 4 && CODE.test(file) && !SAMPLES.test(file))
    .slice(0, MOST_FILES)
    .map((file) => ({ file, text: codeOf(listing, file) }))
    .filter(({ text }) => text !== '' && !/sqlite/i.test(text));
  for (const { file, text } of sources) {
    const written = writtenConnection(text);
    if (written !== undefined)
      return { service: written, env: {}, where: `${file} writes out how it reaches its database` };
    const kind = kindIn(text) ?? only;
    const settings = kind === undefined || !speaksOfSql(text) ? undefined : databaseSettings(text);
    const found = settings === undefined || kind === undefined ? undefined : bySettings(kind, settings, file);
    if (found !== undefined) return found;
  }
  for (const { file, text } of sources) {
    const variable = URL_VARIABLE.exec(text)?.[1];
    if (variable === undefined) continue;
    const kind = only ?? (file.endsWith('.prisma') ? kindIn(text) : undefined);
    if (kind !== undefined) return byUrl(kind, variable, file, listing);
  }
  return undefined;
}

/** Without lines that are comments: what was once meant stands there. */
const codeOf = (listing: FileListing, file: string): string =>
  (listing.read(file) ?? '').replace(/^[ \t]{0,40}(?:#|\/\/)[^\n]{0,400}$/gm, '');

const speaksOfSql = (text: string): boolean =>
  WORDS.some(([, words]) => words.test(text)) ||
  /sequelize|typeorm|knex|dialect|drizzle|create(?:Connection|Pool)|new Pool\(|DATABASES/i.test(text);

/** The one kind of server that a text speaks of. */
function kindIn(text: string): SqlKind | undefined {
  const kinds = WORDS.filter(([, words]) => words.test(text)).map(([kind]) => kind);
  return kinds.length === 1 ? kinds[0] : undefined;
}

function ofExample(
  { path, variables }: { path: string; variables: Readonly<Record<string, string>> },
  only: SqlKind | undefined,
): StatedDatabase | undefined {
  const engine =
    Object.entries(variables).find(([name]) =>
      /_(?:CONNECTION|DIALECT|TYPE|CLIENT|ENGINE|DRIVER)$/.test(name),
    )?.[1] ?? '';
  if (/sqlite/i.test(engine)) return undefined;
  const settings: Settings = {};
  const names = Object.keys(variables).filter((name) =>
    /^(?:\w{1,20}_)?(?:DB|DATABASE|POSTGRES(?:QL)?|PG|PGSQL|MYSQL|MARIADB|SQL|TYPEORM)_?[A-Z]/.test(name),
  );
  for (const name of names) {
    const role = roleOf(
      name.replace(/^(?!DB|DATABASE|POSTGRES|PG|MYSQL|MARIADB|SQL|TYPEORM)[A-Z0-9]{1,20}_/, ''),
    );
    if (role !== undefined) settings[role] ??= { value: variables[name], variable: name, at: 0 };
  }
  const kind = kindIn(engine) ?? kindIn(names.join(' ')) ?? only;
  return kind === undefined || settings.host === undefined || settings.database === undefined
    ? undefined
    : bySettings(kind, settings, path);
}

function bySettings(kind: SqlKind, settings: Settings, file: string): StatedDatabase | undefined {
  const env: Record<string, string> = {};
  const valueOf = (role: Role): string => {
    const setting = settings[role];
    const isUsable = (value: string): boolean =>
      role === 'host'
        ? /^(?:localhost|127(?:\.\d+){3})$/.test(value)
        : role === 'password'
          ? true
          : role === 'port'
            ? /^\d{2,5}$/.test(value)
            : PLAIN.test(value);
    const value = setting?.value?.trim();
    if (value !== undefined && isUsable(value) && (value !== '' || setting?.variable === undefined))
      return value;
    const instead = role === 'port' ? USUAL_PORT[kind] : MADE_UP[role];
    if (setting?.variable !== undefined) env[setting.variable] = instead;
    return setting?.variable === undefined && setting !== undefined && role !== 'host'
      ? (value ?? '')
      : instead;
  };
  const host = settings.host?.value?.trim() ?? '';
  // A server elsewhere is not stood in for, and other servers have ports of their own.
  if (!LOCAL.test(host) || (settings.host?.variable === undefined && !/^(?:localhost|127)/.test(host)))
    return undefined;
  valueOf('host');
  const port = Number(valueOf('port'));
  if ([6379, 27_017, 5672, 587, 465, 25, 1433].includes(port)) return undefined;
  const [user, database] = [valueOf('user'), valueOf('database')];
  valueOf('password');
  if (!PLAIN.test(database)) return undefined;
  return {
    service: {
      kind,
      port: port >= 1024 && port < 65_536 ? port : Number(USUAL_PORT[kind]),
      user: PLAIN.test(user) ? user : kind === 'mariadb' ? 'root' : 'postgres',
      database,
    },
    env,
    where: `${file} names its host and the database "${database}"`,
  };
}

function byUrl(kind: SqlKind, variable: string, file: string, listing: FileListing): StatedDatabase {
  const { user, password, database } = MADE_UP;
  const place = `://${user}:${password}@127.0.0.1:${USUAL_PORT[kind]}/${database}`;
  return {
    service: { kind, port: Number(USUAL_PORT[kind]), user, database },
    env: { [variable]: `${schemeFor(kind, file, listing)}${place}` },
    where: `${file} reads ${variable}, of which nothing says what it is`,
  };
}

/** SQLAlchemy wants to hear of the driver where it is not the usual one. */
function schemeFor(kind: SqlKind, file: string, listing: FileListing): string {
  const plain = kind === 'postgresql' ? 'postgresql' : 'mysql';
  if (!file.endsWith('.py')) return plain;
  const packages = listing.files
    .filter(
      (one) => /(^|\/)(requirements[\w.-]*\.txt|pyproject\.toml|Pipfile)$/.test(one) && depthOf(one) <= 2,
    )
    .map((one) => listing.read(one) ?? '')
    .join('\n');
  if (!/sqlalchemy|sqlmodel/i.test(packages)) return plain;
  if (kind === 'mariadb') return /pymysql/i.test(packages) ? 'mysql+pymysql' : plain;
  if (/create_async_engine/.test(listing.read(file) ?? '') && /asyncpg/i.test(packages))
    return 'postgresql+asyncpg';
  if (/psycopg2/i.test(packages)) return plain;
  if (/psycopg\b/i.test(packages)) return 'postgresql+psycopg';
  return /pg8000/i.test(packages) ? 'postgresql+pg8000' : plain;
}
