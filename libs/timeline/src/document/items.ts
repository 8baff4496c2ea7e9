import { ClipIdSchema, TakeIdSchema } from '@showrunner/contracts';
import { z } from 'zod';
import { ItemIdSchema, MsSchema, TextSchema } from './primitives';

/** How an item follows the one before it. `auto`: a dissolve from one clip to the next where no card stands between them, else a cut. */
export const TransitionSchema = z.enum(['auto', 'cut', 'dissolve']);
export type Transition = z.infer<typeof TransitionSchema>;

const Base = {
  id: ItemIdSchema,
  clipId: ClipIdSchema,
  takeId: TakeIdSchema,
  transition: TransitionSchema.default('auto'),
};

/** A stretch of a take as it was filmed: from `inMs` to `outMs` on the take's clock, `speed` times as fast. */
export const FootageSchema = z.object({
  kind: z.literal('footage'),
  ...Base,
  inMs: MsSchema,
  outMs: MsSchema,
  speed: z.number().min(0.25).max(16).default(1),
});
export type Footage = z.infer<typeof FootageSchema>;

/** One picture of a take, held. */
export const StillSchema = z.object({
  kind: z.literal('still'),
  ...Base,
  atMs: MsSchema,
  durationMs: MsSchema,
});
export type Still = z.infer<typeof StillSchema>;

/** Words over a blurred picture of a take. `opening` names the film, `title` a feature; `progress` is its number and of how many. */
export const CardSchema = z.object({
  kind: z.literal('card'),
  ...Base,
  card: z.enum(['opening', 'title']),
  atMs: MsSchema,
  durationMs: MsSchema,
  title: TextSchema,
  body: TextSchema.default(''),
  /** What a voice says instead of the card's words; empty: nothing. */
  spoken: TextSchema.optional(),
  progress: z.object({ number: z.number().int().positive(), of: z.number().int().positive() }).optional(),
});
export type Card = z.infer<typeof CardSchema>;

/** What follows each other in a film; where an item stands in time is the sum of what is before it. */
export const ItemSchema = z.discriminatedUnion('kind', [FootageSchema, StillSchema, CardSchema]);
export type Item = z.infer<typeof ItemSchema>;
