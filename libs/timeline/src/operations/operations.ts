import { z } from 'zod';
import { AspectSchema, LookChangesSchema, ThemeNameSchema, VoiceSchema } from '../document/look';
import { BlurSchema, CalloutSchema, CaptionSchema, ZoomSchema } from '../document/overlays';
import { ItemIdSchema, MsSchema, TextSchema } from '../document/primitives';
import { TimelineSchema } from '../document/timeline';
import { TransitionSchema } from '../document/items';

const id = ItemIdSchema;

/** Everything of a timeline that an editor can change. */
const FilmSchema = TimelineSchema.pick({
  ...{ title: true, aspect: true, theme: true, look: true, pointer: true, voice: true },
  ...{ items: true, chapters: true, captions: true, callouts: true, zooms: true, blurs: true },
});

/** Everything that an editor can do to a timeline. Times of captions, callouts, zooms and blurs are ms of the film as it is before. */
export const OperationSchema = z.discriminatedUnion('op', [
  /** Footage begins or ends elsewhere in its take; what is left out stays. */
  z.object({ op: z.literal('trim'), id, inMs: MsSchema.optional(), outMs: MsSchema.optional() }),
  z.object({ op: z.literal('setSpeed'), id, speed: z.number().min(0.25).max(16) }),
  /** Of a card or a held picture. */
  z.object({ op: z.literal('setDuration'), id, durationMs: MsSchema.min(1) }),
  z.object({ op: z.literal('setTransition'), id, transition: TransitionSchema }),
  /** To the place that `index` names once it is taken out, from 0. */
  z.object({ op: z.literal('move'), id, index: z.number().int().nonnegative() }),
  /** An item, a caption, a callout, a zoom or a blur. */
  z.object({ op: z.literal('remove'), id }),
  /** `spoken`, here and of a caption: what a voice says instead; null: what is to be read. */
  z.object({
    ...{ op: z.literal('setCard'), id, title: TextSchema.optional(), body: TextSchema.optional() },
    spoken: TextSchema.nullable().optional(),
  }),
  z.object({
    ...{ op: z.literal('setCaption'), id, text: TextSchema.optional() },
    ...{ startMs: MsSchema.optional(), endMs: MsSchema.optional(), spoken: TextSchema.nullable().optional() },
  }),
  z.object({ op: z.literal('addCaption'), caption: CaptionSchema }),
  z.object({ op: z.literal('addCallout'), callout: CalloutSchema }),
  z.object({ op: z.literal('addZoom'), zoom: ZoomSchema }),
  z.object({ op: z.literal('addBlur'), blur: BlurSchema }),
  z.object({ op: z.literal('setTitle'), title: TextSchema }),
  z.object({ op: z.literal('setTheme'), theme: ThemeNameSchema }),
  z.object({ op: z.literal('setAspect'), aspect: AspectSchema }),
  /** Who speaks; null: nobody. */
  z.object({ op: z.literal('setVoice'), voice: VoiceSchema.nullable() }),
  /** The whole of what is changed of the theme. */
  z.object({ op: z.literal('setLook'), look: LookChangesSchema }),
  /** The film as a whole, as it was read from a document; facts of the run stay. */
  z.object({ op: z.literal('replace'), film: FilmSchema }),
]);
export type Operation = z.infer<typeof OperationSchema>;
