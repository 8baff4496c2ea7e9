import { answerOf, type ApiClient } from '@showrunner/api-client';
import { InvalidInputError } from '@showrunner/contracts';
import type { PlanReview } from '@showrunner/contracts';
import { InvalidArgumentError } from 'commander';

/** @throws {InvalidArgumentError} what commander tells */
export function readMinutes(text: string): number {
  const minutes = Number(text);
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= 60) return minutes;
  throw new InvalidArgumentError('A whole number from 1 to 60 is needed.');
}

/** `review`: says what a plan that waits would show; with features, or `--accept`, lets its run go on. @returns exit code */
export async function reviewPlan(
  api: ApiClient,
  runId: string,
  words: readonly string[],
  isAccepted: boolean,
): Promise<number> {
  const path = { id: runId };
  const { review, state } = await answerOf(api.GET('/runs/{id}', { params: { path } }));
  if (review == null || (words.length === 0 && !isAccepted)) {
    process.stdout.write(
      review == null
        ? `Nobody asked to look at the plan of this run; it is ${state}.\n`
        : toldReview(runId, review),
    );
    return review == null ? 1 : 0;
  }
  const features = words.length === 0 ? undefined : chosenFeatures(review, words);
  const answered = await answerOf(api.POST('/runs/{id}/review', { params: { path }, body: { features } }));
  process.stdout.write(toldReview(runId, answered));
  return 0;
}

/** @throws {InvalidInputError} `review_feature_unknown` */
export function chosenFeatures(
  { features }: Pick<PlanReview, 'features'>,
  words: readonly string[],
): string[] {
  return words.map((word) => {
    const found = features.find(({ id }, at) => id === word || String(at + 1) === word);
    if (found !== undefined) return found.id;
    throw new InvalidInputError('review_feature_unknown', `The plan has no feature "${word}".`, {
      remedy: `Name numbers from 1 to ${features.length}, or ids: ${features.map(({ id }) => id).join(', ')}.`,
    });
  });
}

const TOLD: Record<PlanReview['state'], string> = {
  asked: 'There is no plan to look at yet.',
  open: 'The plan waits:',
  accepted: 'Filmed as proposed:',
  changed: 'Filmed as changed:',
  expired: 'Nobody looked at it in time, it is filmed as proposed:',
};

export function toldReview(runId: string, { state, features, deadline }: PlanReview): string {
  const lines = features.map(({ id, title }, at) => `${String(at + 1).padStart(3)}  ${title}  (${id})`);
  const next =
    state === 'open'
      ? [
          `It goes on as proposed at ${deadline ?? ''}. Choose: showrunner review ${runId} 1 2 …, or --accept.`,
        ]
      : [];
  return `${[TOLD[state], ...lines, ...next].join('\n')}\n`;
}
