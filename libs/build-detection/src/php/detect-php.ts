import semver from 'semver';
import { SYSTEM_PATH, because, type Draft, type Runtimes } from '../draft';
import { copyEnvironment } from '../environment-file';
import { baseName, depthOf, firstOf, folderOf, hasFile, type FileListing } from '../listing';
import { usualPort } from '../ports';
import { DEBIAN_SUITES } from '../runtime/debian-suites';
import { asdfVersion, miseVersion, pointsElsewhere, versionFile } from '../runtime/pinned-text';
import { pinRefused, runtimeUnavailable } from '../runtime/runtime-failures';
import { MARIADB_SOCKET } from '../services/service-kinds';
import { quotePath, tolerant } from '../shell';

const PORT = 8000;
/** What most apps take for granted. */
const EXTENSIONS = ['curl', 'gd', 'intl', 'mbstring', 'mysql', 'pgsql', 'sqlite3', 'xml', 'zip'].map(
  (one) => `php-${one}`,
);
const ENTRIES = [
  'public/index.php',
  'index.php',
  'web/index.php',
  'webroot/index.php',
  'htdocs/index.php',
  'src/index.php',
];

interface Composer {
  php: string | undefined;
  packages: string[];
}

/** Plan for a PHP app with a page of its own: Laravel by artisan, any other by PHP's own server; undefined for none. */
export function detectPhp(listing: FileListing, runtimes: Runtimes): Draft | undefined {
  const entry = firstOf(listing, ENTRIES) ?? onlyPage(listing);
  if (entry === undefined || runtimes.systems !== true) return undefined;
  const composer = readComposer(listing);
  const isLaravel = hasFile(listing, 'artisan') && composer.packages.includes('laravel/framework');
  const framework = isLaravel
    ? 'laravel'
    : composer.packages.includes('symfony/framework-bundle')
      ? 'symfony'
      : 'php';
  const php = choosePhp(listing, composer.php, runtimes);
  const environment = copyEnvironment(listing);
  const folder = folderOf(entry);
  const installs = composer.packages.length > 0;
  // To these "localhost" means a socket, of which only the settings of PHP say where it is.
  const socket =
    runtimes.services?.includes('mariadb') === true
      ? ` -d mysqli.default_socket=${MARIADB_SOCKET} -d pdo_mysql.default_socket=${MARIADB_SOCKET}`
      : '';
  const start = isLaravel
    ? 'exec php artisan serve --host=127.0.0.1 --port="$PORT"'
    : `exec php${socket} -S 127.0.0.1:"$PORT" -t ${folder === '' ? '.' : quotePath(folder)}`;
  return {
    framework,
    frameworkVersion: null,
    runtime: 'php',
    refusal: php.refusal,
    toolchain: { name: 'php', version: php.version, from: 'debian' },
    ...(php.system === undefined
      ? {}
      : {
          system: { ...php.system, packages: ['php-cli', ...EXTENSIONS, ...(installs ? ['composer'] : [])] },
        }),
    packageManager: installs ? 'composer' : 'none',
    install: installs ? 'composer install --no-interaction --no-progress --prefer-dist' : null,
    setup: [
      ...environment.setup,
      ...(isLaravel
        ? [
            'php artisan key:generate --force',
            'mkdir -p database && touch database/database.sqlite',
            tolerant(
              'php artisan migrate --force --seed',
              'The migrations did not work; going on without them.',
            ),
          ]
        : []),
    ],
    start,
    port: PORT,
    ...(baseName(entry) === 'index.php' ? {} : { pages: [`/${entry}`] }),
    env: {
      PATH: SYSTEM_PATH,
      COMPOSER_HOME: '/app/.showrunner/composer',
      COMPOSER_NO_AUDIT: '1',
      ...(isLaravel ? { DB_CONNECTION: 'sqlite', SESSION_DRIVER: 'file', CACHE_STORE: 'file' } : {}),
    },
    installHosts: ['repo.packagist.org', 'packagist.org', 'api.github.com', 'codeload.github.com'],
    reasons: [
      because('framework', `${entry} makes it a PHP app${isLaravel ? ' of Laravel' : ''}.`),
      installs
        ? because(
            'manager',
            'composer.json lists its packages, which composer fetches; most lie on codeload.github.com, which only the operator can allow.',
          )
        : because('install', 'It lists no packages, so nothing is installed.'),
      because(
        'start',
        isLaravel ? 'artisan serves it.' : `PHP's own server shows ${folder === '' ? 'its folder' : folder}.`,
      ),
      usualPort(PORT, framework),
      ...environment.reasons,
      ...(isLaravel
        ? [because('setup', 'A key is made, and its migrations and seeds fill a new SQLite file.')]
        : []),
      ...(php.refusal === undefined ? [because('version', php.reason)] : []),
    ],
    confidence: framework === 'php' ? (ENTRIES.includes(entry) ? 2 : 1) : 3,
  };
}

/** Apps of one file have the name of the app. */
function onlyPage(listing: FileListing): string | undefined {
  const isPage = (file: string): boolean =>
    depthOf(file) === 0 &&
    file.endsWith('.php') &&
    /\$_(?:GET|POST|REQUEST|SESSION)\b|<(?:!doctype|html|body|form)\b/i.test(listing.read(file) ?? '');
  const pages = listing.files.filter(isPage);
  return pages.length === 1 ? pages[0] : undefined;
}

function readComposer(listing: FileListing): Composer {
  let raw: unknown;
  try {
    raw = JSON.parse(listing.read('composer.json') ?? '{}');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  const required = isRecord(raw) && isRecord(raw['require']) ? raw['require'] : {};
  const php = required['php'];
  return {
    php: typeof php === 'string' ? php : undefined,
    packages: Object.keys(required).filter((name) => name.includes('/')),
  };
}

/** The PHP of the newest suite that fits what `--runtime`, a version file or composer.json asks for. */
function choosePhp(
  listing: FileListing,
  stated: string | undefined,
  runtimes: Runtimes,
): Pick<Draft, 'refusal' | 'system'> & { version: string; reason: string } {
  const asked = runtimes.asked?.language === 'php' ? runtimes.asked.version : undefined;
  const pin =
    asked === undefined
      ? (versionFile(listing, '.php-version') ??
        asdfVersion(listing, ['php']) ??
        miseVersion(listing, ['php']))
      : { who: '--runtime', text: asked };
  const none = { version: '', reason: '' };
  if (pin !== undefined && pointsElsewhere(pin.text))
    return { ...none, refusal: pinRefused('php', pin.who, pin.text) };
  const range =
    pin?.text.replace(/^(\d+\.\d+)\.\d+$/, '$1') ??
    (stated ?? '*').replace(/(?<!\|)\|(?!\|)/g, '||').replaceAll(',', ' ');
  const suites = runtimes.systems === true ? DEBIAN_SUITES : [];
  const known = semver.validRange(range) !== null;
  // Debian's patch releases are newer than any that a range begins with.
  const suite = suites.find(({ php }) => !known || semver.satisfies(`${php}.99`, range));
  if (suite === undefined)
    return {
      ...none,
      refusal: runtimeUnavailable('php', range.slice(0, 40), pin?.who ?? 'composer.json', [
        ...new Set(suites.map(({ php }) => php)),
      ]),
    };
  const why =
    pin !== undefined
      ? `${pin.who} names PHP ${range}`
      : stated === undefined
        ? 'Nothing names a version of PHP'
        : `composer.json wants PHP ${range.slice(0, 40)}`;
  return {
    version: suite.php,
    system: { suite: suite.suite, packages: [] },
    reason: `${why}: PHP ${suite.php} comes from Debian ${suite.suite}, whose packages are put beneath the sandbox.`,
  };
}
