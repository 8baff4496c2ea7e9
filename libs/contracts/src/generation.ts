import { z } from 'zod';
import { RunFailureSchema } from './run';
import { ModelUsageSchema } from './model-usage';
import { AppKindSchema } from './templates';

/** Longest prompt, characters. */
export const MAX_PROMPT_LENGTH = 4000;

/** Where the writing of an app is: `writing` by a model, `starting` in a sandbox, `running` once it was seen to answer. */
export const GENERATION_STATES = ['queued', 'writing', 'starting', 'running', 'failed'] as const;
export const GenerationStateSchema = z.enum(GENERATION_STATES);
export type GenerationState = z.infer<typeof GenerationStateSchema>;

/** An app that is or was written for a prompt. */
export const GenerationSchema = z.object({
  prompt: z.string(),
  kind: AppKindSchema,
  state: GenerationStateSchema,
  message: z.string(),
  /** Which attempt this is, from 1; the last is made with the fallback prompt. */
  attempt: z.number().int(),
  failure: RunFailureSchema.nullable(),
  /** What a reader should know, one sentence each: why an attempt failed, what was not looked up. */
  notes: z.array(z.string()),
  /** Who wrote it, `openai/gpt-5`; null before, and where files were taken over. */
  model: z.string().nullable(),
  /** The project of an equal prompt whose files were taken over. */
  reusedFrom: z.string().nullable(),
  /** Of the app that runs, or that was tried last. */
  buildId: z.string().nullable(),
  /** What models cost for it. */
  usage: ModelUsageSchema,
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});
export type Generation = z.infer<typeof GenerationSchema>;

/** Words that say nothing of what an app is. */
const FILLERS = new Set(
  'a an the please me my i we us our want need would like to can could you make create build write generate give design develop code app application website webapp web site page simple small little nice that which with some'.split(
    ' ',
  ),
);

/**
 * A prompt as its meaning is compared: without case, marks and the words that only ask. Equal keys are taken for equal wishes, so it leaves the
 * order and everything that could be a feature as it is.
 */
export function promptKey(prompt: string): string {
  const words = prompt
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}+#-]+/u)
    .filter((word) => word !== '' && !FILLERS.has(word));
  return words.join(' ');
}
