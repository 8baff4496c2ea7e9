import type { StepDifference } from '@showrunner/contracts';
import pixelmatch from 'pixelmatch';

/** A picture as it is compared: RGBA, 8 bits each, row by row. */
export interface Picture {
  width: number;
  height: number;
  rgba: Uint8Array;
}

/** Pictures are compared in squares of so many px, so that noise is masked with its surroundings. */
const TILE = 16;
/** Of colour distance, 0 to 1: pixelmatch's own default, below which anti-aliasing and JPEG hide. */
const THRESHOLD = 0.1;
/** Fewer px than this in a square are no difference that a person would see. */
const LEAST_PIXELS = 6;
/** A caret that blinks is a stroke: so narrow, and no higher than a line of a large heading. */
const CARET_WIDTH = 3;
const CARET_HEIGHT = 64;

/**
 * What of two settled pictures differs, outside of `noise`; null when nothing does. Anti-aliased edges and a blinking caret are no difference.
 * Pictures of different sizes differ as a whole.
 * @param noise squares that change by themselves, as `noiseBetween` finds them
 */
export function pictureDifference(
  before: Picture,
  after: Picture,
  noise: ReadonlySet<number> = new Set(),
): Pick<StepDifference, 'share' | 'box'> | null {
  const { width, height } = after;
  if (before.width !== width || before.height !== height)
    return { share: 1, box: { x: 0, y: 0, width, height } };
  const tiles = [...changedTiles(before, after)].filter(([tile]) => !noise.has(tile));
  if (tiles.length === 0) return null;
  const pixels = tiles.reduce((sum, [, { count }]) => sum + count, 0);
  const [left, top] = [Math.min, Math.min].map((least, axis) =>
    least(...tiles.map(([, one]) => (axis === 0 ? one.left : one.top))),
  ) as [number, number];
  const right = Math.max(...tiles.map(([, one]) => one.right));
  const bottom = Math.max(...tiles.map(([, one]) => one.bottom));
  const box = { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  if (box.width <= CARET_WIDTH && box.height <= CARET_HEIGHT) return null;
  return { share: pixels / (width * height), box };
}

/**
 * What changes by itself between two looks at the same build: these squares and those around them.
 * @returns numbers of squares, row by row; all of them when the looks have different sizes
 */
export function noiseBetween(first: Picture, second: Picture): Set<number> {
  const columns = Math.ceil(first.width / TILE);
  const rows = Math.ceil(first.height / TILE);
  if (first.width !== second.width || first.height !== second.height)
    return new Set(Array.from({ length: columns * rows }, (_, n) => n));
  const noise = new Set<number>();
  for (const [tile] of changedTiles(first, second)) {
    const [column, row] = [tile % columns, Math.floor(tile / columns)];
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1)
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1)
        noise.add(y * columns + x);
  }
  return noise;
}

interface Changed {
  count: number;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The squares in which enough px differ, by their number. */
function changedTiles(one: Picture, other: Picture): Map<number, Changed> {
  const { width, height } = one;
  const mask = new Uint8Array(width * height * 4);
  pixelmatch(one.rgba, other.rgba, mask, width, height, {
    ...{ threshold: THRESHOLD, diffMask: true, includeAA: false },
  });
  const columns = Math.ceil(width / TILE);
  const tiles = new Map<number, Changed>();
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (mask[(y * width + x) * 4 + 3] === 0) continue;
      const tile = Math.floor(y / TILE) * columns + Math.floor(x / TILE);
      const known = tiles.get(tile);
      if (known === undefined) tiles.set(tile, { count: 1, left: x, right: x, top: y, bottom: y });
      else {
        known.count += 1;
        known.left = Math.min(known.left, x);
        known.right = Math.max(known.right, x);
        known.bottom = y;
      }
    }
  }
  for (const [tile, { count }] of tiles) if (count < LEAST_PIXELS) tiles.delete(tile);
  return tiles;
}
