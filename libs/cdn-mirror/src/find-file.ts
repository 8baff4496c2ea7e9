import type { PackageFile } from './mirror.types';

/** Where packages keep what a CDN shows at its root. */
const FOLDERS = [
  '',
  'dist/',
  'build/',
  'lib/',
  'umd/',
  'release/',
  'min/',
  'dist/umd/',
  'dist/css/',
  'dist/js/',
  'src/',
];

interface BrowserFields {
  jsdelivr?: unknown;
  unpkg?: unknown;
  browser?: unknown;
  style?: unknown;
  main?: unknown;
}

/** The path of the wanted file among those of a package; undefined when there is none or more than one could be meant. */
export function findFile(
  files: ReadonlyMap<string, Buffer>,
  { path, isLoose }: Pick<PackageFile, 'path' | 'isLoose'>,
): string | undefined {
  if (path === undefined) return forBrowsers(files);
  const plain = path.replace(/^\/+/, '');
  if (files.has(plain)) return plain;
  if (isLoose !== true) {
    // jsDelivr makes `.min` files of those that have none, and unpkg adds the ending.
    return [plain.replace(/\.min\.(js|css)$/, '.$1'), `${plain}.js`, `${plain}/index.js`].find((one) =>
      files.has(one),
    );
  }
  const inFolder = FOLDERS.map((folder) => `${folder}${plain}`).find((one) => files.has(one));
  if (inFolder !== undefined) return inFolder;
  const ending = [...files.keys()].filter((one) => one.endsWith(`/${plain}`));
  if (ending.length > 0) return shortest(ending);
  // The last resort: the file of that name, wherever it lies, when it is the only one, or its form that is not minified.
  const name = plain.slice(plain.lastIndexOf('/') + 1);
  for (const wanted of [name, name.replace(/\.min\.(js|css)$/, '.$1')]) {
    const named = [...files.keys()].filter((one) => one === wanted || one.endsWith(`/${wanted}`));
    if (named.length === 1) return named[0];
    const built = named.filter((one) => /^(dist|build|umd|lib)\//.test(one));
    if (built.length > 0) return shortest(built);
  }
  return undefined;
}

const shortest = (paths: string[]): string | undefined =>
  [...paths].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];

function forBrowsers(files: ReadonlyMap<string, Buffer>): string | undefined {
  const text = files.get('package.json')?.toString('utf8');
  const { jsdelivr, unpkg, browser, style, main } = manifestIn(text);
  return [jsdelivr, unpkg, browser, main, style, 'index.js', 'dist/index.js']
    .flatMap((one) => (typeof one === 'string' ? [one.replace(/^\.?\//, '')] : []))
    .flatMap((one) => [one, `${one}.js`])
    .find((one) => files.has(one));
}

function manifestIn(text: string | undefined): BrowserFields {
  try {
    return text === undefined ? {} : (JSON.parse(text) as BrowserFields);
  } catch {
    return {}; // A package without a readable manifest names nothing.
  }
}
