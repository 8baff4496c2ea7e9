import { CDNJS_PACKAGES } from './cdnjs-packages';
import { fontFamilies } from './google-fonts';
import { assetKey, type Located, type PackageFile } from './mirror.types';

const NAME = /^(@[a-z0-9~][\w.~-]*\/)?[a-z0-9~][\w.~-]*$/i;
const RANGE = /^[\w.^~<>=*+-]{1,60}$/;

type Locator = (path: string, url: URL) => PackageFile | undefined;

/** `<package>[@<range>][/<path>]`, as unpkg and jsDelivr have it. */
const byPackage: Locator = (path) => {
  const match = /^((?:@[^/@]+\/)?[^/@]+)(?:@([^/]+))?(?:\/(.*))?$/.exec(path);
  return match
    ? fileOf(match[1] ?? '', match[2] ?? 'latest', match[3] === '' ? undefined : match[3])
    : undefined;
};

const fileOf = (
  name: string,
  range: string,
  path: string | undefined,
  isLoose = false,
): PackageFile | undefined =>
  NAME.test(name) && name.length <= 214 && RANGE.test(range) ? { name, range, path, isLoose } : undefined;

/** `<library>/<version>/<path>`, as cdnjs and Google have it. */
const byLibrary: Locator = (path) => {
  const [library = '', version = '', ...rest] = path.split('/');
  if (rest.length === 0) return undefined;
  if (library === 'font-awesome')
    return /^[0-4]\./.test(version)
      ? fileOf('font-awesome', version, rest.join('/'), true)
      : fileOf('@fortawesome/fontawesome-free', version, rest.join('/'), true);
  if (library === 'popper.js' && version.startsWith('1.'))
    return fileOf('popper.js', version, rest.join('/'), true);
  return fileOf(CDNJS_PACKAGES[library] ?? library, version, rest.join('/'), true);
};

const jquery: Locator = (path) => {
  const ui = /^ui\/([\d.]+)\/(.+)$/.exec(path);
  if (ui) return fileOf('jquery-ui-dist', ui[1] ?? '', ui[2], true);
  const match = /^jquery-(\d+\.\d+\.\d+)((?:\.slim)?(?:\.min)?\.js)$/.exec(path);
  return match ? fileOf('jquery', match[1] ?? '', `dist/jquery${match[2]}`) : undefined;
};

/** `bootstrap/<version>/css/bootstrap.min.css` and what else these hosts have. */
const bootstrapCdn: Locator = (path) => {
  const [library = '', version = '', ...rest] = path.split('/');
  if (library === 'font-awesome') return byLibrary(path, new URL('https://none.invalid'));
  return ['bootstrap', 'bootswatch', 'bootlint'].includes(library)
    ? fileOf(library, version, rest.join('/'), true)
    : undefined;
};

const fontAwesome: Locator = (path) => {
  const match = /^releases\/v([\d.]+)\/(.+)$/.exec(path);
  return match ? fileOf('@fortawesome/fontawesome-free', match[1] ?? '', match[2]) : undefined;
};
/** A kit loads the icons that its owner chose; the free ones of today stand in for them. */
const fontAwesomeKit: Locator = (path) =>
  /^[0-9a-f]+\.js$/.test(path) ? fileOf('@fortawesome/fontawesome-free', '6', 'js/all.min.js') : undefined;

const within =
  (prefix: string, locator: Locator): Locator =>
  (path, url) =>
    path.startsWith(prefix) ? locator(path.slice(prefix.length), url) : undefined;

const HOSTS: Readonly<Record<string, Locator>> = {
  'cdn.jsdelivr.net': within('npm/', byPackage),
  'unpkg.com': byPackage,
  'cdnjs.cloudflare.com': within('ajax/libs/', byLibrary),
  'ajax.googleapis.com': within('ajax/libs/', byLibrary),
  'code.jquery.com': jquery,
  'maxcdn.bootstrapcdn.com': bootstrapCdn,
  'stackpath.bootstrapcdn.com': bootstrapCdn,
  'netdna.bootstrapcdn.com': bootstrapCdn,
  'use.fontawesome.com': fontAwesome,
  'kit.fontawesome.com': fontAwesomeKit,
  'cdn.tailwindcss.com': () => fileOf('tailwindcss-cdn', 'latest', 'tailwindcss.js', true),
  'code.ionicframework.com': within('ionicons/', (path) => {
    const [version = '', ...rest] = path.split('/');
    return fileOf('ionicons', version, rest.join('/'), true);
  }),
};
const FONTS_HOST = 'fonts.googleapis.com';

/** The hosts whose files are served from packages. */
export const MIRRORED_HOSTS: readonly string[] = [...Object.keys(HOSTS), FONTS_HOST];

/** What an address asks for, in terms of the npm registry; undefined for every other host. Pure. */
export function locate(address: string): Located | undefined {
  const key = assetKey(address);
  if (key === undefined) return undefined;
  const url = new URL(`https://${key}`);
  if (url.hostname === FONTS_HOST) return locateFonts(url);
  const locator = Object.hasOwn(HOSTS, url.hostname) ? HOSTS[url.hostname] : undefined;
  if (locator === undefined) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname.slice(1));
  } catch {
    return { kind: 'unknown', reason: 'The address is not readable.' };
  }
  const file = path.split('/').includes('..') ? undefined : locator(path, url);
  return file
    ? { kind: 'file', file }
    : { kind: 'unknown', reason: 'The address names no version of a package.' };
}

function locateFonts(url: URL): Located {
  const icons = /^\/(?:icon|css2?)$/.test(url.pathname) ? iconsOf(url) : undefined;
  if (icons) return { kind: 'file', file: icons };
  const families = fontFamilies(url);
  return families.length > 0
    ? { kind: 'fonts', families }
    : { kind: 'unknown', reason: 'The address names no family of fonts.' };
}

function iconsOf(url: URL): PackageFile | undefined {
  const family = (url.searchParams.get('family') ?? '').split(':')[0] ?? '';
  if (/^Material Icons/.test(family))
    return { name: 'material-icons', range: 'latest', path: 'iconfont/material-icons.css', isMoved: true };
  const symbols = /^Material Symbols (Outlined|Rounded|Sharp)$/.exec(family);
  return symbols
    ? { name: 'material-symbols', range: 'latest', path: `${symbols[1]?.toLowerCase()}.css`, isMoved: true }
    : undefined;
}
