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
  'secrets',
  'sound',
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

/** How well the film shows what happened, not whether it did: what fails here is told, and the film is kept. */
const LOOKS: ReadonlySet<FilmCheckName> = new Set([
  'frozen',
  'captions',
  'zooms',
  'readable',
  'pointer',
  'white',
]);
/** A film that fails such a check is not what it is said to be. */
export const isUntrue = ({ name, result }: FilmCheck): boolean => result === 'failed' && !LOOKS.has(name);
