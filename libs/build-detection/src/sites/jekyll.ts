import { InvalidInputError, type AppError } from '@showrunner/contracts';
import { SYSTEM_PATH, TOOLS_FOLDER, because, type Runtimes } from '../draft';
import { hasFile, type FileListing } from '../listing';
import { bundlerReason, gemsOf } from '../ruby/gemfile';
import { chooseRuby } from '../ruby/ruby-version';
import { COMPILER_PACKAGES } from '../runtime/debian-suites';
import { namesAt, settingsIn, textAt, type Settings } from './site-config';
import { PAGES, type Site } from './site-generator';

const CONFIG = '_config.yml';
const PARTS = /^(_posts|_layouts|_includes|_pages|_sass|_data)\//;
const GEMS = `${TOOLS_FOLDER}/gems`;
/** Plugins and themes that Debian has, without the front of their names. Source: packages.debian.org, of trixie. */
const OF_DEBIAN: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...[
        'archives',
        'asciidoc',
        'avatar',
        'commonmark',
        'default-layout',
        'feed',
        'gist',
        'github-metadata',
      ],
      ...[
        'include-cache',
        'last-modified-at',
        'mentions',
        'optional-front-matter',
        'paginate',
        'paginate-v2',
      ],
      ...['polyglot', 'readme-index', 'redirect-from', 'relative-links', 'seo-tag', 'sitemap'],
      ...['titles-from-headings', 'toc'],
    ].map((name) => [`jekyll-${name}`, `ruby-jekyll-${name}`]),
  ),
  minima: 'jekyll-theme-minima',
};
/** What GitHub's pages have in any case. */
const USUAL = ['jekyll-feed', 'jekyll-seo-tag', 'jekyll-sitemap', 'jekyll-paginate', 'jekyll-redirect-from'];

/** A site of Jekyll, with the gems of its Gemfile or those of Debian. */
export function jekyllSite(listing: FileListing, runtimes: Runtimes): Site | undefined {
  if (runtimes.systems !== true || !hasFile(listing, CONFIG)) return undefined;
  const gems = gemsOf(listing, []);
  const settings = settingsIn(listing, CONFIG);
  const isSite = listing.files.some((file) => PARTS.test(file)) || gems.names.includes('jekyll');
  if (!isSite && !startsWithFrontMatter(listing)) return undefined;
  const plugins = [...new Set([...namesAt(settings, 'plugins'), ...namesAt(settings, 'gems')])];
  const theme = textAt(settings, 'theme');
  const ruby = chooseRuby(listing, gems.ruby, runtimes);
  const packages = [...USUAL, ...plugins, ...(theme === undefined ? [] : [theme])].flatMap((name) =>
    Object.hasOwn(OF_DEBIAN, name) ? (OF_DEBIAN[name] ?? []) : [],
  );
  const refusal = ruby.refusal ?? themeElsewhere(listing, settings);
  // Jekyll is not to look into a Gemfile whose gems are not there.
  const build = `jekyll build --destination ${PAGES} --baseurl ""`;
  const byDebian = `JEKYLL_NO_BUNDLER_REQUIRE=true ${build}`;
  return {
    framework: 'jekyll',
    toolchain: { name: 'ruby', version: ruby.version, from: 'debian' },
    ...(ruby.suite === undefined
      ? {}
      : {
          system: {
            suite: ruby.suite,
            packages: [
              ...new Set(['jekyll', 'bundler', 'ruby-dev', 'zlib1g-dev', ...COMPILER_PACKAGES, ...packages]),
            ],
          },
        }),
    packageManager: gems.listed ? 'bundler' : 'none',
    install: !gems.listed
      ? null
      : gems.locked
        ? 'bundle install'
        : "bundle install || echo 'The registry was no help; using the gems of Debian.'",
    setup: [
      !gems.listed
        ? byDebian
        : gems.locked
          ? `bundle exec ${build}`
          : `if bundle check >/dev/null 2>&1; then bundle exec ${build}; else ${byDebian}; fi`,
    ],
    env: {
      PATH: `${GEMS}/bin:${SYSTEM_PATH}`,
      GEM_HOME: GEMS,
      BUNDLE_SILENCE_ROOT_WARNING: '1',
      JEKYLL_ENV: 'production',
      LANG: 'C.UTF-8',
    },
    installHosts: ['rubygems.org', 'index.rubygems.org'],
    ...(refusal === undefined ? {} : { refusal }),
    reasons: [
      because('framework', `${CONFIG} holds the settings of a site of Jekyll.`),
      gems.listed
        ? bundlerReason(gems)
        : because('install', 'It lists no gems; Jekyll and its plugins come from Debian.'),
      ...(ruby.refusal === undefined ? [because('version', ruby.reason)] : []),
    ],
    confidence: 3,
  };
}

/** A first page that is text for Jekyll rather than a page of its own. */
const startsWithFrontMatter = (listing: FileListing): boolean =>
  ['index.md', 'index.html', 'index.markdown'].some((file) => /^---\r?\n/.test(listing.read(file) ?? ''));

/** A theme that lies in a repository of GitHub and is fetched while the site is built. */
function themeElsewhere(listing: FileListing, settings: Settings): AppError | undefined {
  const theme = textAt(settings, 'remote_theme');
  if (theme === undefined || listing.files.some((file) => file.startsWith('_layouts/'))) return undefined;
  return new InvalidInputError(
    'stack_unsupported',
    `This is a site of Jekyll whose theme ${JSON.stringify(theme.slice(0, 80))} is fetched from GitHub while it is built, and builds have no network.`,
    {
      remedy:
        'Copy the theme into the source (_layouts, _includes, assets), or name one that is a gem with "theme".',
    },
  );
}
