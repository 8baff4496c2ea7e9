import { z } from 'zod';
import { ERROR_CODES } from './errors/catalogue';

export const ErrorCodeSchema = z.enum(ERROR_CODES);

/** RFC 9457 problem details, with our stable `code` and a `remedy`: what the reader can do next. */
export const ProblemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: ErrorCodeSchema,
  remedy: z.string().optional(),
  instance: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof ProblemSchema>;

/** A problem as another version of the platform may tell it: with a code that this one does not know. */
export const ToldProblemSchema = ProblemSchema.extend({ code: z.string() });
