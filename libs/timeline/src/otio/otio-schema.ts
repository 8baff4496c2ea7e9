import { z } from 'zod';
import { FPS } from '../document/primitives';

/** An object of OpenTimelineIO's JSON, as its library 0.18 writes it: what it is, with its version, and its fields. */
export interface OtioObject {
  OTIO_SCHEMA: string;
  [field: string]: unknown;
}

/** A document for OpenTimelineIO: https://opentimelineio.readthedocs.io/en/latest/tutorials/otio-serialized-schema.html */
export interface OtioTimeline extends OtioObject {
  OTIO_SCHEMA: 'Timeline.1';
  name: string;
  metadata: Record<string, unknown>;
  tracks: OtioObject;
}

/** Under this name stands in `metadata` what OpenTimelineIO has no word for. */
export const OWN = 'showrunner';
/** `generator_kind` of cards. */
export const CARD_KIND = 'showrunner.card';
export const DISSOLVE = 'SMPTE_Dissolve';

const framesOf = (ms: number): number => Math.round((ms * FPS) / 1000);

/** On whole frames of the film: editing programs know no others. */
export const rationalTime = (ms: number): OtioObject => timeOfFrames(framesOf(ms));

export const timeOfFrames = (value: number): OtioObject => ({
  OTIO_SCHEMA: 'RationalTime.1',
  rate: FPS,
  value,
});

/** @param durationMs none is shorter than a frame */
export const timeRange = (startMs: number, durationMs: number): OtioObject => ({
  OTIO_SCHEMA: 'TimeRange.1',
  start_time: rationalTime(startMs),
  duration: timeOfFrames(Math.max(1, framesOf(durationMs))),
});

/** Both are the same as far as whole frames tell. */
export const isSameFrame = (ms: number, other: number): boolean => Math.abs(ms - other) <= 500 / FPS + 0.5;

/** No film, and no take, is as long: beyond it a time is a mistake. */
const MOST_MS = 30 * 86_400_000;

const RationalTimeSchema = z
  .object({ rate: z.number().positive(), value: z.number() })
  .transform(({ rate, value }) => (value * 1000) / rate)
  .refine((ms) => Math.abs(ms) <= MOST_MS);

/** A range of time, ms. */
export const TimeRangeSchema = z
  .object({ start_time: RationalTimeSchema, duration: RationalTimeSchema })
  .transform(({ start_time: startMs, duration: durationMs }) => ({ startMs, durationMs }));

/** Fields that everything in a composition has; those that are missing or of another kind are as if they were empty. */
const Common = {
  name: z.string().catch(''),
  metadata: z.record(z.string(), z.unknown()).catch({}),
  effects: z.array(z.unknown()).catch([]),
  markers: z.array(z.unknown()).catch([]),
  enabled: z.boolean().catch(true),
};

export const CompositionSchema = z.object({
  ...Common,
  kind: z.string().catch('Video'),
  children: z.array(z.unknown()).catch([]),
});

const MediaSchema = z.object({
  OTIO_SCHEMA: z.string(),
  metadata: z.record(z.string(), z.unknown()).catch({}),
  target_url: z.string().catch(''),
  generator_kind: z.string().catch(''),
  parameters: z.record(z.string(), z.unknown()).catch({}),
  available_range: TimeRangeSchema.nullable().catch(null),
});

/** `Clip.2` has several media, `Clip.1` one. */
export const OtioClipSchema = z
  .object({
    ...Common,
    source_range: TimeRangeSchema.nullable().catch(null),
    media_reference: MediaSchema.nullable().catch(null),
    media_references: z.record(z.string(), z.unknown()).catch({}),
    active_media_reference_key: z.string().catch('DEFAULT_MEDIA'),
  })
  .transform(({ media_reference: only, media_references: all, active_media_reference_key: key, ...clip }) => {
    const active = Object.hasOwn(all, key) ? MediaSchema.safeParse(all[key]) : null;
    return { ...clip, media: active?.success === true ? active.data : only };
  });
export type OtioClip = z.infer<typeof OtioClipSchema>;

export const OtioMarkerSchema = z.object({
  ...Common,
  comment: z.string().catch(''),
  marked_range: TimeRangeSchema,
});
export type OtioMarker = z.infer<typeof OtioMarkerSchema>;

/** `Clip` of `Clip.2`; empty for what is no object of OpenTimelineIO. */
export function kindOf(value: unknown): string {
  const kind = z.object({ OTIO_SCHEMA: z.string() }).safeParse(value);
  return kind.success ? (/^[A-Za-z]+(?=\.\d+$)/.exec(kind.data.OTIO_SCHEMA)?.[0] ?? '') : '';
}
