import { plainLine } from './plain-line';

/**
 * Pictographs that a text font with outlines can draw: signs and faces (DejaVu Sans has them). The renderer draws no colour bitmaps, and
 * an empty box in a film reads as a fault, so the others, with what joins and colours them, are left out of what is burned in.
 */
const UNDRAWABLE =
  /(?![\u0000-\u27bf\u{1f600}-\u{1f640}])[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]\u200d*|[\ufe0e\ufe0f\u20e3]/gu;

/** Hostile text as one line that can be drawn. */
export function drawableLine(text: string, max?: number): string {
  return plainLine(text.replace(UNDRAWABLE, ''), max);
}
