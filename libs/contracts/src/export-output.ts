import { z } from 'zod';
import type { FrameSize } from './run';

/** Formats of a film, and what is made of its steps instead of one: a step-by-step guide, an interactive demo. */
export const FILM_FORMATS = ['mp4', 'webm', 'gif'] as const;
export type FilmFormat = (typeof FILM_FORMATS)[number];
export const EXPORT_FORMATS = [...FILM_FORMATS, 'guide', 'demo'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
export const isFilmFormat = (format: ExportFormat): format is FilmFormat =>
  (FILM_FORMATS as readonly string[]).includes(format);

export const FILM_RATES = [30, 60] as const;
/** 480p to 4K. */
export const FILM_HEIGHTS = { min: 480, max: 2160 } as const;
/** Width by height; `source` is as the page was filmed. Films that are narrower than the page follow what is done. */
export const FILM_ASPECTS = ['source', '16:9', '9:16', '1:1', '4:5'] as const;
export const FilmAspectSchema = z.enum(FILM_ASPECTS);
export type FilmAspect = z.infer<typeof FilmAspectSchema>;
/** Looks by name. `plain` is the page alone, from edge to edge; the others show it as a window on a background. */
export const FILM_THEMES = ['plain', 'midnight', 'daylight', 'aurora', 'graphite'] as const;
export const FilmThemeSchema = z.enum(FILM_THEMES);
export type FilmTheme = z.infer<typeof FilmThemeSchema>;
/**
 * Who speaks a film's words. `auto`: the best voice without a network that knows the film's language; `heart`: English; `espeak`: any
 * language; `openai`, or `openai:<voice>`: the speech of OpenAI, or of the server at OPENAI_BASE_URL; `none`: nobody.
 */
export const VoiceNameSchema = z
  .string()
  .regex(
    /^(auto|none|heart|espeak|openai(:[A-Za-z0-9_.-]{1,60})?)$/u,
    'a voice: auto, heart, espeak, openai, openai:<voice> or none',
  );
export type VoiceName = z.infer<typeof VoiceNameSchema>;
/** Less than this holds no film. */
export const LEAST_BYTES = 50_000;

const OutputSchema = z.object({
  format: z.enum(EXPORT_FORMATS).default('mp4'),
  /** Absent: as filmed. */
  aspect: FilmAspectSchema.optional(),
  /** Absent: the page alone. */
  theme: FilmThemeSchema.optional(),
  /** Who speaks the film's words; whom its timeline names when absent, `none`: nobody. */
  voice: VoiceNameSchema.optional(),
  /** Height of the picture in px, even; the width follows. Absent: as filmed, of a GIF 480. */
  height: z.number().int().min(FILM_HEIGHTS.min).max(FILM_HEIGHTS.max).multipleOf(2).optional(),
  /** Frames a second of MP4 and WebM; 30 when absent. */
  fps: z.union([z.literal(FILM_RATES[0]), z.literal(FILM_RATES[1])]).optional(),
  /** Which version of the run's timeline is rendered; the present one when absent. Its looks give way to those named here. */
  timelineVersion: z.number().int().min(1).max(2_000_000_000).optional(),
  /** A GIF has at most so many bytes: its rate, colours and size are lowered until it has. */
  maxBytes: z.number().int().min(LEAST_BYTES).optional(),
});

const formatIs = (formats: readonly string[]) => ({
  properties: { format: { enum: formats } },
  required: ['format'],
});
const without = (names: readonly string[]) => ({
  properties: Object.fromEntries(names.map((name) => [name, false])),
});
/** Without a format it is an MP4. */
const unlessFormat = (formats: readonly string[], names: readonly string[]) => ({
  if: { properties: { format: { enum: formats } } },
  else: without(names),
});

/** What file an export makes. Everything has a default. */
export const ExportOutputSchema = OutputSchema.strict()
  .superRefine((output, context) => {
    const { format, fps, maxBytes } = output;
    const refuse = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    const isFilm = isFilmFormat(format);
    for (const name of ['aspect', 'theme', 'height'] as const)
      if (!isFilm && output[name] !== undefined)
        refuse(name, `a ${format} has the pictures of the take: leave it out`);
    if ((!isFilm || format === 'gif') && output.voice !== undefined)
      refuse('voice', `a ${format} has no sound: leave it out`);
    if ((!isFilm || format === 'gif') && fps !== undefined)
      refuse('fps', `a ${format} has no such rate: leave it out`);
    if (format !== 'gif' && maxBytes !== undefined)
      refuse('maxBytes', 'only the size of a GIF can be limited');
  })
  .meta({
    // The same in words of JSON Schema.
    allOf: [
      unlessFormat([...FILM_FORMATS], ['aspect', 'theme', 'height']),
      unlessFormat(
        FILM_FORMATS.filter((format) => format !== 'gif'),
        ['fps', 'voice'],
      ),
      { if: formatIs(['gif']), else: without(['maxBytes']) },
    ],
  });
export type ExportOutput = z.infer<typeof ExportOutputSchema>;
/** As it is asked for. */
export type ExportOutputInput = z.input<typeof ExportOutputSchema>;

/** Size of a picture of that height with the proportions of the take; both sides even. */
export function sizeOfHeight(filmed: FrameSize, height: number): FrameSize {
  return { width: Math.round((filmed.width * height) / filmed.height / 2) * 2, height };
}

/** A file that an export made. */
export const ExportFileSchema = z.object({
  name: z.string(),
  contentType: z.string(),
  bytes: z.number().int().nonnegative(),
});
export type ExportFile = z.infer<typeof ExportFileSchema>;

/** Names of what stands beside every film. */
export const FILM_FILES = {
  captionsVtt: 'captions.vtt',
  captionsSrt: 'captions.srt',
  chaptersVtt: 'chapters.vtt',
  chaptersJson: 'chapters.json',
  poster: 'poster.png',
  contactSheet: 'contact-sheet.png',
  outline: 'outline.json',
} as const;
export const videoFileOf = (format: FilmFormat): string => `video.${format}`;
