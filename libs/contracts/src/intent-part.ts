import { z } from 'zod';
import { InvalidInputError } from './errors';
import type { RunState } from './run';

/** One thing that an intent asks for, as a plan has it: the feature that shows it, or why there is none. */
export const IntentPartSchema = z.object({
  /** As the user said it. */
  text: z.string().max(300),
  /** Id of the feature of the plan that is this part. */
  feature: z.string().optional(),
  reason: z.string().max(400).optional(),
});
export type IntentPart = z.infer<typeof IntentPartSchema>;

/** What became of a part: only a feature that was filmed and verified shows it. */
export const IntentPartOutcomeSchema = IntentPartSchema.extend({
  status: z.enum(['shown', 'not_shown']),
});
export type IntentPartOutcome = z.infer<typeof IntentPartOutcomeSchema>;

interface Outcome {
  feature: string;
  verified: boolean;
  reason?: string | undefined;
}

/**
 * The parts with what became of them. `outcomes`: of the filmed features, none before filming has ended; `state`: of the run. Who stopped the
 * film keeps its clips; a run that failed shows nothing.
 */
export function intentOutcomes(
  parts: readonly IntentPart[],
  outcomes: readonly Outcome[],
  state: RunState,
): IntentPartOutcome[] {
  const isKept = state === 'done' || state === 'cancelled';
  return parts.map((part): IntentPartOutcome => {
    const outcome = outcomes.find(({ feature }) => feature === part.feature);
    if (outcome?.verified && isKept) return { ...part, status: 'shown' };
    const reason =
      part.reason ?? outcome?.reason ?? (outcome?.verified ? 'The film was not made.' : 'It was not filmed.');
    return { ...part, status: 'not_shown', reason: reason.slice(0, 400) };
  });
}

/** One sentence for each part that is not shown. */
export const notShownNotes = (parts: readonly IntentPartOutcome[]): string[] =>
  parts
    .filter(({ status }) => status === 'not_shown')
    .map(({ text, reason }) => `Asked for and not shown: ${text}. ${reason ?? ''}`.trim());

/** Ids of the features that were asked for; undefined when the intent names none, and everything may be shown. */
export const askedFeatures = (parts: readonly IntentPart[] | undefined): Set<string> | undefined =>
  parts === undefined ? undefined : new Set(parts.flatMap(({ feature }) => feature ?? []));

/** What is told when nothing of an intent was shown: code, sentence, remedy. */
export function intentNotShown(parts: readonly IntentPart[]): {
  code: 'intent_not_shown';
  message: string;
  remedy: string;
} {
  const reasons = parts
    .map(({ text, reason }) => `${text}: ${reason ?? 'it could not be proven'}`)
    .join('; ');
  return {
    code: 'intent_not_shown',
    message:
      `Nothing of what was asked for could be shown, and nothing else was filmed instead. ${reasons}`.slice(
        0,
        2000,
      ),
    remedy:
      'Say it with the words that the app itself uses, put names in quotation marks, or leave --intent out.',
  };
}

/** Nothing of what the intent asks for was found or works in the app. */
export class IntentNotShownError extends InvalidInputError {
  constructor(parts: readonly IntentPart[]) {
    const { code, message, remedy } = intentNotShown(parts);
    super(code, message, { remedy, status: 422, details: { parts } });
  }
}
