import { FilmAspectSchema, FilmThemeSchema, VoiceNameSchema } from '@showrunner/contracts';
import { z } from 'zod';
import { ColourSchema, TextSchema } from './primitives';

export const AspectSchema = FilmAspectSchema;
export type Aspect = z.infer<typeof AspectSchema>;

export const ThemeNameSchema = FilmThemeSchema;
export type ThemeName = z.infer<typeof ThemeNameSchema>;

export const BackgroundSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('colour'), colour: ColourSchema }),
  /** From one colour to another; 0 degrees goes to the right, 90 down. */
  z.object({
    kind: z.literal('gradient'),
    from: ColourSchema,
    to: ColourSchema,
    angle: z.number().min(0).max(360),
  }),
]);
export type Background = z.infer<typeof BackgroundSchema>;

/** What a brand or an editor changes of a theme. Lengths are shares of the film's shorter side. */
export const LookChangesSchema = z.object({
  background: BackgroundSchema.optional(),
  /** Around the window. */
  padding: z.number().min(0).max(0.3).optional(),
  cornerRadius: z.number().min(0).max(0.1).optional(),
  /** Opacity of the window's shadow. */
  shadow: z.number().min(0).max(1).optional(),
  frame: z.enum(['none', 'browser']).optional(),
  /** Of click marks, the bar of cards and eyebrows. */
  accent: ColourSchema.optional(),
  /** Family of titles and captions; where it is not installed, the next best one is taken. */
  font: z
    .string()
    .regex(/^[\p{L}\p{N} _-]{1,60}$/u)
    .optional(),
  /** A name in the corner of the background. */
  logoText: TextSchema.max(60).optional(),
});
export type LookChanges = z.infer<typeof LookChangesSchema>;

/** Who speaks what captions and cards say; nobody when a timeline names no voice. */
export const VoiceSchema = z.object({
  name: VoiceNameSchema,
  /** Of what is said, such as `en` or `pt-br`; found out from the words when absent. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})?$/u)
    .optional(),
});
export type FilmVoice = z.infer<typeof VoiceSchema>;

export const PointerSchema = z.object({
  style: z.enum(['arrow', 'none']).default('arrow'),
  /** 1 is 27 px high at 720p; the size stays the same under a zoom. */
  size: z.number().min(0.5).max(4).default(1),
  clicks: z.boolean().default(true),
});
export type PointerStyle = z.infer<typeof PointerSchema>;
