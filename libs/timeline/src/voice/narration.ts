import type { Caption } from '../document/overlays';
import { placements } from '../document/placements';
import type { Card } from '../document/items';
import type { Span } from '../document/primitives';
import type { Timeline } from '../document/timeline';

/** What a voice says, from `startMs` on; what it says it of lasts until `endMs`. Times of the film. */
export interface NarrationLine extends Span {
  text: string;
}

/**
 * What a voice says in a film, in order: what its cards and captions give to read, each thing once. A chapter is announced by its title and
 * what it is good for; a caption whose `spoken` is empty, or that only repeats what was just said, is left to be read.
 */
export function narrationOf(timeline: Pick<Timeline, 'items' | 'captions' | 'chapters'>): NarrationLine[] {
  const cards = placements(timeline.items).flatMap(({ item, startMs, endMs }): NarrationLine[] =>
    item.kind === 'card' ? [{ startMs, endMs, text: item.spoken ?? wordsOfCard(item) }] : [],
  );
  const told = new Set<string>();
  const captions = [...timeline.captions]
    .sort((a, b) => a.startMs - b.startMs)
    .map((caption): NarrationLine => ({
      ...{ startMs: caption.startMs, endMs: caption.endMs },
      text: caption.spoken ?? wordsOfCaption(caption, timeline.chapters, told),
    }));
  const lines = [...cards, ...captions].sort((a, b) => a.startMs - b.startMs);
  let last = '';
  return lines.filter(({ text }) => {
    const said = plain(text);
    const isNew = said !== '' && !last.includes(said);
    if (isNew) last = said;
    return isNew;
  });
}

/** An opening's body lists the chapters, which announce themselves. */
const wordsOfCard = ({ card, title, body }: Card): string =>
  card === 'opening' ? title : sentences(title, body);

function wordsOfCaption(
  { heading, text }: Caption,
  chapters: Timeline['chapters'],
  told: Set<string>,
): string {
  if (heading === undefined) return text;
  const key = `${heading.eyebrow} ${heading.title}`;
  if (told.has(key)) return text;
  told.add(key);
  const chapter = chapters.find(({ title }) => title === heading.title);
  return sentences(heading.title, chapter?.description ?? '', text);
}

/** Parts as sentences of their own, without those that say again what was said. */
function sentences(...parts: string[]): string {
  const kept: string[] = [];
  for (const part of parts.map((one) => one.trim())) {
    const said = plain(part);
    if (said === '' || kept.some((before) => plain(before).includes(said))) continue;
    kept.push(/[.!?…。！？:]$/u.test(part) ? part : `${part}.`);
  }
  return kept.join(' ');
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
