/** The longest that is said of one line, characters. */
export const MOST_SPOKEN = 500;

/**
 * A text as plain words for an engine: letters, digits and the punctuation that is heard. What engines take for markup (SSML's `<`, Hibari's
 * `[word](/sounds/)`, eSpeak's `[[sounds]]`), addresses, pictures and control characters become a pause or go.
 */
export function speakable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/https?:\/\/\S+/giu, ' ')
    .replace(/[“”„«»"]/gu, ' ')
    .replace(/[^\p{L}\p{M}\p{N}\p{Sc}\s.,;:!?'’()%&+…。、！？¿¡-]/gu, ' ')
    .replace(/\(/gu, ', ')
    .replace(/\)/gu, ',')
    .replace(/\s+/gu, ' ')
    .replace(/\s+([.,;:!?])/gu, '$1')
    .trim()
    .slice(0, MOST_SPOKEN);
}
