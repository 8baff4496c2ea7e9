/** Advance widths of a humanist sans in em, by class; good to about 5 %, which the padding around captions absorbs. */
function advance(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) return 0;
  if (code >= 0x1f000 || (code >= 0x2600 && code <= 0x27bf)) return 1.3;
  if (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\uff00-\uff60]/u.test(character)) return 1;
  if (/[ijl.,:;'|!]/u.test(character)) return 0.27;
  if (/[frt()[\]\s"“”’‘/-]/u.test(character)) return 0.36;
  if (/[mwMW@%—…]/u.test(character)) return 0.92;
  if (/\p{Lu}/u.test(character)) return 0.67;
  return 0.58;
}

/** Width in the unit of `em`. */
export function textWidth(text: string, em: number): number {
  let width = 0;
  for (const character of text) width += advance(character);
  return width * em;
}

/** Breaks at spaces (within a word where one alone is too wide) into at most `maxLines` lines; what does not fit ends in an ellipsis. */
export function wrapText(text: string, em: number, maxWidth: number, maxLines: number): string[] {
  const words = text.split(' ').flatMap((word) => pieces(word, em, maxWidth));
  const lines: string[] = [];
  for (const word of words) {
    const current = lines.at(-1);
    const joined = current === undefined ? word : `${current} ${word}`;
    if (current !== undefined && textWidth(joined, em) <= maxWidth) lines[lines.length - 1] = joined;
    else if (lines.length < maxLines) lines.push(word);
    else {
      lines[maxLines - 1] = shortened(current ?? '', em, maxWidth);
      break;
    }
  }
  return lines;
}

/** Between the parts of a list: it stays with the part before it. */
const SEPARATOR = ' · ';

/** As `wrapText`, of what is listed with a middle dot between: no line begins with one, and what does not fit is left out by whole parts and counted. */
export function wrapList(text: string, em: number, maxWidth: number, maxLines: number): string[] {
  const parts = text.split(SEPARATOR);
  const linesOf = (count: number): string[] => {
    const more = count < parts.length ? [`+${parts.length - count}`] : [];
    const listed = [...parts.slice(0, count), ...more].join(SEPARATOR.replace(' ', '\u00a0'));
    return wrapText(listed, em, maxWidth, maxLines + 1);
  };
  for (let count = parts.length; count > 1; count -= 1) {
    const lines = linesOf(count);
    if (lines.length <= maxLines) return lines;
  }
  return wrapText(text, em, maxWidth, maxLines);
}

function pieces(word: string, em: number, maxWidth: number): string[] {
  const out = [''];
  for (const character of word) {
    const current = out.at(-1) ?? '';
    if (current !== '' && textWidth(current + character, em) > maxWidth) out.push(character);
    else out[out.length - 1] = current + character;
  }
  return out;
}

function shortened(line: string, em: number, maxWidth: number): string {
  const characters = [...line];
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, em) > maxWidth) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
