import { alpha, type FilmLook } from './film-look';
import { FPS } from '@showrunner/timeline';
import type { Segment } from './schedule.types';

/** A card darkens the picture behind it by this much. */
export const DIM = 0.9;
export const FADE_IN_MS = 180;
export const FADE_OUT_MS = 200;

const FADE_FRAMES = Math.ceil((FADE_OUT_MS * FPS) / 1000);
const FADES_MS = (FADE_FRAMES * 1000) / FPS;

/**
 * When a card's picture is darkened to the full, ms of the film. That part is darkened once, in the picture itself: drawing over the whole
 * frame, frame by frame, was four fifths of what all drawing costs. Only the fades before and after it are drawn.
 */
export function steadyDim(
  segment: Segment,
  { before, after }: { before?: Segment | undefined; after?: Segment | undefined },
): { fromMs: number; toMs: number } {
  // A card after a card goes on in the dark.
  const fromMs =
    segment.kind === 'opening' || before?.kind === 'opening' ? segment.startMs : segment.startMs + FADES_MS;
  const toMs = after?.kind === 'title' ? segment.endMs : segment.endMs - FADES_MS;
  return { fromMs, toMs };
}

/** ffmpeg's filter that darkens a full-range BT.601 picture exactly as the overlay's dim does at full strength. */
export function dimFilter({ colours }: FilmLook): string {
  const opacity = 1 - Number.parseInt(alpha(DIM).slice(2, 4), 16) / 255;
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colours.slate.slice(at, at + 2), 16));
  const [r, g, b] = [red ?? 0, green ?? 0, blue ?? 0];
  const y = 0.299 * r + 0.587 * g + 0.114 * b;
  const planes = { y, u: 128 + (b - y) / 1.772, v: 128 + (r - y) / 1.402 };
  // The filter cuts off decimals.
  const line = (value: number): string =>
    `val*${(1 - opacity).toFixed(4)}+${(value * opacity + 0.5).toFixed(3)}`;
  return `lutyuv=y=${line(planes.y)}:u=${line(planes.u)}:v=${line(planes.v)}`;
}
