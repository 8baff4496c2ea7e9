const BETWEEN = /\s*,\s*(?:(?:and|und|et|y|e|en)\s+)?|\s+(?:and|und|et|y|e|en|&)\s+/iu;

/** Names that stand one after the other: `a, b and c`. */
export const listedNames = (text: string): string[] =>
  text
    .split(BETWEEN)
    .map((name) => name.trim())
    .filter((name) => name !== '');
