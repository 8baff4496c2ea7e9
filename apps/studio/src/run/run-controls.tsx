import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { answerOf, api } from '../api/client';
import type { Schemas } from '../api/client';
import { isOver } from '../api/queries';
import type { RunState } from '../api/queries';
import { Confirm } from '../parts/confirm';
import { ProblemNote } from '../parts/problem-note';

type Run = Schemas['RunReport'];

/** What can be done with a run as it stands. */
export function RunControls({ run, state }: { run: Run; state: RunState }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const path = { id: run.id };
  const stop = useMutation({
    mutationFn: (how: 'cancel' | 'kill') => answerOf(api.POST(`/runs/{id}/${how}`, { params: { path } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['run', run.id] }),
  });
  const replay = useMutation({
    mutationFn: () => answerOf(api.POST('/runs/{id}/replay', { params: { path } })),
    onSuccess: ({ id }) => navigate({ to: '/runs/$runId', params: { runId: id } }),
  });
  return (
    <div className="stack tight">
      <div className="row">
        {isOver(state) ? (
          <>
            <Link className="button small" to="/" search={{ project: run.projectId, run: run.id }}>
              Film it again
            </Link>
            {run.video === null ? null : (
              <Link className="button small" to="/runs/$runId/edit" params={{ runId: run.id }}>
                Edit the film
              </Link>
            )}
            {state === 'done' ? (
              <button
                type="button"
                className="button small"
                disabled={replay.isPending}
                onClick={() => replay.mutate()}
              >
                Same actions again
              </button>
            ) : null}
          </>
        ) : (
          <>
            <button
              type="button"
              className="button small"
              disabled={stop.isPending || stop.isSuccess}
              onClick={() => stop.mutate('cancel')}
            >
              {stop.isSuccess ? 'Stopping …' : 'Stop and keep what there is'}
            </button>
            <Confirm
              label="Stop at once"
              title="Stop this film at once?"
              onConfirm={() => stop.mutate('kill')}
            >
              The app and the browser end now, and nothing that was filmed is kept.
            </Confirm>
          </>
        )}
      </div>
      <ProblemNote error={stop.error ?? replay.error} />
    </div>
  );
}
