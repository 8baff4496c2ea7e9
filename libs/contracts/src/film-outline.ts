import { z } from 'zod';
import { BoxSchema } from './page';
import { FrameSizeSchema } from './run';

const TimesSchema = z.object({
  /** Milliseconds on the film's clock. */
  startMs: z.number().nonnegative(),
  endMs: z.number().nonnegative(),
});

/** A feature's part of the film. */
export const OutlineChapterSchema = TimesSchema.extend({
  title: z.string(),
  description: z.string(),
  feature: z.string(),
});

/** Something to read in the film: on a card, as a heading or as a caption. Hostile text. */
export const OutlineCaptionSchema = TimesSchema.extend({ text: z.string() });

/** A stretch of pictures: `card` before a still one, `hold` of one, or `footage` that plays from `sourceMs` of its take on. */
export const OutlineStretchSchema = TimesSchema.extend({
  kind: z.enum(['card', 'footage', 'hold']),
  takeId: z.string(),
  sourceMs: z.number().nonnegative(),
});

/** A step as the film shows it. */
export const OutlineStepSchema = TimesSchema.extend({
  feature: z.string(),
  /** 0-based within its feature. */
  step: z.number().int().nonnegative(),
  /** What is done, for people. Hostile text. */
  text: z.string(),
  /** `click`, `type`, … */
  action: z.string(),
  /** When it is done (the click happens), on the film's clock. */
  actMs: z.number().nonnegative(),
  /** Where it is done, in the film's pixels; null when it has no place. */
  box: BoxSchema.nullable(),
  /** Where something appeared or changed by it, in the film's pixels. */
  revealed: z.array(BoxSchema),
  takeId: z.string(),
  /** On the take's clock: the page just before it was done, and when it was seen to have worked. */
  beforeMs: z.number().nonnegative(),
  verifiedMs: z.number().nonnegative(),
  /** Ends its feature: the film shows the page as it was verified until the chapter ends. */
  isLast: z.boolean(),
});

/**
 * What a finished film shows and when, in the order of the film: all that captions, chapters, guide, demo and the check of the picture need
 * of it. `outline.json` of an export.
 */
export const FilmOutlineSchema = z.object({
  schemaVersion: z.literal(1),
  title: z.string(),
  size: FrameSizeSchema,
  fps: z.number().positive(),
  durationMs: z.number().positive(),
  chapters: z.array(OutlineChapterSchema),
  captions: z.array(OutlineCaptionSchema),
  stretches: z.array(OutlineStretchSchema),
  steps: z.array(OutlineStepSchema),
});
export type FilmOutline = z.infer<typeof FilmOutlineSchema>;
export type OutlineStep = z.infer<typeof OutlineStepSchema>;
export type OutlineStretch = z.infer<typeof OutlineStretchSchema>;
