import { assetKey } from './mirror.types';
import { MIRRORED_HOSTS } from './locate';

const MOST_URLS = 300;
const ADDRESS = new RegExp(
  `(?:https?:)?//(?:${MIRRORED_HOSTS.map((host) => host.replaceAll('.', '\\.')).join('|')})(?:[/?][^\\s"'\`<>\\\\]*|(?=[\\s"'\`<>)]|$))`,
  'gi',
);
/** What closes an address that stands in text, in \`url(…)\` or in a list. */
const TRAILING = /[),.;\]]+$/;

/** An extended regular expression (POSIX) for `grep -oE` that finds the same addresses. */
export const ASSET_URL_PATTERN = `(https?:)?//(${MIRRORED_HOSTS.map((host) => host.replaceAll('.', '[.]')).join('|')})([/?][^"'\`<> ]*|["'\`<> )]|$)`;

/** Addresses of files on public CDNs in a text (HTML, scripts, style sheets), each once, at most 300. Such with placeholders are left out. */
export function assetUrlsIn(text: string): string[] {
  const found = new Map<string, string>();
  for (const [match] of text.matchAll(ADDRESS)) {
    const address = match.replace(TRAILING, '').replaceAll('&amp;', '&');
    if (/[{}$]|<%/.test(address)) continue;
    const key = assetKey(address);
    if (key !== undefined && found.size < MOST_URLS) found.set(key, `https://${key}`);
  }
  return [...found.values()];
}

/** Addresses in a style sheet, absolute: of `url(…)` and `@import`. Data URLs are none. */
export function styleSheetUrls(css: string, base: string): string[] {
  const found = [
    ...css.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)'"\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/g),
  ];
  const absolute = found.flatMap((match) => {
    const address = match.slice(1).find((group) => group !== undefined) ?? '';
    if (address === '' || address.startsWith('data:') || address.startsWith('#')) return [];
    return URL.canParse(address, base) ? [new URL(address, base).href.replace(/#.*$/, '')] : [];
  });
  return [...new Set(absolute)];
}
