/** Texts in quotation marks of any language; a single quote counts only around words, not within one. */
const QUOTED =
  /"([^"]{1,200})"|“([^“”]{1,200})”|„([^„“”"]{1,200})[“”"]|«([^«»]{1,200})»|»([^«»]{1,200})«|‹([^‹›]{1,200})›|「([^「」]{1,200})」|『([^『』]{1,200})』|‘([^‘’]{1,200})’(?!\p{L})|`([^`]{1,200})`|(?<![\p{L}\p{N}])'([^']{1,200})'(?![\p{L}\p{N}])/gu;

const FIRST_MARK = 0xe000;

/** Texts in quotation marks, in order, without the marks. */
export const quotedIn = (text: string): string[] =>
  [...text.matchAll(QUOTED)].map((match) => innerOf(match)).filter((inner) => inner !== '');

const innerOf = (match: RegExpMatchArray): string =>
  (match.slice(1).find((one) => one !== undefined) ?? '').trim();

/** The text with one private character for each quotation, so that nothing in them is read as words, and how they are put back. */
export function withoutQuotes(text: string): {
  bare: string;
  /** Puts the quotations back as they stood. */
  restore: (part: string) => string;
  /** What stands between the marks of a private character. */
  quoted: (mark: string) => string | undefined;
} {
  const found: { whole: string; inner: string }[] = [];
  const bare = text.replace(/[\ue000-\uf8ff]/g, ' ').replace(QUOTED, (whole, ...groups: unknown[]) => {
    const inner = groups.find((one): one is string => typeof one === 'string') ?? '';
    if (found.length >= 200) return whole;
    found.push({ whole, inner: inner.trim() });
    return String.fromCharCode(FIRST_MARK + found.length - 1);
  });
  const at = (mark: string): { whole: string; inner: string } | undefined =>
    found[mark.charCodeAt(0) - FIRST_MARK];
  return {
    bare,
    restore: (part) => part.replace(/[\ue000-\uf8ff]/g, (mark) => at(mark)?.whole ?? ' '),
    quoted: (mark) => at(mark)?.inner,
  };
}
