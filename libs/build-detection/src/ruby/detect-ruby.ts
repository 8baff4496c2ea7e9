import { SYSTEM_PATH, TOOLS_FOLDER, because, type Draft, type Runtimes } from '../draft';
import { copyEnvironment } from '../environment-file';
import { hasFile, type FileListing } from '../listing';
import { portNamedBy, usualPort, validPort } from '../ports';
import { COMPILER_PACKAGES } from '../runtime/debian-suites';
import { quotePath, tolerant } from '../shell';
import { bundlerReason, debianGems, gemsOf, rubyFiles } from './gemfile';
import { chooseRuby } from './ruby-version';

const GEMS = `${TOOLS_FOLDER}/gems`;
const SINATRA = /^[ \t]{0,8}require[ (]{1,4}["']sinatra(?:\/base)?["']/m;
/** What compiling usual gems takes. */
const HEADERS = ['ruby-dev', 'libsqlite3-dev', 'libyaml-dev', 'zlib1g-dev'];
/** Without a lock file nothing says that the registry's versions are meant: Debian's own do as well. */
const INSTALL = 'bundle install';
const OR_DEBIANS = `${INSTALL} || { echo 'The registry was no help; using the gems of Debian.'; bundle install --local; }`;

interface RubyApp {
  framework: string;
  start: string;
  port: number;
  reason: string;
}

/** Plan for a Ruby app: Rails, what a config.ru describes, or a file of Sinatra; undefined for any other. */
export function detectRuby(listing: FileListing, runtimes: Runtimes): Draft | undefined {
  if (runtimes.systems !== true) return undefined;
  const sources = rubyFiles(listing);
  const gems = gemsOf(listing, sources);
  const app = appOf(listing, sources, gems.names);
  if (app === undefined) return undefined;
  const run = gems.listed ? 'bundle exec ' : '';
  const isRails = app.framework === 'rails';
  const ruby = chooseRuby(listing, gems.ruby, runtimes);
  const environment = copyEnvironment(listing);
  const named = validPort(
    /^[ \t]{0,8}set[ (]{1,4}:?port,?\s{1,4}(\d{2,5})/m.exec(
      sources.map((one) => listing.read(one) ?? '').join('\n'),
    )?.[1],
  );
  const more = isRails
    ? ['rails', 'puma']
    : app.framework === 'sinatra'
      ? ['sinatra', 'puma', 'rackup']
      : ['rack', 'puma', 'rackup'];
  const packages = [
    'ruby',
    'bundler',
    ...HEADERS,
    ...COMPILER_PACKAGES,
    ...debianGems([...gems.names, ...more]),
  ].filter((name) => ruby.suite === 'trixie' || ruby.suite === 'forky' || name !== 'ruby-rackup');
  return {
    framework: app.framework,
    runtime: 'ruby',
    refusal: ruby.refusal,
    toolchain: { name: 'ruby', version: ruby.version, from: 'debian' },
    ...(ruby.suite === undefined ? {} : { system: { suite: ruby.suite, packages: [...new Set(packages)] } }),
    packageManager: gems.listed ? 'bundler' : 'none',
    install: !gems.listed ? null : gems.locked ? INSTALL : OR_DEBIANS,
    setup: [
      ...environment.setup,
      ...(isRails
        ? [tolerant('bin/rails db:prepare', 'The database could not be prepared; going on without it.')]
        : []),
    ],
    start: `${run}${app.start}`,
    port: named ?? app.port,
    env: {
      PATH: `${GEMS}/bin:${SYSTEM_PATH}`,
      GEM_HOME: GEMS,
      BUNDLE_WITHOUT: 'production:test',
      BUNDLE_SILENCE_ROOT_WARNING: '1',
      APP_ENV: 'development',
      RACK_ENV: 'development',
      ...(isRails ? { RAILS_ENV: 'development' } : {}),
    },
    installHosts: ['rubygems.org', 'index.rubygems.org'],
    reasons: [
      because('framework', app.reason),
      gems.listed
        ? bundlerReason(gems)
        : because('install', 'It lists no gems; what its files load comes from Debian.'),
      because('start', `${app.start.split(' ').slice(0, 2).join(' ')} serves it.`),
      named === undefined ? usualPort(app.port, app.framework) : portNamedBy(named, 'Its source'),
      ...environment.reasons,
      ...(isRails ? [because('setup', 'Its migrations and seeds fill its database; they are tried.')] : []),
      ...(ruby.refusal === undefined ? [because('version', ruby.reason)] : []),
    ],
    confidence: 3,
  };
}

function appOf(
  listing: FileListing,
  sources: readonly string[],
  gems: readonly string[],
): RubyApp | undefined {
  if (hasFile(listing, 'config/application.rb') && gems.some((one) => /^rail(s|ties)$/.test(one)))
    return {
      framework: 'rails',
      start: 'rails server -b 127.0.0.1 -p "$PORT"',
      port: 3000,
      reason: 'config/application.rb makes it a Rails app.',
    };
  const file = sources.find((one) => SINATRA.test(listing.read(one) ?? ''));
  const isSinatra = file !== undefined || gems.includes('sinatra');
  if (hasFile(listing, 'config.ru') && (isSinatra || gems.length > 0 || sources.length === 0))
    return {
      framework: isSinatra ? 'sinatra' : 'rack',
      start: 'puma -b "tcp://127.0.0.1:$PORT" config.ru',
      port: 9292,
      reason: 'config.ru describes a web app of Rack.',
    };
  return file === undefined
    ? undefined
    : {
        framework: 'sinatra',
        start: `ruby ${quotePath(file)} -o 127.0.0.1 -p "$PORT"`,
        port: 4567,
        reason: `${file} is an app of Sinatra.`,
      };
}
