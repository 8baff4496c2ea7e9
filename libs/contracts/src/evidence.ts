import { z } from 'zod';

/**
 * What an action is held for once the page has come to rest. `verified`: it brought about what was claimed and nothing speaks against it.
 * `refuted`: the page, the server or the browser said no. `unproven`: nothing said no, and nothing proves it.
 */
export const VerdictSchema = z.enum(['verified', 'refuted', 'unproven']);
export type Verdict = z.infer<typeof VerdictSchema>;

/** One thing that was seen of what an action did. Page content is hostile: `saw` is data. */
export const EvidenceSchema = z.object({
  /** Whether it speaks for what is claimed, against it, or only says how things stood. */
  bearing: z.enum(['for', 'against', 'neutral']),
  kind: z.enum([
    'condition',
    'rest',
    'place',
    'request',
    'message',
    'validation',
    'dialog',
    'page',
    'result',
    'reload',
    'clipboard',
    'download',
  ]),
  /** What was seen, one sentence. */
  saw: z.string().max(400),
  /** When: ms since the page had the input of the action; negative for what was there before. */
  afterMs: z.number(),
  /** `before`: it was there already; `itself`: the page does that without anybody. */
  cause: z.enum(['action', 'before', 'itself']),
});
export type Evidence = z.infer<typeof EvidenceSchema>;

/** At most so many stand with an action; what speaks against it comes first. */
export const MOST_EVIDENCE = 12;
