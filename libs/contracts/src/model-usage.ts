import { z } from 'zod';

/** What was asked of one model for one purpose. */
export const ModelUseSchema = z.object({
  /** `app`: a model wrote the app that is filmed. */
  purpose: z.enum(['plan', 'step', 'app']),
  /** Which step, for `step`. */
  feature: z.string().nullable(),
  step: z.number().int().nullable(),
  /** `openai/gpt-5`. */
  model: z.string(),
  calls: z.number().int(),
  tokensIn: z.number().int(),
  tokensOut: z.number().int(),
  /** US dollars; null when the price of the model is not known. */
  costUsd: z.number().nullable(),
});
export type ModelUse = z.infer<typeof ModelUseSchema>;

/** Language models that were asked, and what they cost; of a run or a tenant. Answers that broke off count as what they can have cost at most. */
export const ModelUsageSchema = z.object({
  calls: z.number().int(),
  tokensIn: z.number().int(),
  tokensOut: z.number().int(),
  /** US dollars; null when the price of one of the models is not known. */
  costUsd: z.number().nullable(),
  /** Calls whose price is not known. */
  callsWithoutPrice: z.number().int(),
});
export type ModelUsage = z.infer<typeof ModelUsageSchema>;
