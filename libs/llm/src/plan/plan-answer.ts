import { FEATURE_KINDS } from '@showrunner/contracts';
import { z } from 'zod';

/** What a model may answer to a plan: ids of what it was shown, and words. Never an address, a selector or code. */
export const PlanAnswerSchema = z.object({
  features: z
    .array(
      z.object({
        /** `c3`; null for steps of its own. */
        candidate: z.string().max(10).nullable(),
        /** Number of the part of the intent that it shows, from 1. */
        part: z.number().int().nullable(),
        kind: z.enum(FEATURE_KINDS),
        title: z.string().max(200),
        description: z.string().max(500),
        /** Number of the page that its own steps begin on. */
        page: z.number().int().nullable(),
        steps: z
          .array(
            z.object({
              do: z.enum(['click', 'type', 'press', 'select', 'hover', 'scroll']),
              /** `e14`, of the page. */
              element: z.string().max(10).nullable(),
              text: z.string().max(300).nullable(),
              caption: z.string().max(300),
              expect: z.string().max(200).nullable(),
            }),
          )
          .max(10),
      }),
    )
    .max(12),
});
export type PlanAnswer = z.infer<typeof PlanAnswerSchema>;
export type PlannedFeature = PlanAnswer['features'][number];
export type PlannedStep = PlannedFeature['steps'][number];
