import type { ActionRecord, Box, FrameSize } from '@showrunner/contracts';
import { around, onPage } from '../document/boxes';
import type { ClipClock } from '../document/clip-clock';
import type { Zoom } from '../document/overlays';

type Draft = Omit<Zoom, 'id'>;
type SeenAction = Pick<ActionRecord, 'action' | 'step' | 'box' | 'revealed' | 'actMs' | 'endMs'>;

/** Less than this shows nothing more, and more than that loses the page. */
const LEAST_SCALE = 1.3;
const MOST_SCALE = 1.8;
const EASE_MS = 700;
const QUICKEST_EASE_MS = 450;
/** The camera rests this long before something is done, and this long after it was. */
const REST_BEFORE_MS = 200;
const REST_AFTER_MS = 600;
/** What was done is seen so long before the camera leaves it. */
const SEEN_MS = 200;
/** Of a clip without camera: after its begin, and before its end, so that clips meet as whole pages. */
const CALM_START_MS = 100;
const CALM_END_MS = 350;
/** Zooms nearer to each other than this are one way from the one to the other. */
const DIRECT_MS = 900;

/** Actions that are seen together. */
interface Scene {
  /** Null where the whole page is to be seen. */
  focus: Box | null;
  /** On the film's clock: the first thing done, the last one (for a text, its last key), and when that one's result stood. */
  firstMs: number;
  lastActMs: number;
  lastMs: number;
}

/**
 * Zooms of one clip: to what is small, for as long as all that happens is in view. Whatever is done, the camera stands where it is seen: what
 * cannot be reached or left in time is shown with the whole page.
 */
export function autoZooms(clock: ClipClock, actions: readonly SeenAction[], page: FrameSize): Draft[] {
  const scenes = scenesOf(clock, actions, page);
  for (;;) {
    const zooms = zoomsOn(scenes, clock, page);
    const hurried = zooms.findIndex((zoom) => zoom === 'hurried');
    const scene = scenes[hurried];
    if (scene === undefined) return zooms.filter((zoom) => zoom !== null && zoom !== 'hurried');
    scene.focus = null;
  }
}

function scenesOf(clock: ClipClock, actions: readonly SeenAction[], page: FrameSize): Scene[] {
  const scenes: Scene[] = [];
  for (const action of actions) {
    if (action.step < 0 || !clock.shows(action.actMs)) continue;
    const focus = regionOf(action, page);
    const [firstMs, lastMs] = [clock.toFilm(action.actMs), clock.toFilm(action.endMs)];
    const times = { firstMs, lastActMs: action.action.type === 'type' ? lastMs : firstMs, lastMs };
    const last = scenes.at(-1);
    const joined = joinedFocus(last, focus, page);
    if (last !== undefined && joined !== null) {
      Object.assign(last, { ...times, focus: joined, firstMs: last.firstMs });
      continue;
    }
    // The button of a form whose result is elsewhere: it is pressed where the form was filled in, then the whole page comes.
    const pressed = focus === null ? joinedFocus(last, pressedPlace(action, page), page) : null;
    if (last !== undefined && pressed !== null) {
      Object.assign(last, { focus: pressed, lastActMs: firstMs, lastMs: firstMs });
      const awayMs = firstMs + SEEN_MS + EASE_MS;
      scenes.push({ focus, firstMs: awayMs + REST_BEFORE_MS, lastActMs: awayMs - SEEN_MS, lastMs });
      continue;
    }
    // Whoever needs the whole page next needs it no later for that.
    if (last !== undefined && last.focus === null) last.firstMs = Math.min(last.firstMs, firstMs);
    scenes.push({ focus, ...times });
  }
  return scenes;
}

/** What holds a scene's focus and another place, where the camera can be near both. */
function joinedFocus(last: Scene | undefined, place: Box | null, page: FrameSize): Box | null {
  if (last?.focus == null || place === null) return null;
  const joined = around(last.focus, place);
  return scaleFor(joined, page) >= LEAST_SCALE ? joined : null;
}

const pressedPlace = ({ action, box }: SeenAction, page: FrameSize): Box | null =>
  action.type === 'click' && box !== null ? onPage(box, page) : null;

/** What must be in view; null for what only the whole page shows, or of which nobody knows where it is seen. */
function regionOf({ action, box, revealed = [] }: SeenAction, page: FrameSize): Box | null {
  if (box === null || action.type === 'scroll' || action.type === 'drag') return null;
  if (revealed.length === 0 && action.type !== 'type' && action.type !== 'select') return null;
  const region = onPage(revealed.reduce(around, box), page);
  return region === null || scaleFor(region, page) < LEAST_SCALE ? null : region;
}

/** How near the camera may go so that a region has some air around it. */
const scaleFor = (region: Box, page: FrameSize): number =>
  Math.min(MOST_SCALE, (page.width * 0.8) / region.width, (page.height * 0.72) / region.height);

/** The zoom of each scene: null for one that needs none, `hurried` for one for which there is no time. */
function zoomsOn(scenes: readonly Scene[], clock: ClipClock, page: FrameSize): (Draft | null | 'hurried')[] {
  const zooms: (Draft | null | 'hurried')[] = [];
  for (const [n, { focus, firstMs, lastMs }] of scenes.entries()) {
    if (focus === null) {
      zooms.push(null);
      continue;
    }
    const [scene, next] = [scenes[n - 1], scenes[n + 1]];
    const before = zooms.at(-1);
    const last = before === undefined || before === 'hurried' ? null : before;
    const earliest = Math.max(
      clock.startMs + CALM_START_MS,
      scene === undefined ? 0 : scene.lastActMs + SEEN_MS,
      last === null ? 0 : last.startMs + last.easeMs + REST_AFTER_MS,
    );
    const arrival = firstMs - REST_BEFORE_MS;
    const startMs = Math.max(earliest, arrival - EASE_MS);
    // Whoever needs the whole page has it in time.
    const latest = next?.focus === null ? next.firstMs - REST_BEFORE_MS : Infinity;
    const endMs = Math.min(lastMs + REST_AFTER_MS + EASE_MS, clock.endMs - CALM_END_MS, latest);
    const seenMs = lastMs + SEEN_MS;
    const goesOn = next?.focus != null;
    const easeMs = Math.min(EASE_MS, arrival - startMs, goesOn ? EASE_MS : endMs - seenMs);
    const isCalm = easeMs >= QUICKEST_EASE_MS && endMs >= seenMs;
    if (!isCalm) return [...zooms, 'hurried'];
    if (last !== null && startMs - last.endMs < DIRECT_MS) last.endMs = startMs;
    zooms.push({ startMs, endMs, focus, scale: scaleFor(focus, page), easeMs });
  }
  return zooms;
}
