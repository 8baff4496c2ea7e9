import type { Box } from '@showrunner/contracts';
import {
  around,
  clipClock,
  onPage,
  placements,
  type ClipClock,
  type Timeline,
  type TimelineAction,
  type Zoom,
} from '@showrunner/timeline';
import { CALM_SHARE, usedPart, viewOn, type Look } from './camera-view';

/** From `atMs` on the camera goes to `view`, for `easeMs`; 0 is a cut. */
export interface CameraTarget {
  atMs: number;
  easeMs: number;
  view: Box;
}

const FOLLOW_MS = 700;
/** Where one thing follows the other at once, the camera is quicker, and leaves sooner. */
const QUICKEST_MS = 200;
/** With less time than this a clip begins with a cut to what is done first in it. */
const CALM_MS = 400;
const LEFT_MS = 150;
/** The camera is there so long before something is done. */
const REST_BEFORE_MS = 200;
/** What was done is seen so long before the camera goes to what came by it. */
const SEEN_FIRST_MS = 250;
/** A page that something led to is there so long before it has come to rest. */
const OPENED_BEFORE_MS = 350;

/**
 * Where the camera goes, in order; the first target is where it begins. Where the film is narrower than the page it follows what is done;
 * zooms come over that.
 */
export function cameraTargets(
  timeline: Timeline,
  content: { width: number; height: number },
): CameraTarget[] {
  const { page } = timeline;
  const aspect = content.width / content.height;
  const isWhole = Math.abs(aspect / (page.width / page.height) - 1) < 0.006;
  const home = isWhole ? page : { width: Math.min(page.width, page.height * aspect), height: page.height };
  const look = { page, home, aspect: isWhole ? page.width / page.height : aspect, used: usedPart(timeline) };
  const following = isWhole ? [] : followed(timeline, look);
  const start = { atMs: 0, easeMs: 0, view: viewOn(middleOf(page), home.width, look) };
  const base = following[0]?.atMs === 0 ? following : [start, ...following];
  // What is wider than the film cannot be gone near to: following shows it better.
  const zooms = timeline.zooms.filter(({ focus }) => isWhole || focus.width <= home.width);
  return zooms.reduce((targets, zoom, n) => {
    const unzoomed = base.filter(({ atMs }) => atMs <= zoom.endMs).at(-1) ?? start;
    return withZoom(targets, zoom, { next: zooms[n + 1], unzoomed, look });
  }, base);
}

/** The camera moves only for what it would not show well, from one clip to the next too: a clip after a card begins where it is needed. */
function followed(timeline: Timeline, look: Look): CameraTarget[] {
  return enteredClips(timeline).reduce<CameraTarget[]>((targets, { clock, begin, isCarded }) => {
    const shown = timeline.actions.filter(
      (action) => action.clipId === clock.clipId && action.step >= 0 && clock.shows(action.actMs),
    );
    // What would be shown after the clip is not.
    const way = targets.filter(({ atMs }) => atMs < begin);
    return shown.reduce<Following>(
      (following, action, n) => {
        const before = shown[n - 1];
        return follow(following, seenParts(action, look), {
          actMs: clock.toFilm(action.actMs),
          openedMs: clock.toFilm(action.endMs) - OPENED_BEFORE_MS,
          free: before === undefined ? begin : clock.toFilm(before.actMs) + LEFT_MS,
          entry: following.isEntered ? null : { begin, isCut: isCarded || way.length === 0 },
          look,
        });
      },
      { targets: way, isOfResult: false, isEntered: false },
    ).targets;
  }, []);
}

/** The clips of which something is shown, in the order of the film: when each begins, with its card if it has one. */
function enteredClips(timeline: Timeline): { clock: ClipClock; begin: number; isCarded: boolean }[] {
  const placed = placements(timeline.items);
  return timeline.chapters
    .flatMap(({ clipId }) => {
      const clock = clipClock(timeline, clipId);
      const first = placed.find(({ item }) => item.clipId === clipId);
      if (clock === null || first === undefined) return [];
      return [{ clock, begin: first.startMs, isCarded: first.item.kind === 'card' }];
    })
    .sort((one, other) => one.begin - other.begin);
}

interface Following {
  targets: CameraTarget[];
  /** The last target shows what came by something that was done. */
  isOfResult: boolean;
  /** Something of this clip has been shown already. */
  isEntered: boolean;
}

/** What is to be seen while something is done, and what came by it, where both do not fit. */
interface SeenParts {
  during?: Box;
  after?: Box;
  /** It led to another page, of which `after` is a part. */
  isOpened: boolean;
}

/** On the film's clock. */
interface FollowTimes {
  actMs: number;
  /** When a page that it led to is there. */
  openedMs: number;
  /** From when on the camera may leave what was done before. */
  free: number;
  /** Of what is shown first in a clip: when that begins, and whether the camera is there at once. */
  entry: { begin: number; isCut: boolean } | null;
}

/** The camera goes to where something is done in time for it, then to what came by it; a result that leaves no time for that is left out. */
function follow(
  { targets, isOfResult, isEntered }: Following,
  { during, after, isOpened }: SeenParts,
  { actMs, openedMs, free, entry, look }: FollowTimes & { look: Look },
): Following {
  const way = [...targets];
  const arrival = actMs - REST_BEFORE_MS;
  const goTo = (
    region: Box | undefined,
    from: (last: CameraTarget) => Pick<CameraTarget, 'atMs' | 'easeMs'>,
  ): boolean => {
    if (region === undefined) return false;
    const view = viewOn(region, look.home.width, look);
    const last = way.at(-1);
    if (last === undefined || (entry?.isCut && way.length === targets.length))
      way.push({ atMs: entry?.begin ?? 0, easeMs: 0, view });
    else if (!isWellSeen(region, last.view)) way.push({ ...from(last), view });
    else return false;
    return true;
  };
  const last = way.at(-1);
  if (
    isOfResult &&
    during !== undefined &&
    last !== undefined &&
    last.atMs + last.easeMs > arrival - QUICKEST_MS
  )
    way.pop();
  goTo(during, ({ atMs, easeMs }) => {
    const startMs = Math.max(arrival - FOLLOW_MS, atMs + easeMs, free);
    if (entry !== null && arrival - startMs < CALM_MS) return { atMs: entry.begin, easeMs: 0 };
    return { atMs: startMs, easeMs: Math.min(FOLLOW_MS, Math.max(QUICKEST_MS, arrival - startMs)) };
  });
  const came = goTo(after, ({ atMs, easeMs }) => ({
    atMs: Math.max(actMs + SEEN_FIRST_MS, isOpened ? openedMs : 0, atMs + easeMs),
    easeMs: FOLLOW_MS,
  }));
  return {
    targets: way,
    isOfResult: came || (isOfResult && way.length === targets.length),
    isEntered: isEntered || during !== undefined || after !== undefined,
  };
}

function seenParts({ box, revealed = [], opened }: TimelineAction, { page, home }: Look): SeenParts {
  const fitting = (part: Box): Box => ({
    ...part,
    // What is written stands at the beginning of a field that is wider than the picture.
    width: part.width <= home.width ? part.width : home.width * CALM_SHARE,
    height: Math.min(part.height, home.height),
  });
  const seen = (parts: readonly Box[]): Box[] => parts.flatMap((part) => onPage(part, page) ?? []);
  const [acted, came] = [seen(box === null ? [] : [box]), seen(revealed)];
  const [arrived] = seen(opened === undefined ? [] : [opened]);
  const isOpened = arrived !== undefined;
  const whole = unionOf([...acted, ...came]);
  if (!isOpened && whole !== undefined && whole.width <= home.width && whole.height <= home.height)
    return { during: whole, isOpened };
  const [during, after] = [acted[0] ?? came[0], arrived ?? (acted.length > 0 ? came[0] : undefined)];
  return { ...(during && { during: fitting(during) }), ...(after && { after: fitting(after) }), isOpened };
}

const unionOf = (parts: readonly Box[]): Box | undefined =>
  parts.reduce<Box | undefined>((sum, part) => (sum === undefined ? part : around(sum, part)), undefined);

function isWellSeen(region: Box, view: Box): boolean {
  const margin = (view.width * (1 - CALM_SHARE)) / 2;
  const wide = region.width > view.width - 2 * margin;
  if (wide && region.width <= view.width)
    return region.x >= view.x && region.x + region.width <= view.x + view.width;
  const middle = region.x + region.width / 2;
  return wide
    ? Math.abs(middle - (view.x + view.width / 2)) < margin
    : region.x >= view.x + margin && region.x + region.width <= view.x + view.width - margin;
}

function withZoom(
  targets: CameraTarget[],
  zoom: Zoom,
  { next, unzoomed, look }: { next: Zoom | undefined; unzoomed: CameraTarget; look: Look },
): CameraTarget[] {
  const easeMs = Math.min(zoom.easeMs, (zoom.endMs - zoom.startMs) / 2);
  const view = viewOn(zoom.focus, Math.min(look.home.width, look.page.width / zoom.scale), look);
  const goesOn = next !== undefined && next.startMs <= zoom.endMs;
  // Where following goes on to something else before that, it knows until when this is needed, and when it has to be there.
  const leaves = { atMs: zoom.endMs - easeMs, easeMs, view: unzoomed.view };
  return [
    ...targets.filter(({ atMs }) => atMs < zoom.startMs),
    { atMs: zoom.startMs, easeMs, view },
    ...(goesOn ? [] : [unzoomed.atMs > leaves.atMs ? unzoomed : leaves]),
    ...targets.filter(({ atMs }) => atMs > zoom.endMs),
  ].map((target, n) => (n === 0 ? { ...target, atMs: 0 } : target));
}

const middleOf = ({ width, height }: { width: number; height: number }): Box => ({
  ...{ x: width / 2, y: height / 2 },
  ...{ width: 0, height: 0 },
});
