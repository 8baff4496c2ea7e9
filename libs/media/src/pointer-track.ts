import type { Box, FrameSize } from '@showrunner/contracts';
import type { OpenList } from './open-lists';
import { clipClock, type Timeline, type TimelineAction } from '@showrunner/timeline';

export interface Point {
  x: number;
  y: number;
}

export interface PointerMove {
  fromMs: number;
  toMs: number;
  from: Point;
  to: Point;
}

export interface PointerClick {
  atMs: number;
  at: Point;
}

/** The pointer within one clip, on the film's clock and in the page's pixels: visible from `startMs` to `endMs`, resting between its moves. */
export interface PointerTrack {
  startMs: number;
  endMs: number;
  start: Point;
  moves: PointerMove[];
  clicks: PointerClick[];
  /** While the button is held down to drag. */
  holds: { fromMs: number; toMs: number }[];
}

/** The pointer stands still this long before it clicks: a click out of motion reads as an accident. */
const STILL_BEFORE_CLICK_MS = 150;
/** After a click in a field the pointer waits this long, then makes room for what is typed. */
const STILL_AFTER_CLICK_MS = 260;
const PARK_MS = 320;
const FADE_MS = 150;
/** Least time a move is given when actions follow each other faster than a hand. */
const HURRIED_MS = 100;

const CLICKS: ReadonlySet<string> = new Set(['click', 'doubleClick', 'type', 'select', 'drag', 'upload']);
const VISITS: ReadonlySet<string> = new Set([...CLICKS, 'hover']);

/** The pointer goes from an open list's box to the row that is chosen, and rests on it. */
const LIST_REST_MS = 120;
const LIST_TRAVEL_MS = 420;

/** When the pointer sets off to the row that is chosen, and when it is on it. */
const alongList = ({ openMs, closeMs }: OpenList): { fromMs: number; toMs: number } => {
  const toMs = closeMs - STILL_BEFORE_CLICK_MS;
  return { fromMs: Math.max(openMs + LIST_REST_MS, toMs - LIST_TRAVEL_MS), toMs };
};

/** From when on the row that is chosen is marked. */
export const chosenAt = (list: OpenList): number => {
  const { fromMs, toMs } = alongList(list);
  return fromMs + (toMs - fromMs) * 0.8;
};

/** The pointer of every clip: to each action's box in time for it, beside the field while typing, otherwise where it was. */
export function pointerTracks(timeline: Timeline, lists: readonly OpenList[] = []): PointerTrack[] {
  const { page, actions } = timeline;
  let position: Point = { x: page.width * 0.62, y: page.height * 0.7 };
  return timeline.chapters.flatMap((chapter) => {
    const clock = clipClock(timeline, chapter.clipId);
    if (clock === null) return [];
    const own = actions.filter(
      (action) => action.clipId === chapter.clipId && isVisit(action) && clock.shows(action.actMs),
    );
    const track: PointerTrack = {
      startMs: clock.startMs,
      endMs: clock.endMs,
      start: position,
      moves: [],
      clicks: [],
      holds: [],
    };
    let freeFromMs = track.startMs;
    for (const action of own) {
      const target = pointOf(action.box as Box, page);
      const list = lists.find((one) => one.action === action);
      const actMs = list?.openMs ?? Math.max(clock.toFilm(action.actMs), track.startMs);
      const goes = distance(position, target) > 1;
      if (goes) {
        const move = moveInTime(position, target, freeFromMs, actMs);
        track.moves.push(move);
        freeFromMs = move.toMs;
      }
      position = target;
      freeFromMs = Math.max(freeFromMs, actMs);
      if (CLICKS.has(action.type)) {
        track.clicks.push({ atMs: actMs, at: target });
        freeFromMs += STILL_AFTER_CLICK_MS;
      }
      if (list !== undefined) {
        const row = list.rows[list.to];
        const to = row === undefined ? position : pointOf(row.box, page);
        track.moves.push({ ...alongList(list), from: position, to });
        track.clicks.push({ atMs: list.closeMs, at: to });
        position = to;
        freeFromMs = list.closeMs + STILL_AFTER_CLICK_MS;
      }
      if (action.drag !== undefined) {
        const toMs = clock.toFilm(action.actMs + action.drag.ms);
        const to = pointOf(action.drag.to, page);
        track.moves.push({ fromMs: actMs, toMs, from: position, to });
        track.holds.push({ fromMs: actMs, toMs });
        position = to;
        freeFromMs = Math.max(freeFromMs, toMs);
      }
      if (action.type === 'type') {
        const parked = besideField(action.box as Box, page);
        track.moves.push({ fromMs: freeFromMs, toMs: freeFromMs + PARK_MS, from: position, to: parked });
        freeFromMs += PARK_MS;
        position = parked;
      }
    }
    return [track];
  });
}

/** Where the pointer's tip is at a moment, how visible (0 to 1), and whether it is pressed. null when it is not shown. */
export function pointerAt(
  track: PointerTrack,
  atMs: number,
): { at: Point; opacity: number; pressed: boolean } | null {
  if (atMs < track.startMs || atMs > track.endMs) return null;
  let at = track.start;
  for (const move of track.moves) {
    if (atMs < move.fromMs) break;
    at = alongPath(move, Math.min(1, (atMs - move.fromMs) / Math.max(1, move.toMs - move.fromMs)));
  }
  return {
    at,
    opacity: Math.min(1, (atMs - track.startMs + 1) / FADE_MS, (track.endMs - atMs + 1) / FADE_MS),
    pressed:
      track.clicks.some((click) => atMs >= click.atMs - 10 && atMs < click.atMs + 120) ||
      track.holds.some((hold) => atMs >= hold.fromMs && atMs < hold.toMs),
  };
}

/** The middle of what can be seen of the box: that is where the click happens. */
export function pointOf(box: Box, size: FrameSize): Point {
  const middle = (from: number, length: number, limit: number): number => {
    const low = Math.min(Math.max(from, 0), limit - 1);
    const high = Math.min(Math.max(from + length, 0), limit - 1);
    return (low + high) / 2;
  };
  return { x: middle(box.x, box.width, size.width), y: middle(box.y, box.height, size.height) };
}

function isVisit(action: TimelineAction): boolean {
  return action.box !== null && action.step >= 0 && VISITS.has(action.type);
}

function moveInTime(from: Point, to: Point, freeFromMs: number, actMs: number): PointerMove {
  const toMs = Math.max(actMs - STILL_BEFORE_CLICK_MS, Math.min(freeFromMs + HURRIED_MS, actMs));
  const wanted = Math.min(Math.max(300 + distance(from, to) * 0.5, 340), 800);
  const fromMs = Math.min(Math.max(toMs - wanted, freeFromMs), Math.max(toMs - HURRIED_MS, 0));
  return { fromMs, toMs, from, to };
}

/** Below the field's right end; above it when there is no room. */
function besideField(box: Box, size: FrameSize): Point {
  const reach = size.height / 720;
  const below = box.y + box.height + 12 * reach;
  const y = below + 30 * reach < size.height ? below : Math.max(0, box.y - 34 * reach);
  return { x: Math.min(Math.max(box.x + box.width - 26 * reach, 0), size.width - 24 * reach), y };
}

/** Ease in and out along a flat arc that always bends the same way, as a wrist does. */
function alongPath({ from, to }: PointerMove, progress: number): Point {
  const t = progress < 0.5 ? 4 * progress ** 3 : 1 - (-2 * progress + 2) ** 3 / 2;
  const bend = Math.min(distance(from, to) * 0.08, 46);
  const length = Math.max(distance(from, to), 1);
  const control = {
    x: (from.x + to.x) / 2 + ((to.y - from.y) / length) * bend,
    y: (from.y + to.y) / 2 - ((to.x - from.x) / length) * bend,
  };
  const mix = (a: number, b: number, c: number): number =>
    (1 - t) ** 2 * a + 2 * (1 - t) * t * b + t ** 2 * c;
  return { x: mix(from.x, control.x, to.x), y: mix(from.y, control.y, to.y) };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
