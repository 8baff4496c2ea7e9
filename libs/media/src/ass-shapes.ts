/** Cubic Béziers approximate a quarter circle with this handle length. */
const KAPPA = 0.5523;

/** Drawing commands of ASS (`\p1`), coordinates in pixels; the upper corners may be rounded otherwise. */
export function roundedRectangle(width: number, height: number, radius: number, upper = radius): string {
  const limit = Math.min(width / 2, height / 2);
  const [r, u] = [Math.min(radius, limit), Math.min(upper, limit)];
  const [k, ku] = [r * (1 - KAPPA), u * (1 - KAPPA)];
  const [w, h] = [width, height];
  return [
    `m ${n(u)} 0`,
    `l ${n(w - u)} 0 b ${n(w - ku)} 0 ${n(w)} ${n(ku)} ${n(w)} ${n(u)}`,
    `l ${n(w)} ${n(h - r)} b ${n(w)} ${n(h - k)} ${n(w - k)} ${n(h)} ${n(w - r)} ${n(h)}`,
    `l ${n(r)} ${n(h)} b ${n(k)} ${n(h)} 0 ${n(h - k)} 0 ${n(h - r)}`,
    `l 0 ${n(u)} b 0 ${n(ku)} ${n(ku)} 0 ${n(u)} 0`,
  ].join(' ');
}

/** A circle whose bounding box begins at 0,0. */
export function circle(radius: number): string {
  return roundedRectangle(radius * 2, radius * 2, radius);
}

/** An arrow pointer whose tip is at 0,0, about `height` high. */
export function arrow(height: number): string {
  const points = [0, 0, 0, 17.2, 3.9, 13.6, 6.5, 19.6, 9.2, 18.4, 6.6, 12.5, 11.9, 12.1];
  const [x = 0, y = 0, ...rest] = points.map((value) => (value * height) / 19.6);
  return `m ${n(x)} ${n(y)} l ${rest.map(n).join(' ')}`;
}

/** ASS drawings are read with two decimals at most. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}
