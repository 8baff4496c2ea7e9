import { z } from 'zod';
import { AppError } from '@showrunner/contracts';
import type { Decider, Decision, PageLook, PageSnapshot, StepToDecide, Target } from '@showrunner/contracts';
import { askModels } from '../ask/ask-models';
import type { Patience } from '../ask/ask-models';
import type { Guard } from '../guard';
import { nameOf } from '../model.types';
import type { ModelClient, Part } from '../model.types';
import { plain } from '../prompts/page-data';
import { loadTokenizer } from '../prompts/tokens';
import { decisionKey } from './decision-cache';
import type { DecisionCache } from './decision-cache';
import { stepPrompt } from './step-prompt';

/** Sent with decisions of a step: an answer is three short fields, the rest is for models that think first. */
const MOST_OUTPUT_TOKENS = 3000;
/** Less sure than this is a guess. */
const SURE = 0.5;

export interface ModelDeciderOptions {
  clients: readonly ModelClient[];
  guard: Guard;
  cache: DecisionCache;
  /** Whether pictures may go along. */
  pictures: boolean;
  patience: Patience;
  now: () => Date;
}

/**
 * Says what a step means whose target is not on the page: from what was decided before on the same page, else by a model. It chooses among what is listed and
 * can answer nothing else. Nobody who can be asked is no failure: the step is then `missing`, as it was.
 */
export function modelDecider(options: ModelDeciderOptions): Decider {
  const { clients, guard, cache, patience } = options;
  const [first] = clients;
  const by = first === undefined ? 'model' : nameOf(first);
  return {
    name: by,
    async resolve(page: PageSnapshot, step: StepToDecide, look?: PageLook): Promise<Decision> {
      await loadTokenizer();
      const prompt = stepPrompt(page, step, guard);
      if (prompt === undefined) return missing(by, 'Nothing on the page could be meant.');
      const listed = [...prompt.choices.values()];
      const kept = await cache.find(decisionKey(step, page.fingerprint));
      // What must not be touched is not touched because it once was.
      if (kept?.target && listed.some((target) => isSame(target, kept.target)))
        return { ...kept, fingerprint: page.fingerprint, cached: true };
      try {
        const { value, model } = await askModels(
          clients,
          {
            name: 'step_target',
            system: prompt.system,
            parts: [{ text: prompt.text }, ...(prompt.needsPicture ? await picture(options, look) : [])],
            schema: choiceSchema(prompt.choices),
            maxOutputTokens: MOST_OUTPUT_TOKENS,
          },
          patience,
        );
        const target = value.choice === null ? undefined : prompt.choices.get(value.choice);
        const why = plain(value.why, 300);
        if (target === undefined || value.confidence < SURE) return missing(model, why || 'It is not sure.');
        return {
          ...{ by: model, outcome: 'resolved', target, confidence: value.confidence, evidence: why },
          ...{ fingerprint: page.fingerprint, decidedAt: options.now().toISOString() },
        };
      } catch (error) {
        if (!(error instanceof AppError) || error.retryable) throw error;
        return missing(by, plain(error.message, 300));
      }
    },
  };
}

const missing = (by: string, evidence: string): Decision => ({
  ...{ by, outcome: 'missing', target: null, confidence: 0, evidence },
});

const isSame = (a: Target, b: Target | null): boolean =>
  b !== null && a.role === b.role && a.name === b.name && (a.nth ?? 0) === (b.nth ?? 0);

const choiceSchema = (choices: ReadonlyMap<number, Target>) =>
  z.object({
    choice: z
      .number()
      .int()
      .nullable()
      .refine((choice) => choice === null || choices.has(choice), 'is no number of the list'),
    confidence: z.number().min(0).max(1),
    why: z.string().max(600),
  });

/** A picture that cannot be had is done without. */
async function picture({ pictures }: ModelDeciderOptions, look: PageLook | undefined): Promise<Part[]> {
  if (!pictures || look === undefined) return [];
  const jpeg = await look.picture();
  return jpeg === undefined ? [] : [{ jpeg }];
}
