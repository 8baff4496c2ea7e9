import { z } from 'zod';

/** A request that the page of an API offers. */
export const ApiCallSchema = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** From `/`, with values that work: `/notes/1`. */
  path: z
    .string()
    .min(1)
    .max(200)
    .regex(/^\/[\w\-./?=&%:@,+~]*$/, 'must be a path that begins with /'),
  /** What it does, as a button says it: `List notes`. */
  title: z.string().min(1).max(60),
  /** JSON to send; null for none. */
  body: z.string().max(2000).nullable(),
});
export type ApiCall = z.infer<typeof ApiCallSchema>;

/** Something that a script is told, an argument of its command line. */
export const ScriptInputSchema = z.object({
  label: z.string().min(1).max(60),
  example: z.string().max(200),
});
export type ScriptInput = z.infer<typeof ScriptInputSchema>;

/** What a model writes: an app in files, and what is needed to show it. */
export const WrittenAppSchema = z.object({
  title: z.string().min(1).max(80),
  /** One sentence. */
  summary: z.string().max(300),
  files: z
    .array(z.object({ path: z.string().min(1).max(200), content: z.string().max(40_000) }))
    .min(1)
    .max(40),
  /** Of an API: what its page offers. */
  calls: z.array(ApiCallSchema).max(12),
  /** Of a script: what it takes. */
  inputs: z.array(ScriptInputSchema).max(6),
});
export type WrittenApp = z.infer<typeof WrittenAppSchema>;
