import type { Box } from '@showrunner/contracts';

/** Distance of a place to the edge of a rounded box, px: below 0 within it. */
export function boxDistance(x: number, y: number, box: Box, radius: number): number {
  const dx = Math.abs(x - box.x - box.width / 2) - box.width / 2 + radius;
  const dy = Math.abs(y - box.y - box.height / 2) - box.height / 2 + radius;
  const outside = Math.hypot(Math.max(dx, 0), Math.max(dy, 0));
  return outside + Math.min(Math.max(dx, dy), 0) - radius;
}

/** How much of a pixel at this distance of an edge lies within, 0 to 1. */
export const coverage = (distance: number): number => Math.min(1, Math.max(0, 0.5 - distance));

/** A soft shadow's strength at this distance of what throws it; `blur`: how far it reaches, px. */
export function shadowAt(distance: number, blur: number): number {
  const t = Math.min(1, Math.max(0, 0.5 - distance / (2 * blur)));
  return t * t * (3 - 2 * t);
}
