import type { Box, FrameSize } from '@showrunner/contracts';

/** The page's picture has this much more of its edges at every side; half of it stays after the first crop. */
export const MARGIN = 32;

/**
 * How ffmpeg shows a part of a page, in whole pixels: of the picture with its margin, what begins at `shift`; that scaled to `scaled`;
 * of that, what begins at `offset`.
 */
export interface Geometry {
  shift: { x: number; y: number };
  scaled: FrameSize;
  offset: { x: number; y: number };
}

/**
 * ffmpeg crops and scales by whole pixels: a camera that moves by them shakes. But the place of the first crop, the scaled size and the
 * place of the second one can be chosen together: of all choices the one that comes nearest to the view is taken.
 */
export function geometryOf(view: Box, page: FrameSize, content: FrameSize): Geometry {
  const x = axisOf(view.x, view.width, page.width, content.width);
  const y = axisOf(view.y, view.height, page.height, content.height);
  return {
    shift: { x: x.shift, y: y.shift },
    scaled: { width: x.scaled, height: y.scaled },
    offset: { x: x.offset, y: y.offset },
  };
}

interface Axis {
  shift: number;
  scaled: number;
  offset: number;
}

/** An axis of the page's picture, from the view's begin and length to `content` pixels. */
function axisOf(from: number, length: number, page: number, content: number): Axis {
  const whole = page + MARGIN;
  const wanted = content / length;
  const nearest = Math.round(wanted * whole);
  let best: Axis & { error: number } = { shift: MARGIN, scaled: nearest, offset: 0, error: Infinity };
  for (const scaled of [nearest, nearest - 1, nearest + 1]) {
    const scale = scaled / whole;
    // What the scale is off by shows at the edges, the more the farther from the middle.
    const stretch = (Math.abs(scale - wanted) * length) / 2;
    for (let shift = MARGIN; shift >= 0; shift -= 1) {
      const place = (from + length / 2 + MARGIN - shift) * scale - content / 2;
      const offset = Math.min(Math.max(Math.round(place), 0), scaled - content);
      const error = Math.abs(place - offset) + stretch / 2;
      if (error < best.error - 1e-9) best = { shift, scaled, offset, error };
    }
  }
  return best;
}

/** Where a geometry shows a place of one axis of the page, in pixels of the content. */
export const shownAt = (place: number, { shift, scaled, offset }: Axis, page: number): number =>
  ((place + MARGIN - shift) * scaled) / (page + MARGIN) - offset;
