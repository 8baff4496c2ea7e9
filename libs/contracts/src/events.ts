import { z } from 'zod';

export const EVENT_TYPES = [
  'PROJECT_CREATED',
  'BUILD_STAGE',
  'PREVIEW_READY',
  'SANDBOX_CREATED',
  'SANDBOX_DESTROYED',
  'PLAN_CREATED',
  'RUN_STATE',
  'RUN_PROGRESS',
  'AGENT_ACTION',
  'FEATURE_MILESTONE',
  'RECORDING_READY',
  'CLIPS_GENERATED',
  'EXPORT_PROGRESS',
  'EXPORT_READY',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** One event as it leaves the outbox. `id` grows within the whole platform and is the SSE `Last-Event-ID`. */
export const EventSchema = z.object({
  id: z.string(),
  type: z.enum(EVENT_TYPES),
  at: z.string(),
  projectId: z.string().nullable(),
  runId: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type ShowrunnerEvent = z.infer<typeof EventSchema>;
/** An event that has not been stored yet. */
export type NewEvent = Omit<ShowrunnerEvent, 'id' | 'at'>;
