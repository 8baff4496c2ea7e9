import { SAMPLE_PASSWORD, SECRET_MASK } from '@showrunner/contracts';

/*
 * Texts of plans and pages as parts of a TypeScript file. They are hostile: whatever they hold, a literal stays one literal, a comment one line.
 */

/** What a file should not hold as it is: control characters, line ends, marks that turn the direction of writing, halves of pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\u2028\u2029]/gu;

const escaped = (char: string): string =>
  [...Array(char.length).keys()]
    .map((at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');

/** A string literal in single quotes, for any text. */
export const quote = (text: string): string =>
  `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(UNSEEN, escaped)}'`;

/** Text as a part of a regular expression literal; a secret in it may be anything. */
const inPattern = (text: string): string => text.split(SECRET_MASK).map(inPlain).join('\\S+?');

const inPlain = (text: string): string =>
  text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(UNSEEN, escaped);

const WORDS = /[\s\u00a0\u200b]+/;

/**
 * A regular expression literal that finds these words, however much white space of the markup stands between them (`between`).
 * Never an empty one, which would be a comment.
 */
export function pattern(
  text: string,
  { between, whole = false }: { between: '\\s+' | '\\s*'; whole?: boolean },
): string {
  const words = text
    .split(WORDS)
    .filter((word) => word !== '')
    .map(inPattern)
    .join(between);
  return whole ? `/^\\s*${words}\\s*$/` : words === '' ? '/(?:)/' : `/${words}/`;
}

/**
 * A regular expression literal that finds a text and does not cut a number in two: `1 left` is not in `11 left`. Case counts.
 */
export function textPattern(text: string): string {
  const folded = text.trim();
  const before = /^\d/.test(folded) ? '(?<!\\d)' : '';
  const after = /\d$/.test(folded) ? '(?!\\d)' : '';
  return `/${before}${pattern(folded, { between: '\\s+' }).slice(1, -1)}${after}/`;
}

/** What a test types for a secret: whoever runs it gives it with the environment. */
export const secretSource = (name: string): string =>
  name === SAMPLE_PASSWORD.name
    ? quote(SAMPLE_PASSWORD.value)
    : `process.env[${quote(variableOf(name))}] ?? ''`;

/** `password` is given as `SECRET_PASSWORD`. */
export const variableOf = (name: string): string => `SECRET_${name.toUpperCase().replaceAll('-', '_')}`;

/** One line of comment. */
export const comment = (text: string): string =>
  `// ${text.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim()}`;
