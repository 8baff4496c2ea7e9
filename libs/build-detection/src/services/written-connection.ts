import type { AppService } from '@showrunner/contracts';
import { LOOPBACK, connectionIn, nameOr } from './connection-string';

const ADDRESS = /\b(?:jdbc:)?((?:postgres(?:ql)?|mysql2?|mariadb)(?:\+\w{1,20})?:\/\/[^\s"'`<>)]{1,200})/g;
const HERE = String.raw`(localhost|127\.0\.0\.1)`;
const LIBPQ = new RegExp(String.raw`\bhost=${HERE}(?=[ ;"'\`])[^"'\`\n]{0,200}`);
const GO_MYSQL = new RegExp(
  String.raw`["'\`]([\w-]{1,60}):[^@\s"'\`]{0,80}@tcp\(${HERE}?(?::(\d{2,5}))?\)\/([\w-]{1,60})`,
);
const PDO = new RegExp(
  String.raw`["'](mysql|pgsql):host=${HERE};(?:port=(\d{2,5});)?dbname=([\w-]{1,60})[^"']{0,80}["'](?:\s{0,8},\s{0,20}["']([\w-]{1,60})["'])?`,
);
const MYSQLI = new RegExp(
  String.raw`mysqli(?:_connect)?\(\s{0,8}["']${HERE}["']\s{0,8},\s{0,8}["']([\w-]{1,60})["']\s{0,8},\s{0,8}["'][^"'\n]{0,80}["']\s{0,8},\s{0,8}["']([\w-]{1,60})["'](?:\s{0,8},\s{0,8}["']?(\d{2,5}))?`,
);

/** A database at this machine's own address that a file of code or configuration writes out in one piece: an address, a DSN, a call of PHP. */
export function writtenConnection(text: string): AppService | undefined {
  for (const [, address = ''] of text.matchAll(ADDRESS)) {
    const whole = address.replace(/\$\{[\w.]{1,60}:([^}]{0,100})\}/g, '$1');
    const found = /[${}]|%s/.test(whole) ? undefined : connectionIn(whole);
    if (found === undefined || !LOOPBACK.test(found.host)) continue;
    const named = /^[ \t]*spring\.datasource\.username[ \t]*=[ \t]*([\w-]{1,60})[ \t]*$/m.exec(text)?.[1];
    return named === undefined ? found.service : { ...found.service, user: named };
  }
  const pdo = PDO.exec(text);
  if (pdo !== null) {
    const kind = pdo[1] === 'pgsql' ? 'postgresql' : 'mariadb';
    const usual = kind === 'mariadb' ? { port: 3306, user: 'root' } : { port: 5432, user: 'postgres' };
    return {
      kind,
      port: portOf(pdo[3], usual.port),
      user: nameOr(pdo[5], usual.user),
      database: pdo[4] ?? '',
    };
  }
  const [libpq] = LIBPQ.exec(text) ?? [];
  const database = wordAfter('dbname', libpq);
  if (libpq !== undefined && database !== undefined)
    return {
      kind: 'postgresql',
      port: portOf(wordAfter('port', libpq), 5432),
      user: nameOr(wordAfter('user', libpq), 'postgres'),
      database,
    };
  const go = GO_MYSQL.exec(text);
  if (go !== null)
    return { kind: 'mariadb', port: portOf(go[3], 3306), user: nameOr(go[1], 'root'), database: go[4] ?? '' };
  const call = MYSQLI.exec(text);
  if (call === null) return undefined;
  return {
    kind: 'mariadb',
    port: portOf(call[4], 3306),
    user: nameOr(call[2], 'root'),
    database: call[3] ?? '',
  };
}

const wordAfter = (key: string, text = ''): string | undefined =>
  new RegExp(String.raw`\b${key}=([\w-]{1,60})`).exec(text)?.[1];

function portOf(text: string | undefined, usual: number): number {
  const port = Number(text);
  return Number.isInteger(port) && port >= 1024 && port < 65_536 ? port : usual;
}
