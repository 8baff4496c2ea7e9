import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { answerOf, api } from '../api/client';
import type { Schemas } from '../api/client';
import { ProblemNote } from '../parts/problem-note';
import { actionOf, readRemedy } from '../parts/remedies';
import { printable } from './printable';

type Run = Schemas['RunReport'];

/** Why there is no film, what to do about it, and the two ways to go on. */
export function FailureNote({ run, build }: { run: Run; build: Schemas['Build'] | undefined }) {
  const navigate = useNavigate();
  const again = useMutation({
    mutationFn: () => answerOf(api.POST('/runs', { body: sameAgain(run, build) })),
    onSuccess: ({ id }) => navigate({ to: '/runs/$runId', params: { runId: id } }),
  });
  const { message, remedy } = run.failure ?? { message: run.message, remedy: undefined };
  const { words, fields } = readRemedy(remedy ?? '');
  const hasSecrets = (build?.overrides.envNames ?? []).length > 0;
  return (
    <section className="note bad" aria-labelledby="failure">
      <h2 id="failure">There is no film of this</h2>
      <p className="failure-words">{printable(message)}</p>
      {words === '' ? null : <p className="small">{printable(words)}</p>}
      <div className="row">
        {fields.map((field) => (
          <Link
            key={field}
            className="button primary"
            to="/"
            search={{ project: run.projectId, run: run.id, field }}
          >
            {actionOf(field)}
          </Link>
        ))}
        {hasSecrets ? null : (
          <button
            type="button"
            className={`button ${fields.length === 0 ? 'primary' : ''}`}
            disabled={again.isPending}
            onClick={() => again.mutate()}
          >
            Try again
          </button>
        )}
        <Link className="button" to="/" search={{ project: run.projectId, run: run.id }}>
          Change options and try again
        </Link>
      </div>
      {hasSecrets ? (
        <p className="small">
          Values of its environment are not shown again: give them once more for another try.
        </p>
      ) : null}
      <ProblemNote error={again.error} />
    </section>
  );
}

/** The same request once more, of what is known of it. */
function sameAgain({ projectId, intent, pace }: Run, build: Schemas['Build'] | undefined) {
  const { install, start, port, dockerfile } = build?.overrides ?? {};
  return { projectId, intent, pace, overrides: { install, start, port, dockerfile } };
}
