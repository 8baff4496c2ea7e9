import type { Reason } from '@showrunner/contracts';
import { because } from '../draft';
import { depthOf, type FileListing } from '../listing';

/** Gems that Debian has as packages of its own; of all others the registry alone knows. */
const OF_DEBIAN: Readonly<Record<string, string>> = {
  sinatra: 'ruby-sinatra',
  'sinatra-contrib': 'ruby-sinatra-contrib',
  rails: 'ruby-rails',
  rack: 'ruby-rack',
  rackup: 'ruby-rackup',
  puma: 'puma',
  thin: 'thin',
  webrick: 'ruby-webrick',
  sqlite3: 'ruby-sqlite3',
  pg: 'ruby-pg',
  mysql2: 'ruby-mysql2',
  redis: 'ruby-redis',
  sequel: 'ruby-sequel',
  haml: 'ruby-haml',
  slim: 'ruby-slim',
  tilt: 'ruby-tilt',
  json: 'ruby-json',
  nokogiri: 'ruby-nokogiri',
  redcarpet: 'ruby-redcarpet',
  kramdown: 'ruby-kramdown',
  erubi: 'ruby-erubi',
  bcrypt: 'ruby-bcrypt',
  activerecord: 'ruby-activerecord',
  rake: 'rake',
  dotenv: 'ruby-dotenv',
};

/** What a Ruby source asks for. */
export interface Gems {
  /** By its Gemfile and, where it has none, by what its files load. */
  names: string[];
  /** It has a Gemfile. */
  listed: boolean;
  /** Its lock file names exact versions. */
  locked: boolean;
  /** What the Gemfile says of the version of Ruby, e.g. `3.1.2` or `>= 3.2`. */
  ruby: string | undefined;
}

const MOST = 200;

/** The Gemfile is a program: it is read by its lines and never run. */
export function gemsOf(listing: FileListing, sources: readonly string[]): Gems {
  const gemfile = listing.read('Gemfile');
  const text = gemfile ?? '';
  const stated = [...text.matchAll(/^[ \t]{0,12}gem[ (]{1,4}["']([\w-]{1,60})["']/gm)].map(
    (one) => one[1] ?? '',
  );
  const loaded =
    gemfile === undefined
      ? sources.flatMap((file) =>
          [...(listing.read(file) ?? '').matchAll(/^[ \t]{0,8}require[ (]{1,4}["']([\w-]{1,60})["'/]/gm)].map(
            (one) => one[1] ?? '',
          ),
        )
      : [];
  const versions = [
    ...(/^[ \t]{0,4}ruby[ (]{1,4}(["'][^\n]{1,80})/m.exec(text)?.[1]?.matchAll(/["']([^"']{1,40})["']/g) ??
      []),
  ];
  return {
    names: [...new Set([...stated, ...loaded])].slice(0, MOST),
    listed: gemfile !== undefined,
    locked: listing.files.includes('Gemfile.lock'),
    ruby: versions.length === 0 ? undefined : versions.map((one) => one[1] ?? '').join(' '),
  };
}

/** Debian's packages of these gems, as far as it has them. */
export const debianGems = (names: readonly string[]): string[] =>
  [
    ...new Set(names.flatMap((name) => (Object.hasOwn(OF_DEBIAN, name) ? (OF_DEBIAN[name] ?? []) : []))),
  ].sort();

/** Files that may start a Ruby app, nearest first. */
export const rubyFiles = (listing: FileListing): string[] =>
  listing.files
    .filter((file) => file.endsWith('.rb') && depthOf(file) === 0)
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));

const ENTRIES = ['app.rb', 'main.rb', 'server.rb', 'web.rb', 'application.rb'];
const rank = (file: string): number => (ENTRIES.includes(file) ? ENTRIES.indexOf(file) : ENTRIES.length);

/** Why bundler fetches what a Gemfile lists. */
export const bundlerReason = ({ locked }: Pick<Gems, 'locked'>): Reason =>
  because(
    'manager',
    locked
      ? 'bundler fetches the gems that Gemfile.lock names from rubygems.org.'
      : 'bundler fetches the gems of its Gemfile from rubygems.org; as no lock file names versions, those of Debian do where that cannot be reached.',
  );
