import type { Box } from '@showrunner/contracts';
import { clipClock, overlaps, type Timeline, type TimelineAction } from '@showrunner/timeline';
import type { Camera } from './camera';
import { drawableLine } from './drawable-line';
import { textWidth } from './text-measure';

/** A list that a browser draws outside of the page's picture, so that the film draws it. Places are in the pixels of the page. */
export interface OpenList {
  action: TimelineAction;
  /** On the film's clock: it opens by a click on its box, and closes as something of it is chosen. */
  openMs: number;
  closeMs: number;
  box: Box;
  rows: { text: string; box: Box }[];
  /** Rows; -1 for what is not among them. */
  from: number;
  to: number;
  /** Height of the letters' square. */
  em: number;
}

/** Shorter than this nobody reads a list; longer it keeps waiting. */
const LEAST_MS = 350;
const MOST_MS = 1000;
/** Of the time before the choice, what the pointer needs to come. */
const COMING = 0.35;

/** Around the rows, and beside their words, px of the page. */
const AIR = { above: 4, beside: 10 };

/** The lists of a film; none where there is no time for it, no room, or where its box is hidden. */
export function openLists(timeline: Timeline, camera: Camera): OpenList[] {
  const clocks = new Map(timeline.chapters.map(({ clipId }) => [clipId, clipClock(timeline, clipId)]));
  return timeline.actions.flatMap((action) => {
    const clock = clocks.get(action.clipId);
    const { box, list } = action;
    if (!clock || box === null || list === undefined || action.step < 0 || !clock.shows(action.actMs))
      return [];
    const [startMs, closeMs] = [clock.toFilm(action.startMs), clock.toFilm(action.actMs)];
    const openMs = Math.max(startMs + COMING * (closeMs - startMs), closeMs - MOST_MS);
    if (closeMs - openMs < LEAST_MS) return [];
    const isHidden = timeline.blurs.some(
      (blur) => blur.startMs < closeMs && blur.endMs > openMs && overlaps(blur.box, box),
    );
    const placed = isHidden ? null : placedList(list, box, camera.viewAt(closeMs));
    return placed === null ? [] : [{ action, openMs, closeMs, ...placed }];
  });
}

/** Below its box, or above it where there is more room, within what is seen; as many rows around the chosen one as there is room for. */
function placedList(
  list: NonNullable<TimelineAction['list']>,
  box: Box,
  view: Box,
): Pick<OpenList, 'box' | 'rows' | 'from' | 'to' | 'em'> | null {
  const em = Math.min(17, Math.max(12, box.height * 0.42));
  const row = Math.max(20, em * 1.6);
  const below = view.y + view.height - (box.y + box.height);
  const above = box.y - view.y;
  const wanted = list.options.length * row + 2 * AIR.above;
  const isBelow = below >= wanted || below >= above;
  const room = Math.floor(((isBelow ? below : above) - 2 * AIR.above - 2) / row);
  const count = Math.min(list.options.length, room);
  if (count < Math.min(2, list.options.length) || list.to >= list.options.length) return null;
  const first = Math.max(0, Math.min(list.to - Math.floor(count / 2), list.options.length - count));
  const texts = list.options.slice(first, first + count).map((text) => drawableLine(text));
  const widest = Math.max(...texts.map((text) => textWidth(text, em))) * 1.08 + 2 * AIR.beside;
  const width = Math.min(Math.max(box.width, widest), view.width * 0.9);
  const height = count * row + 2 * AIR.above;
  const x = Math.min(Math.max(box.x, view.x + 2), view.x + view.width - width - 2);
  const y = isBelow ? box.y + box.height + 1 : box.y - height - 1;
  const shown = (n: number): number => (n >= first && n < first + count ? n - first : -1);
  return {
    box: { x, y, width, height },
    rows: texts.map((text, n) => ({ text, box: { x, y: y + AIR.above + n * row, width, height: row } })),
    ...{ from: shown(list.from), to: shown(list.to), em },
  };
}
