import { BoxSchema } from '@showrunner/contracts';
import { z } from 'zod';

/** Frames a second of every film; all times of a film fall on whole frames of it. */
export const FPS = 30;

/** Names a thing within its timeline. */
export const ItemIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/u);

/** Hostile text as typed; whoever draws or writes it escapes it. */
export const TextSchema = z.string().max(500);

export const ColourSchema = z.string().regex(/^#[0-9a-f]{6}$/iu, 'a colour as #rrggbb');

/** No film and no take is longer than a day. */
export const MsSchema = z.number().min(0).max(86_400_000);

/** A part of the page, in the pixels of `Timeline.page`; it may reach over the page's edge, as boxes of elements do. */
export const PlaceSchema = BoxSchema.refine(
  ({ x, y, width, height }) =>
    [x, y].every((value) => Math.abs(value) <= 100_000) &&
    [width, height].every((value) => value >= 0 && value <= 100_000),
  'a box near the page',
);

/** A stretch of the film, ms since its first frame. */
export const SpanSchema = z.object({ startMs: MsSchema, endMs: MsSchema });
export type Span = z.infer<typeof SpanSchema>;
