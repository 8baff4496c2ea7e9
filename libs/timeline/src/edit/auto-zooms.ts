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
/** Of a clip without camera: after its begin, and before its end, so that clips meet as whole pages. */
const CALM_START_MS = 100;
const CALM_END_MS = 350;
/** Zooms nearer to each other than this are one way from the one to the other. */
const DIRECT_MS = 900;

/** Actions that are seen together. */
interface Scene {
  focus: Box;
  /** On the film's clock: the first thing done, and when the last one's result stood. */
  firstMs: number;
  lastMs: number;
}

/** Zooms of one clip: to what is small, for as long as all that happens is in view. */
export function autoZooms(clock: ClipClock, actions: readonly SeenAction[], page: FrameSize): Draft[] {
  return scenesOf(clock, actions, page).reduce<Draft[]>((zooms, scene) => {
    const before = zooms.at(-1);
    const next = zoomOn(scene, clock, page, before);
    if (next === null) return zooms;
    if (before !== undefined && next.startMs - before.endMs < DIRECT_MS) before.endMs = next.startMs;
    return [...zooms, next];
  }, []);
}

function scenesOf(clock: ClipClock, actions: readonly SeenAction[], page: FrameSize): Scene[] {
  const scenes: Scene[] = [];
  let isOpen = false;
  for (const action of actions) {
    if (action.step < 0 || !clock.shows(action.actMs)) continue;
    const region = regionOf(action, page);
    const times = { firstMs: clock.toFilm(action.actMs), lastMs: clock.toFilm(action.endMs) };
    const last = scenes.at(-1);
    if (region === null) {
      // Something happens that needs the whole page.
      if (isOpen && last !== undefined) last.lastMs = Math.min(last.lastMs, times.firstMs - EASE_MS);
      isOpen = false;
      continue;
    }
    const joined = last === undefined || !isOpen ? null : around(last.focus, region);
    if (last !== undefined && joined !== null && scaleFor(joined, page) >= LEAST_SCALE) {
      last.focus = joined;
      last.lastMs = times.lastMs;
    } else {
      scenes.push({ focus: region, ...times });
    }
    isOpen = true;
  }
  return scenes;
}

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

function zoomOn(scene: Scene, clock: ClipClock, page: FrameSize, before?: Draft): Draft | null {
  const earliest =
    before === undefined ? clock.startMs + CALM_START_MS : before.startMs + before.easeMs + REST_AFTER_MS;
  const arrival = scene.firstMs - REST_BEFORE_MS;
  const startMs = Math.max(earliest, arrival - EASE_MS);
  const easeMs = Math.min(EASE_MS, arrival - startMs);
  const endMs = Math.min(scene.lastMs + REST_AFTER_MS + EASE_MS, clock.endMs - CALM_END_MS);
  const isCalm = easeMs >= QUICKEST_EASE_MS && endMs - easeMs >= scene.lastMs + REST_AFTER_MS / 3;
  if (!isCalm) return null;
  return { startMs, endMs, focus: scene.focus, scale: scaleFor(scene.focus, page), easeMs };
}
