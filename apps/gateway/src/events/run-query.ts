import { z } from 'zod';

/** Where the reading of a run's events begins, and what of it is wanted. */
export const RunQuerySchema = z.object({
  lastEventId: z
    .string()
    .regex(/^\d{1,18}(\.\d{1,10})?$/, 'must be the id of a message')
    .optional(),
  log: z
    .enum(['true', 'false'])
    .default('false')
    .describe('Also the lines of the log of install and app, as messages of type LOG.'),
});
