import { foldText } from '@showrunner/contracts';

/**
 * What a stranger wrote, as it stands in a prompt: one line, without what steers a terminal, hides text or turns its direction, within quotation marks, and
 * without `<` and `>`, so that nothing in it can close the block that says it is data.
 */
export function quoted(text: string, longest = 80): string {
  return JSON.stringify(plain(text, longest)).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
}

/** One line of visible characters, at most so long. */
export function plain(text: string, longest: number): string {
  const bare = foldText(text.slice(0, longest * 4).replace(/[\p{C}\u2028\u2029]/gu, ' '));
  const characters = [...bare];
  return characters.length <= longest ? bare : `${characters.slice(0, longest - 1).join('')}…`;
}

/** A block of data. Its lines have to be made of `quoted` and words of our own. */
export const dataBlock = (
  name: 'page' | 'source' | 'intent' | 'candidates',
  lines: readonly string[],
): string => `<${name}>\n${lines.join('\n')}\n</${name}>`;
