/** Cards take at most this share of a film: who watches wants to see the app. */
export const MOST_CARDS = 0.15;
const OPENING_MS = 1800;
export const TITLE_MS = 1600;
/** A title cannot be read in less. */
const SHORTEST_OPENING_MS = 1200;

/** How a film announces itself and its features. */
export interface Cards {
  /** Each feature on a card of its own, or in the caption of its first steps. */
  titles: 'cards' | 'captions';
  /** Length of the opening card, 0 for a film that has none. */
  openingMs: number;
}

/**
 * Which cards a film of `chapters` features and `pictureMs` of pictures can afford. A single feature never gets a card of its own: the
 * opening one names it already.
 */
export function affordableCards(pictureMs: number, chapters: number): Cards {
  const affordable = (pictureMs * MOST_CARDS) / (1 - MOST_CARDS);
  if (chapters > 1 && OPENING_MS + chapters * TITLE_MS <= affordable)
    return { titles: 'cards', openingMs: OPENING_MS };
  const openingMs = Math.min(OPENING_MS, affordable);
  return { titles: 'captions', openingMs: openingMs < SHORTEST_OPENING_MS ? 0 : openingMs };
}
