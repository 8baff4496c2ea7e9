import {
  BoxSchema,
  ChosenFromSchema,
  ClipIdSchema,
  FrameSizeSchema,
  RunIdSchema,
  TakeIdSchema,
} from '@showrunner/contracts';
import { z } from 'zod';
import { ItemSchema } from './items';
import { AspectSchema, LookChangesSchema, PointerSchema, ThemeNameSchema, VoiceSchema } from './look';
import { BlurSchema, CalloutSchema, CaptionSchema, ZoomSchema } from './overlays';
import { MsSchema, TextSchema } from './primitives';

export const TIMELINE_VERSION = 1;

/** A feature of the film: what of it stands in the items of `clipId`. */
export const ChapterSchema = z.object({
  clipId: ClipIdSchema,
  feature: z.string().max(200),
  title: TextSchema,
  description: TextSchema.default(''),
});
export type Chapter = z.infer<typeof ChapterSchema>;

/** Something that was done, as far as it is shown: where the pointer goes and what a camera follows. Facts of the take, on its clock. */
export const TimelineActionSchema = z.object({
  clipId: ClipIdSchema,
  takeId: TakeIdSchema,
  step: z.number().int(),
  /** `StepAction.type`. */
  type: z.string().max(40),
  startMs: z.number(),
  actMs: z.number(),
  endMs: z.number(),
  box: BoxSchema.nullable(),
  drag: z.object({ to: BoxSchema, ms: z.number().nonnegative() }).optional(),
  revealed: z.array(BoxSchema).max(8).optional(),
  /** Where the page that it led to says what it is. */
  opened: BoxSchema.optional(),
  /** What was chosen of a list that no picture shows. */
  option: TextSchema.optional(),
  /** The list itself, drawn at the film. */
  list: ChosenFromSchema.optional(),
});
export type TimelineAction = z.infer<typeof TimelineActionSchema>;

const MOST = 5000;

/** What a film shows and how; the renderer reads nothing else but the pictures of the takes. */
export const TimelineSchema = z.object({
  version: z.literal(TIMELINE_VERSION),
  runId: RunIdSchema,
  title: TextSchema,
  /** What boxes are measured in: the page as it was filmed. */
  page: FrameSizeSchema,
  takes: z.array(z.object({ takeId: TakeIdSchema, durationMs: MsSchema })).max(100),
  aspect: AspectSchema.default('source'),
  theme: ThemeNameSchema.default('plain'),
  look: LookChangesSchema.default({}),
  pointer: PointerSchema.default({ style: 'arrow', size: 1, clicks: true }),
  voice: VoiceSchema.nullable().default(null),
  /** In the order of the film. */
  items: z.array(ItemSchema).min(1).max(MOST),
  chapters: z.array(ChapterSchema).max(MOST),
  /** On the film's clock, as callouts, zooms and blurs: ms since its first frame. */
  captions: z.array(CaptionSchema).max(MOST).default([]),
  callouts: z.array(CalloutSchema).max(MOST).default([]),
  zooms: z.array(ZoomSchema).max(MOST).default([]),
  blurs: z.array(BlurSchema).max(MOST).default([]),
  actions: z.array(TimelineActionSchema).max(20_000).default([]),
});
export type Timeline = z.infer<typeof TimelineSchema>;
