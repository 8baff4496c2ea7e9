import { z } from 'zod';
import { RunStateSchema } from './run';

/**
 * What is being done while a run is watched: a text message of `GET /api/runs/{id}/live`. Pictures come as binary messages between: eight
 * bytes with the time at which the browser showed it (Unix epoch in ms, IEEE 754 double, little-endian), then a JPEG.
 */
export const LiveStateSchema = z.object({
  type: z.literal('state'),
  state: RunStateSchema,
  /** The feature that is filmed; null between features. */
  current_feature: z.string().nullable(),
  /** Index of the step that was done last, from 0; -1 for the navigation that begins a feature. */
  step: z.number().int().nullable(),
  /** What was done, as the caption says it. */
  action: z.string().nullable(),
  /** Where, in CSS pixels of the page; null for what has no place. */
  pointer: z.object({ x: z.number(), y: z.number() }).nullable(),
});
export type LiveState = z.infer<typeof LiveStateSchema>;
/** Bytes before the JPEG of a picture. */
export const LIVE_HEAD_BYTES = 8;
