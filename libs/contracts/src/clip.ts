import { z } from 'zod';
import { ClipIdSchema, TakeIdSchema } from './ids';

/** A feature that was verified: a stretch of the take that shows it. */
export const ClipSchema = z.object({
  /** `<run>-c1`, unique in the system. */
  clipId: ClipIdSchema,
  /** Place in the film, from 1. */
  number: z.number().int().positive(),
  feature: z.string(),
  takeId: TakeIdSchema,
  /** Milliseconds since the take's first frame. */
  startMs: z.number().nonnegative(),
  endMs: z.number().positive(),
});
export type Clip = z.infer<typeof ClipSchema>;

/** A clip as its run's list and `clips.json` tell it: named within the run (`c1`), in seconds since the take's first frame (requirement 5.2). */
export const ClipOfRunSchema = z.object({
  clip_id: z.string(),
  feature: z.string(),
  start: z.number().nonnegative(),
  end: z.number().positive(),
});
export type ClipOfRun = z.infer<typeof ClipOfRunSchema>;

/** What a clip is called within its run, in lists and names of files. */
export const clipName = ({ number }: Pick<Clip, 'number'>): string => `c${number}`;

export const clipOfRun = (clip: Clip): ClipOfRun => ({
  clip_id: clipName(clip),
  feature: clip.feature,
  start: clip.startMs / 1000,
  end: clip.endMs / 1000,
});
