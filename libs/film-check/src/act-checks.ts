import type { Box } from '@showrunner/contracts';
import { around, overlaps } from '@showrunner/timeline';
import { differingPixels, grown, regionNear, type Gray } from './gray';
import { keptDetail, likeness } from './likeness';
import { at, quoted, right, wrong, type Finding } from './outcomes';
import type { Look, Looked } from './look.types';
import type { ShownStep } from './probes';
import { seenPage } from './seen-page';

/** More than an encoder and a scaler change a pixel. */
const CLEAR = 48;
/** The pointer's tip is so near to what is acted on, px at 720p. */
const POINTER_PX = 8;
/** So far around an action its pointer is looked for, px at 720p. */
const REACH_PX = 40;
/** The camera's picture is the page's at least so much. */
const ALIKE = 0.6;
/** Letters have kept at least so much of their edges. */
const SHARP = 0.4;
/** Letters of 16 px of the page are at least so high, px of the film. */
const LEGIBLE_PX = 4;
const LETTER_PX = 16;

/** At the moment of an action: the camera holds its place, what is written there can be read, and the pointer is on it. */
export function actFindings(
  { step, isCalm, atMs }: { step: ShownStep; isCalm: boolean; atMs: number },
  looked: Looked,
  look: Look,
): Finding[] {
  const [taken] = looked.pages;
  if (taken === undefined || step.place === null) return [];
  if (!isInView(step.place, atMs, look))
    // Where one thing follows the other at once, the camera may still be on its way.
    return look.isEdited || !isCalm
      ? []
      : [wrong('zooms', `${quoted(step.text)} is done out of view at ${at(atMs)}.`)];
  const held = heldFault(step, step.place, { ...looked, taken, atMs }, look);
  if (held !== null) return [wrong('zooms', held)];
  const { film } = looked;
  const box = look.boxToFilm(step.place, atMs);
  const tip = look.pointToFilm(step.place, atMs);
  const region = around(box, grown({ ...tip, width: 0, height: 0 }, 2 * REACH_PX * look.unit));
  const page = seenPage(taken, film, looked.place, region);
  const isHidden = [...look.captionsAt(atMs), ...look.blursAt(atMs)].some((one) => overlaps(one, box));
  const legible = isHidden ? [] : readable(step, box, { film, page }, look);
  // On a smeared picture nobody finds the pointer.
  const canTell = isCalm && look.hasPointer && legible.every(({ fault }) => fault === null);
  return [right('zooms'), ...legible, ...(canTell ? pointer(tip, { film, page, atMs }, look) : [])];
}

/** Where it is done is seen, and the whole place where there is room for it. */
function isInView(place: Box, atMs: number, look: Look): boolean {
  const { content, unit } = look;
  const box = look.boxToFilm(place, atMs);
  const tip = look.pointToFilm(place, atMs);
  const air = 2 * unit;
  const isIn = (from: number, length: number, start: number, room: number): boolean =>
    length > room || (from >= start - air && from + length <= start + room + air);
  return (
    isIn(tip.x, 0, content.x, content.width) &&
    isIn(tip.y, 0, content.y, content.height) &&
    isIn(box.x, box.width, content.x, content.width) &&
    isIn(box.y, box.height, content.y, content.height)
  );
}

/** What is seen is this part of the page. */
function heldFault(
  step: ShownStep,
  place: Box,
  { film, taken, place: seen, atMs }: Looked & { taken: Gray; atMs: number },
  look: Look,
): string | null {
  const tip = look.pointToFilm(place, atMs);
  const drawn = [
    ...look.captionsAt(atMs),
    ...look.blursAt(atMs),
    grown({ ...tip, width: 0, height: 0 }, 32 * look.unit),
  ];
  const alike = likeness(film, taken, seen, drawn);
  return alike === null || alike >= ALIKE
    ? null
    : `At ${at(atMs)} the film does not show the part of the page in which ${quoted(step.text)} is done.`;
}

function readable(
  step: ShownStep,
  box: Box,
  { film, page }: { film: Gray; page: Gray },
  look: Look,
): Finding[] {
  const height = LETTER_PX * look.scaleAt(step.pointedMs);
  if (height < LEGIBLE_PX)
    return [
      wrong(
        'readable',
        `Letters are ${height.toFixed(1)} px high at ${at(step.pointedMs)}: nobody can read them.`,
      ),
    ];
  const kept = keptDetail(film, page, box);
  if (kept === null) return [];
  return [
    kept >= SHARP
      ? right('readable')
      : wrong(
          'readable',
          `What is written where ${quoted(step.text)} is done cannot be read at ${at(step.pointedMs)}.`,
        ),
  ];
}

/** The drawn pointer is what differs from the take's picture; its tip is the first of it. */
function pointer(
  middle: { x: number; y: number },
  { film, page, atMs }: { film: Gray; page: Gray; atMs: number },
  look: Look,
): Finding[] {
  const { unit } = look;
  const near = grown({ ...middle, width: 0, height: 0 }, REACH_PX * unit);
  const drawn = differingPixels(film, page, CLEAR, near);
  // Something else is drawn over it, or the page moves: nothing can be told.
  if (look.captionsAt(atMs).some((one) => overlaps(one, near))) return [];
  if (drawn.length > 0.6 * near.width * near.height) return [];
  if (drawn.length < 40 * unit * unit)
    return [wrong('pointer', `No pointer is seen at ${at(atMs)} where something is acted on.`)];
  // The pointer's own pixels come below and to the right of its tip.
  const tip = regionNear(drawn, middle).reduce((best, one) => (one.x + one.y < best.x + best.y ? one : best));
  const distance = Math.hypot(tip.x - middle.x, tip.y - middle.y);
  return [
    distance <= POINTER_PX * unit
      ? right('pointer')
      : wrong(
          'pointer',
          `At ${at(atMs)} the pointer is ${Math.round(distance / unit)} px off what is acted on.`,
        ),
  ];
}

/** In a ring around a click: so far out, px at 720p, at the moment that is looked at. */
const RING_PX = 30;
const RING_MS = 520;
const ANGLES = 48;
/** A mark must stand out from the page by so much to be told from it, in luma. */
const TELLING = 40;
/** The mark fades: at that moment at least so much of it is left. */
const MARKED = 0.2;

/** The mark of a click: a ring of the accent's colour around it, wherever page and accent differ. */
export function clickFindings(
  { step, atMs }: { step: ShownStep; atMs: number },
  { film, pages: [taken], place }: Looked,
  look: Look,
): Finding[] {
  if (taken === undefined || step.place === null || !look.hasClicks) return [];
  const { content, unit, accent } = look;
  const middle = look.pointToFilm(step.place, atMs);
  const grows = (Math.max(0, atMs - step.pointedMs) / RING_MS) ** 0.6;
  const radius = RING_PX * unit * (0.25 + 0.85 * grows);
  const page = seenPage(taken, film, place, grown({ ...middle, width: 0, height: 0 }, radius + 4 * unit));
  const inside = (x: number, y: number): boolean =>
    x >= content.x && y >= content.y && x < content.x + content.width && y < content.y + content.height;
  let [told, marked] = [0, 0];
  for (let n = 0; n < ANGLES; n += 1) {
    const angle = (2 * Math.PI * n) / ANGLES;
    const differences = [-3, -2, -1, 0, 1, 2, 3].flatMap((by) => {
      const x = Math.round(middle.x + Math.cos(angle) * (radius + by * unit));
      const y = Math.round(middle.y + Math.sin(angle) * (radius + by * unit));
      if (!inside(x, y) || x >= film.width || y >= film.height) return [];
      const at = y * film.width + x;
      const [shown, under] = [film.data[at] ?? 0, page.data[at] ?? 0];
      return Math.abs(accent - under) < TELLING ? [] : [Math.abs(shown - under) / Math.abs(accent - under)];
    });
    if (differences.length === 0) continue;
    told += 1;
    if (Math.max(...differences) > MARKED) marked += 1;
  }
  if (told < ANGLES / 3) return [];
  return [
    marked >= told / 2
      ? right('clicks')
      : wrong('clicks', `The click of ${quoted(step.text)} at ${at(step.pointedMs)} has no mark.`),
  ];
}
