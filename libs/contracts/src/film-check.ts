import { z } from 'zod';

/** What is looked at in a finished file, in this order. */
export const FILM_CHECKS = [
  'streams',
  'size',
  'colours',
  'duration',
  'rate',
  'black',
  'frozen',
  'captions',
  'zooms',
  'readable',
  'pointer',
  'clicks',
  'states',
  'white',
  'covered',
] as const;
export type FilmCheckName = (typeof FILM_CHECKS)[number];

export const FilmCheckSchema = z.object({
  name: z.enum(FILM_CHECKS),
  /** `skipped`: this file has no such thing. */
  result: z.enum(['passed', 'failed', 'skipped']),
  /** What was measured, or what is wrong and where, in one sentence. */
  detail: z.string(),
});
/** One way in which a finished file was held against what happened. */
export type FilmCheck = z.infer<typeof FilmCheckSchema>;
