import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import type { Schemas } from '../api/client';
import { ProblemNote } from '../parts/problem-note';
import { chosenOf, moved, toggled } from './chosen-features';

type Review = NonNullable<Schemas['RunReport']['review']>;

/** What would be filmed, to be dropped and reordered before the plan is fixed. */
export function PlanReview({ runId, review }: { runId: string; review: Review }) {
  const queries = useQueryClient();
  const [choice, setChoice] = useState({
    order: review.features.map(({ id }) => id),
    dropped: [] as string[],
  });
  const chosen = chosenOf(choice);
  const answer = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/runs/{id}/review', { params: { path: { id: runId } }, body: { features: chosen } }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['run', runId] }),
  });
  const until =
    review.deadline === null ? '' : new Date(review.deadline).toLocaleTimeString([], { timeStyle: 'short' });
  return (
    <section className="card stack" aria-labelledby="plan-review">
      <h2 id="plan-review">Look at the plan</h2>
      <p className="muted small">
        Each of these was tried and works. Without a word from you all of it is filmed from {until} on.
      </p>
      <ol className="stack tight plan-review">
        {choice.order.map((id, at) => {
          const feature = review.features.find((one) => one.id === id);
          const title = feature?.title ?? id;
          return (
            <li key={id} className="row">
              <label className="check">
                <input
                  type="checkbox"
                  checked={!choice.dropped.includes(id)}
                  onChange={() => setChoice(toggled(choice, id))}
                />
                <span>
                  {title}
                  <br />
                  <span className="muted small">{feature?.description}</span>
                </span>
              </label>
              <button
                type="button"
                className="button small"
                aria-label={`Move up: ${title}`}
                aria-disabled={at === 0}
                onClick={() => setChoice(moved(choice, id, -1))}
              >
                ↑
              </button>
              <button
                type="button"
                className="button small"
                aria-label={`Move down: ${title}`}
                aria-disabled={at === choice.order.length - 1}
                onClick={() => setChoice(moved(choice, id, 1))}
              >
                ↓
              </button>
            </li>
          );
        })}
      </ol>
      {choice.order.some((id, at) => id !== review.features[at]?.id) || choice.dropped.length > 0 ? (
        <p className="muted small" role="status">
          They were tried in the order proposed. One that needs what came before it may not work now: then the
          film leaves it out and says so.
        </p>
      ) : null}
      {answer.error === null ? null : <ProblemNote error={answer.error} />}
      <div className="row">
        <button
          type="button"
          className="button primary"
          disabled={chosen.length === 0 || answer.isPending || answer.isSuccess}
          onClick={() => answer.mutate()}
        >
          {answer.isSuccess
            ? 'Going on …'
            : `Film ${chosen.length === 1 ? 'this one' : `these ${chosen.length}`}`}
        </button>
        {chosen.length === 0 ? <span className="muted small">Keep at least one.</span> : null}
      </div>
    </section>
  );
}
