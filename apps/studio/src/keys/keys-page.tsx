import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import type { Schemas } from '../api/client';
import { Problem } from '../api/problem';
import { keysQuery, sessionQuery } from '../api/queries';
import { Confirm } from '../parts/confirm';
import { PageHead } from '../parts/page-head';
import { ProblemNote } from '../parts/problem-note';
import { ago } from '../parts/times';
import { NewKey } from './new-key';
import './keys.css';

/** API keys: for command lines, programs and other people. */
export function KeysPage() {
  const { data, error, isPending } = useQuery(keysQuery);
  const { data: session } = useQuery(sessionQuery);
  if (Problem.is(error, 403))
    return (
      <>
        <PageHead title="Keys" />
        <p className="card">Only owners make and revoke keys. Ask one for a key, or for the role.</p>
      </>
    );
  const good = (data?.data ?? []).filter(({ revokedAt }) => revokedAt === null);
  return (
    <>
      <PageHead title="Keys">
        <p className="muted">
          Who has a key may do what it allows: films by command line, by programs, in this studio.
        </p>
      </PageHead>
      <div className="keys">
        <div className="stack">
          <ProblemNote error={error} />
          {isPending ? <div className="skeleton" /> : null}
          <ul className="stack">
            {good.map((key) => (
              <Key key={key.id} record={key} isOwn={key.id === session?.key?.id} />
            ))}
          </ul>
        </div>
        <NewKey />
      </div>
    </>
  );
}

function Key({ record, isOwn }: { record: Schemas['ApiKey']; isOwn: boolean }) {
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => answerOf(api.DELETE('/keys/{id}', { params: { path: { id: record.id } } })),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <li className="card stack tight">
      <div className="row spread">
        <h2>
          {record.name} <code className="muted">{record.prefix}…</code>
        </h2>
        <Confirm
          label="Revoke"
          title={`Revoke the key “${record.name}”?`}
          onConfirm={() => revoke.mutate()}
          isBusy={revoke.isPending}
        >
          It opens nothing any more from this moment on, and what streams in its name ends.
          {isOwn ? ' You signed in with it: you will be signed out.' : ''}
        </Confirm>
      </div>
      <p className="muted small">
        {record.tenantId} · {record.permissions.join(', ')} · made {ago(record.createdAt)}
        {record.expiresAt === null ? '' : ` · ends ${new Date(record.expiresAt).toLocaleDateString()}`}
        {record.lastUsedAt === null ? ' · not used yet' : ` · used ${ago(record.lastUsedAt)}`}
        {isOwn ? ' · yours' : ''}
      </p>
      <ProblemNote error={revoke.error} />
    </li>
  );
}
