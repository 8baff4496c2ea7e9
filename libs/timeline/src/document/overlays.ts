import { z } from 'zod';
import { ItemIdSchema, MsSchema, PlaceSchema, SpanSchema, TextSchema } from './primitives';

/** What is read while something is done. Captions do not overlap in time. */
export const CaptionSchema = z.object({
  id: ItemIdSchema,
  ...SpanSchema.shape,
  /** What is done; may be empty where only the heading is to be read. */
  text: TextSchema,
  /** What a voice says instead of what is to be read; empty: nothing. */
  spoken: TextSchema.optional(),
  /** The title of a feature above it, where no card says it. */
  heading: z.object({ eyebrow: TextSchema.default(''), title: TextSchema }).optional(),
  /** Places of the page that it should not cover. */
  avoid: z.array(PlaceSchema).max(64).default([]),
});
export type Caption = z.infer<typeof CaptionSchema>;

/** A note at a place of the page. */
export const CalloutSchema = z.object({
  id: ItemIdSchema,
  ...SpanSchema.shape,
  text: TextSchema,
  at: PlaceSchema,
});
export type Callout = z.infer<typeof CalloutSchema>;

/**
 * The camera goes near `focus` from `startMs` on, for `easeMs`, and is back at `endMs`; where the next zoom begins as it ends, it goes
 * there directly. `scale`: 1 shows the whole page, 2 a half of its width. Zooms do not overlap in time.
 */
export const ZoomSchema = z.object({
  id: ItemIdSchema,
  ...SpanSchema.shape,
  focus: PlaceSchema,
  scale: z.number().min(1).max(5),
  easeMs: MsSchema.default(700),
});
export type Zoom = z.infer<typeof ZoomSchema>;

/** A place of the page that cannot be read. */
export const BlurSchema = z.object({
  id: ItemIdSchema,
  ...SpanSchema.shape,
  box: PlaceSchema,
});
export type Blur = z.infer<typeof BlurSchema>;
