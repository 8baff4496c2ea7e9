const LONE_SURROGATES = /\p{Surrogate}/gu;
/** C0, C1 and line separators. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu;
/** Invisible marks that reorder or hide text. */
const REORDERING = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

/** Hostile text as one line of visible characters: no control characters, no direction overrides, no lone surrogates, at most `max` long. */
export function plainLine(text: string, max = 300): string {
  const visible = text.replace(LONE_SURROGATES, '\ufffd').replace(CONTROLS, ' ').replace(REORDERING, '');
  const characters = [...visible.replace(/\s+/gu, ' ').trim()];
  return characters.length <= max ? characters.join('') : `${characters.slice(0, max - 1).join('')}…`;
}
