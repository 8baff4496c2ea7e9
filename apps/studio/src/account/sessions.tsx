import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answerOf, api } from '../api/client';
import { sessionsQuery } from '../api/queries';
import { Confirm } from '../parts/confirm';
import { ProblemNote } from '../parts/problem-note';
import { ago } from '../parts/times';

/** Browsers in which this person is signed in. */
export function Sessions() {
  const { data, error } = useQuery(sessionsQuery);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const end = useMutation({
    mutationFn: () => answerOf(api.DELETE('/account/sessions')),
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: '/sign-in' });
    },
  });
  return (
    <section className="card stack tight">
      <div className="row spread">
        <h2>Where you are signed in</h2>
        <Confirm
          label="Sign out everywhere"
          title="Sign out in every browser?"
          onConfirm={() => end.mutate()}
          isBusy={end.isPending}
        >
          Here as well. What streams or plays in them ends.
        </Confirm>
      </div>
      <ProblemNote error={error ?? end.error} />
      <ul className="stack tight">
        {(data?.data ?? []).map((session) => (
          <li key={session.id} className="small">
            {session.browser === '' ? 'A browser' : session.browser}
            <span className="muted">
              {' '}
              · {session.tenantId} · {session.address} · used {ago(session.lastUsedAt)}
              {session.isThis ? ' · this one' : ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
