/** What a setting of a database connection is for. */
export type Role = 'host' | 'port' | 'user' | 'password' | 'database';

/** A setting as a source gives it. */
export interface Setting {
  /** Written out, or the default of the variable; undefined where only the variable says. */
  value: string | undefined;
  /** Of the environment. */
  variable: string | undefined;
  at: number;
}

export type Settings = Partial<Record<Role, Setting>>;

const NAMES: readonly (readonly [Role, RegExp])[] = [
  ['host', /^(?:host(?:_?name)?|server(?:_?name)?)$/],
  ['port', /^port$/],
  ['user', /^(?:user(?:_?name)?)$/],
  ['password', /^(?:password|passwd|pass|pwd)$/],
  ['database', /^(?:database(?:_?name)?|db|db_?name|dbname|schema)$/],
];
const PREFIX = /^(?:(?:db|database|mysqli?|mariadb|postgres(?:ql)?|pg|pgsql|sql|typeorm)_?)(?=\w)/;
/** How far from the host the other settings of one connection stand. */
const NEAR = 700;
const MOST = 400;

const NAME = String.raw`[$]?["']?([A-Za-z_]\w{0,30})["']?`;
const LITERAL = String.raw`["'\`]([^"'\`\n]{0,80})["'\`]|(\d{2,5})\b|(null|nil|None)\b`;
const READ = [
  String.raw`(?:process\.env|import\.meta\.env)(?:\.|\[["'])(\w{1,60})["']?\]?`,
  String.raw`\$_(?:ENV|SERVER)\[["'](\w{1,60})["']\]`,
  String.raw`(?:os\.environ\[|ENV\[)["'](\w{1,60})["']\]`,
  String.raw`(?:os\.environ\.get|os\.getenv|os\.Getenv|getenv|environ\.get|env(?:\.\w{1,10})?|config|ENV\.fetch|\w{0,20}[cC]onfig(?:Service)?\.get(?:<\w{1,20}>)?|\w{0,10}[gG]etenv)\(\s{0,4}["'](\w{1,60})["'](?:\s{0,4},\s{0,4}(?:default\s{0,2}=\s{0,2})?(?:["']([^"'\n]{0,80})["']|(\d{2,5})))?\s{0,4}\)`,
].join('|');
const OTHERWISE = String.raw`(?:[)!]{0,2}\s{0,4}(?:\|\||\?\?|\?:|\bor\b)\s{0,4}(?:["'\`]([^"'\`\n]{0,80})["'\`]|(\d{2,5})\b))?`;
const WRAPPED = String.raw`(?:(?:Number|parseInt|String|int|str)\(|\+|\(\w{3,6}\)\s?)?`;
const PAIR = new RegExp(
  String.raw`(?<![\w.])(?:define\(\s{0,4})?${NAME}\s{0,20}(?:=>|:=|[:=,])\s{0,20}${WRAPPED}(?:${LITERAL}|(?:${READ})${OTHERWISE})`,
  'g',
);

/** The setting that a name is for: `DB_HOST`, `$dbname`, `USER`; `NAME` alone is Django's word for a database. */
export function roleOf(name: string): Role | undefined {
  const lower = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  if (name === 'NAME') return 'database';
  const found = (text: string): Role | undefined => NAMES.find(([, pattern]) => pattern.test(text))?.[0];
  const bare = lower.replace(PREFIX, '');
  return found(lower) ?? found(bare) ?? (bare !== lower && bare === 'name' ? 'database' : undefined);
}

/**
 * The settings of the first connection to a database that a file of code or configuration holds: a host with the name of a database near it, each
 * written out or read from the environment. Undefined where there is none.
 */
export function databaseSettings(text: string): Settings | undefined {
  const all: (Setting & { role: Role })[] = [];
  for (const match of text.matchAll(PAIR)) {
    const [, name = '', literal, number, nothing, ...rest] = match;
    const role = roleOf(name);
    if (role === undefined) continue;
    const variable = rest.slice(0, 4).find((one) => one !== undefined);
    const value =
      literal ?? number ?? (nothing === undefined ? rest.slice(4).find((one) => one !== undefined) : '');
    all.push({ role, value, variable, at: match.index });
    if (all.length === MOST) break;
  }
  for (const host of all.filter(({ role }) => role === 'host')) {
    const near = (role: Role): Setting | undefined =>
      all
        .filter((one) => one.role === role && Math.abs(one.at - host.at) < NEAR)
        .sort((a, b) => Math.abs(a.at - host.at) - Math.abs(b.at - host.at))[0];
    const database = near('database');
    const user = near('user');
    if (database === undefined || user === undefined) continue;
    const [port, password] = [near('port'), near('password')];
    return {
      ...{ host, user, database },
      ...(port === undefined ? {} : { port }),
      ...(password === undefined ? {} : { password }),
    };
  }
  return undefined;
}
