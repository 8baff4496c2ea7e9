import { FILM_HEIGHTS } from '@showrunner/contracts';
import { OperationSchema, TimelineSchema } from '@showrunner/timeline';
import { z } from 'zod';

/** Most that one request does; together they are one change. */
const MOST_OPERATIONS = 200;

/** A timeline at one of its versions. `version` is its ETag, too. */
export const TimelineResourceSchema = z.object({
  runId: z.string(),
  /** One more with each change. */
  version: z.number().int(),
  durationMs: z.number(),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  timeline: TimelineSchema,
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type TimelineResource = z.infer<typeof TimelineResourceSchema>;

/** A change of a timeline. */
export const TimelineChangeSchema = z.object({
  /** That it made. */
  version: z.number().int(),
  kind: z.enum(['edit', 'undo', 'redo']),
  /** Of an undo or redo: those that were undone or done again. */
  operations: z.array(OperationSchema),
  /** It stands: it was not undone since. */
  inEffect: z.boolean(),
  createdAt: z.string(),
});
export type TimelineChange = z.infer<typeof TimelineChangeSchema>;

export const TimelineQuerySchema = z.object({ version: z.coerce.number().int().min(1).optional() });

export const FrameQuerySchema = TimelineQuerySchema.extend({
  /** Ms of the film; behind its end its last frame. */
  at: z.coerce.number().min(0).max(86_400_000),
  /** Of the picture in px, even; as the film unless given. */
  height: z.coerce.number().int().min(120).max(FILM_HEIGHTS.max).multipleOf(2).optional(),
});

/** Body of `POST /api/runs/{id}/timeline/operations`. */
export const ApplyOperationsSchema = z.object({
  operations: z.array(OperationSchema).min(1).max(MOST_OPERATIONS),
});
export type ApplyOperations = z.infer<typeof ApplyOperationsSchema>;

/** A document of OpenTimelineIO: https://opentimelineio.readthedocs.io. What of it can be read is told by what comes of it. */
export const OtioDocumentSchema = z.looseObject({ OTIO_SCHEMA: z.string() });
export type OtioDocument = z.infer<typeof OtioDocumentSchema>;

export const OtioReadSchema = TimelineResourceSchema.extend({
  /** What of the document is not in the film, or otherwise there, and why. */
  lost: z.array(z.object({ what: z.string(), reason: z.string() })),
});
export type OtioRead = z.infer<typeof OtioReadSchema>;

/** Body of `POST /api/runs/{id}/timeline/carry`. */
export const CarryEditsSchema = z.object({ fromRunId: z.string().min(1).max(100) });
export type CarryEdits = z.infer<typeof CarryEditsSchema>;

export const CarriedEditsSchema = TimelineResourceSchema.extend({
  /** As they were done, with names and times of this film. */
  kept: z.array(OperationSchema),
  /** As they were asked for of the other film, and why they do not apply. */
  dropped: z.array(z.object({ operation: OperationSchema, reason: z.string() })),
});
export type CarriedEdits = z.infer<typeof CarriedEditsSchema>;
