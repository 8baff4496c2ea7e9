import { assColour, type AssEvent } from './ass-document';
import { arrow, circle } from './ass-shapes';
import { alpha, type FilmLook } from './film-look';
import type { PointerStyle } from '@showrunner/timeline';
import { pointerAt, type Point, type PointerTrack } from './pointer-track';

const LAYER = { ring: 5, shadow: 6, pointer: 7 };
const RING_MS = 520;

/** How the pointer is drawn. */
export interface PointerLook {
  look: FilmLook;
  style: PointerStyle;
  /** Where a place of the page stands in the film's picture at a moment. */
  toFilm: (at: Point, ms: number) => Point;
  /** Frames a second. */
  fps: number;
  /** Override that keeps it within the page, `\\clip(…)`; empty where the page is all there is. */
  clip: string;
}

/** The pointer and its click marks. ASS moves in straight lines only, so each frame of a move is an event of its own. */
export function pointerEvents(tracks: PointerTrack[], drawn: PointerLook): AssEvent[] {
  const { clicks, style } = drawn.style;
  return tracks.flatMap((track) => [
    ...(clicks ? track.clicks.flatMap(({ atMs, at }) => clickMark(atMs, at, track.endMs, drawn)) : []),
    ...(style === 'none' ? [] : shapes(track, drawn)),
  ]);
}

function shapes(track: PointerTrack, drawn: PointerLook): AssEvent[] {
  const { look, fps } = drawn;
  const events: AssEvent[] = [];
  const first = Math.ceil((track.startMs * fps) / 1000 - 0.01);
  const last = Math.ceil((track.endMs * fps) / 1000 - 0.01) - 1;
  let body = '';
  for (let frame = first; frame <= last; frame += 1) {
    const state = pointerAt(track, (frame * 1000) / fps);
    if (state === null) continue;
    const scale = (state.pressed ? 90 : 100) * drawn.style.size;
    const at = drawn.toFilm(state.at, (frame * 1000) / fps);
    const next = shapeBody(at, state.opacity, scale, drawn);
    // Half a frame early, so that rounding to hundredths of a second never moves it into the neighbouring frame.
    const startMs = ((frame - 0.5) * 1000) / fps;
    const endMs = ((frame + 0.5) * 1000) / fps;
    const before = events.at(-1);
    if (before !== undefined && next === body) {
      before.endMs = endMs;
      const shadow = events.at(-2);
      if (shadow !== undefined) shadow.endMs = endMs;
      continue;
    }
    body = next;
    const offset = 2 * look.unit;
    events.push(
      {
        layer: LAYER.shadow,
        startMs,
        endMs,
        body: shadowBody({ x: at.x + offset, y: at.y + offset }, state.opacity, scale, drawn),
      },
      { layer: LAYER.pointer, startMs, endMs, body: next },
    );
  }
  return events;
}

function shapeBody({ x, y }: Point, opacity: number, scale: number, { look, clip }: PointerLook): string {
  const outline = 1.7 * look.unit;
  return (
    `{\\an7\\pos(${px(x)},${px(y)})${clip}\\fscx${scale}\\fscy${scale}\\1c&HFFFFFF&\\3c${assColour('#10151f')}` +
    `\\bord${outline.toFixed(2)}\\alpha${alpha(opacity)}\\p1}${arrow(27 * look.unit)}`
  );
}

function shadowBody({ x, y }: Point, opacity: number, scale: number, { look, clip }: PointerLook): string {
  return (
    `{\\an7\\pos(${px(x)},${px(y)})${clip}\\fscx${scale}\\fscy${scale}\\1c&H000000&\\bord0\\blur${(3 * look.unit).toFixed(1)}` +
    `\\1a${alpha(opacity * 0.4)}\\p1}${arrow(27 * look.unit)}`
  );
}

/** A ring that grows out of the click and a disc that fades under it; they end with their clip. */
function clickMark(atMs: number, place: Point, clipEndMs: number, drawn: PointerLook): AssEvent[] {
  const { toFilm, fps } = drawn;
  const endMs = Math.min(atMs + RING_MS, clipEndMs);
  const frames: number[] = [];
  for (let frame = Math.ceil((atMs * fps) / 1000 - 0.01); (frame * 1000) / fps < endMs - 0.5; frame += 1)
    frames.push(frame);
  const [first, last] = [toFilm(place, atMs), toFilm(place, ((frames.at(-1) ?? 0) * 1000) / fps)];
  if (frames.length === 0 || Math.hypot(first.x - last.x, first.y - last.y) < 0.05)
    return markShapes({ startMs: atMs, endMs, at: first, ageMs: 0 }, drawn);
  // The camera moves, and not in a straight line of time: each frame has its own place.
  return frames.flatMap((frame) => {
    const ms = (frame * 1000) / fps;
    const half = 500 / fps;
    const times = { startMs: Math.max(0, ms - half), endMs: ms + half };
    return markShapes({ ...times, at: toFilm(place, ms), ageMs: Math.max(0, times.startMs - atMs) }, drawn);
  });
}

/** The mark from `startMs` on, when it is `ageMs` old. */
function markShapes(
  { startMs, endMs, at, ageMs }: { startMs: number; endMs: number; at: Point; ageMs: number },
  { look, clip }: PointerLook,
): AssEvent[] {
  const radius = 30 * look.unit;
  const colour = assColour(look.colours.accent);
  const where = `\\an5\\pos(${px(at.x)},${px(at.y)})${clip}`;
  const times = { layer: LAYER.ring, startMs, endMs };
  const grows = `\\t(${Math.round(-ageMs)},${Math.round(RING_MS - ageMs)},0.6,`;
  return [
    {
      ...times,
      body:
        `{${where}\\1c${colour}\\1a${alpha(0.38)}\\bord0\\fscx30\\fscy30` +
        `${grows}\\fscx95\\fscy95\\1a&HFF&)\\p1}${circle(radius)}`,
    },
    {
      ...times,
      body:
        `{${where}\\1a&HFF&\\3c${colour}\\3a${alpha(0.95)}\\bord${(3 * look.unit).toFixed(1)}\\fscx25\\fscy25` +
        `${grows}\\fscx110\\fscy110\\3a&HFF&)\\p1}${circle(radius)}`,
    },
  ];
}

const px = (value: number): string => value.toFixed(1);
