import type { Schemas } from '../api/client';

export type Timeline = Schemas['Timeline'];
type Item = Timeline['items'][number];
export type Operation = Schemas['TimelineOperationInput'];

const FPS = 30;
const FRAME_MS = 1000 / FPS;

/** An item as the list shows it; ms of the film. */
export interface ShownItem {
  item: Item;
  startMs: number;
  lengthMs: number;
  /** What it is, in words. */
  label: string;
  /** The feature that it belongs to. */
  chapter: string;
}

export const onFrame = (ms: number): number => Math.round(ms / FRAME_MS) * FRAME_MS;

const lengthOf = (item: Item): number =>
  Math.max(item.kind === 'footage' ? (item.outMs - item.inMs) / item.speed : item.durationMs, FRAME_MS);

/** Items with where they stand in the film; each falls on whole frames. */
export function shownItems({ items, chapters }: Pick<Timeline, 'items' | 'chapters'>): ShownItem[] {
  let startMs = 0;
  return items.map((item) => {
    const endMs = onFrame(startMs + lengthOf(item));
    const shown: ShownItem = {
      ...{ item, startMs, lengthMs: endMs - startMs, label: labelOf(item) },
      chapter: chapters.find(({ clipId }) => clipId === item.clipId)?.title ?? '',
    };
    startMs = endMs;
    return shown;
  });
}

function labelOf(item: Item): string {
  if (item.kind === 'card')
    return item.card === 'opening' ? `Opening card “${item.title}”` : `Card “${item.title}”`;
  return item.kind === 'still' ? 'Held picture' : 'Footage';
}

/** `1:02.5`, of ms. */
export function filmTime(ms: number): string {
  const tenths = Math.round(ms / 100);
  const minutes = Math.floor(tenths / 600);
  const seconds = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return `${minutes}:${seconds}`;
}

/** Seconds as a person writes them; undefined when it is no such number. */
export function readSeconds(text: string): number | undefined {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) || value < 0 ? undefined : Math.round(value * 1000);
}

/** An edit in a few words, for whoever is to decide about it. */
export function wordsOf(operation: Operation): string {
  switch (operation.op) {
    case 'trim':
      return 'Trim footage';
    case 'setSpeed':
      return `Show footage ${operation.speed} times as fast`;
    case 'setDuration':
      return `Show it for ${operation.durationMs / 1000} s`;
    case 'move':
      return `Move to place ${operation.index + 1}`;
    case 'remove':
      return 'Remove';
    case 'setCard':
      return `Card: “${operation.title ?? operation.body ?? ''}”`;
    case 'setCaption':
      return operation.text === undefined
        ? `Said: “${operation.spoken ?? 'what is to be read'}”`
        : `Caption: “${operation.text}”`;
    case 'setTheme':
      return `Theme ${operation.theme}`;
    case 'setAspect':
      return `Format ${operation.aspect}`;
    case 'setVoice':
      return operation.voice === null ? 'Nobody speaks' : `Voice ${operation.voice.name}`;
    case 'setTitle':
      return `Title “${operation.title}”`;
    case 'replace':
      return 'The film as it was read from a document';
    default:
      return 'Edit';
  }
}
