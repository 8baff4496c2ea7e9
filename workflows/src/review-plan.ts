import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import type { PlanReview, ProposedFeature, ReviewPlan, RunState } from '@showrunner/contracts';
import { state } from './activity-options';
import { reviewUpdate } from './messages';

/** Waits for somebody's word on what is proposed, or until its time is up. @returns ids of the features to film, in order */
export async function reviewedFeatures(
  runId: string,
  minutes: number,
  features: ProposedFeature[],
  enter: (next: RunState, text: string) => Promise<void>,
): Promise<string[]> {
  const patienceMs = minutes * 60_000;
  const deadline = new Date(Date.now() + patienceMs).toISOString();
  const proposed: PlanReview = { state: 'open', minutes, deadline, features };
  let answered: PlanReview | undefined;
  let isOver = false;
  setHandler(
    reviewUpdate,
    (asked) => {
      answered = reviewed(proposed, asked);
      return answered;
    },
    {
      validator: ({ features: ids }) => {
        if (answered !== undefined || isOver) throw refused('review_not_open', 'The plan is fixed already.');
        const unknown = ids?.find((id: string) => !features.some((feature) => feature.id === id));
        if (unknown !== undefined)
          throw refused('review_feature_unknown', `The plan has no feature "${unknown}".`);
      },
    },
  );
  await state.setReview({ runId, review: proposed });
  await enter('planning', `Waiting for somebody to look at the plan, ${minutes} min at most`);
  await condition(() => answered !== undefined, patienceMs);
  isOver = true;
  const review: PlanReview = answered ?? { ...proposed, state: 'expired' };
  await state.setReview({ runId, review });
  if (review.state === 'expired') {
    const note = `Nobody looked at the plan within ${minutes} minutes: it is filmed as it was proposed.`;
    await state.setRunState({ runId, state: 'planning', message: note, notes: [note] });
  }
  return review.features.map(({ id }) => id);
}

function reviewed(proposed: PlanReview, { features: ids }: ReviewPlan): PlanReview {
  const all = proposed.features;
  const features = (ids ?? all.map((one) => one.id)).flatMap((id: string) =>
    all.filter((feature) => feature.id === id),
  );
  const isSame = features.length === all.length && features.every(({ id }, at) => id === all[at]?.id);
  return { ...proposed, features, state: isSame ? 'accepted' : 'changed' };
}

const refused = (type: string, message: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(message, type);
