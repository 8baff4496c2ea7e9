/** Drawing commands of ASS (`\p1`), coordinates in pixels. */
export function rectangle(width: number, height: number): string {
  return `m 0 0 l ${n(width)} 0 ${n(width)} ${n(height)} 0 ${n(height)}`;
}

/** Cubic Béziers approximate a quarter circle with this handle length. */
const KAPPA = 0.5523;

export function roundedRectangle(width: number, height: number, radius: number): string {
  const r = Math.min(radius, width / 2, height / 2);
  const k = r * (1 - KAPPA);
  const [w, h] = [width, height];
  return [
    `m ${n(r)} 0`,
    `l ${n(w - r)} 0 b ${n(w - k)} 0 ${n(w)} ${n(k)} ${n(w)} ${n(r)}`,
    `l ${n(w)} ${n(h - r)} b ${n(w)} ${n(h - k)} ${n(w - k)} ${n(h)} ${n(w - r)} ${n(h)}`,
    `l ${n(r)} ${n(h)} b ${n(k)} ${n(h)} 0 ${n(h - k)} 0 ${n(h - r)}`,
    `l 0 ${n(r)} b 0 ${n(k)} ${n(k)} 0 ${n(r)} 0`,
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
