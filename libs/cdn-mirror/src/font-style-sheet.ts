import type { FontFamily } from './mirror.types';
import type { FetchedPackage } from './npm-registry';

/** Where files of packages are to be had: an address that `locate` understands. */
export const packageUrl = (
  { name, version }: Pick<FetchedPackage, 'name' | 'version'>,
  path: string,
): string => `https://cdn.jsdelivr.net/npm/${name}@${version}/${path}`;

/** The style sheet of a family from its package (Fontsource): one file a weight and slope; a face that it does not have falls to the nearest. */
export function fontStyleSheet({ faces }: FontFamily, fetched: FetchedPackage): string {
  const sheets = new Set(faces.flatMap((face) => sheetOf(face, fetched) ?? []));
  return [...sheets]
    .map((path) => absoluteUrls(fetched.files.get(path)?.toString('utf8') ?? '', fetched, path))
    .join('\n');
}

function sheetOf(
  { weight, isItalic }: FontFamily['faces'][number],
  { files }: FetchedPackage,
): string | undefined {
  const nearest = [...files.keys()]
    .flatMap((path) => {
      const match = /^(\d{3})(-italic)?\.css$/.exec(path);
      return match && (match[2] !== undefined) === isItalic
        ? [{ path, away: Math.abs(Number(match[1]) - weight) }]
        : [];
    })
    .sort((a, b) => a.away - b.away || (a.path < b.path ? -1 : 1));
  return nearest[0]?.path;
}

/**
 * A style sheet whose relative addresses are absolute ones of its package, for a sheet that is served under another address. Older formats
 * beside WOFF2 are left out: every browser of ours reads it.
 */
export function absoluteUrls(css: string, fetched: FetchedPackage, path: string): string {
  const base = packageUrl(fetched, path);
  return css
    .replace(/,\s*url\([^)]*\.woff\)\s*format\(["']?woff["']?\)/g, '')
    .replace(
      /url\(\s*["']?(?!data:|https?:|#)([^"')]+)["']?\s*\)/g,
      (_, address: string) => `url(${new URL(address, base).href})`,
    );
}
