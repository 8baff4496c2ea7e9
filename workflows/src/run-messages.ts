import { intentNotShown, intentOutcomes } from '@showrunner/contracts';
import type {
  FeatureOutcome,
  ProduceVideoInput,
  ProduceVideoResult,
  RunFailure,
} from '@showrunner/contracts';
import { comparedMessage } from './compare-states';

export const countVerified = (outcomes: readonly FeatureOutcome[]): number =>
  outcomes.filter((outcome) => outcome.verified).length;

export const checkedMessage = ({ outcomes }: ProduceVideoResult): string =>
  `Checked: ${countVerified(outcomes)} of ${outcomes.length} features work`;

export function doneMessage(input: ProduceVideoInput, result: ProduceVideoResult): string {
  const { outcomes, limit, intentParts, verdicts } = result;
  if (input.base && verdicts) return comparedMessage(input.base, verdicts);
  const parts = intentOutcomes(intentParts ?? [], outcomes, 'done');
  const missing = parts.filter(({ status }) => status === 'not_shown');
  const partly = `${parts.length - missing.length} of ${parts.length} parts of the intent shown; missing: ${missing.map(({ text }) => text).join('; ')}`;
  const done = missing.length > 0 ? partly : `${countVerified(outcomes)} features proven and filmed`;
  return limit ? `${done}; the film ends early: ${limit.message}` : done;
}

export function keptNotes({ outcomes }: ProduceVideoResult): string[] {
  const verified = countVerified(outcomes);
  return verified > 0 ? [`${verified} features were proven before; their clips and actions are kept.`] : [];
}

export function nothingShown({ outcomes, limit, intentParts }: ProduceVideoResult): RunFailure {
  if (limit) return limit;
  if (intentParts)
    return { ...intentNotShown(intentOutcomes(intentParts, outcomes, 'failed')), stage: 'filming' };
  const reasons = outcomes.map((outcome) => `${outcome.title}: ${outcome.reason ?? 'not proven'}`).join('; ');
  return {
    code: 'no_feature_proven',
    message: `None of the planned features could be proven. ${reasons}`,
    stage: 'filming',
    remedy: 'Say with --intent what to show, or look at actions.jsonl for what was tried.',
  };
}
