import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { answerOf, api } from '../api/client';
import type { Schemas } from '../api/client';
import { sessionQuery, signInOptionsQuery } from '../api/queries';
import { Field } from '../parts/field';
import { PageHead } from '../parts/page-head';
import { ProblemNote } from '../parts/problem-note';
import { ChangePassword } from './change-password';
import { Sessions } from './sessions';

/** What a person does with his own account. */
export function AccountPage() {
  const { data: session } = useQuery(sessionQuery);
  if (session === undefined) return <div className="skeleton" />;
  const { user } = session;
  if (user === null)
    return (
      <>
        <PageHead title="Account" />
        <div className="card stack">
          <p>This browser is signed in with the API key “{session.key?.name}”: it is nobody’s account.</p>
          {session.permissions.includes('manage') ? (
            <p>
              For an account of your own, with mail address and password, <Link to="/people">invite</Link>{' '}
              yourself as owner and open the link.
            </p>
          ) : null}
        </div>
      </>
    );
  return (
    <>
      <PageHead title="Account">
        <p className="muted">{user.isGuest ? 'You are a guest.' : (user.mail ?? user.name)}</p>
      </PageHead>
      <div className="stack">
        {user.isGuest ? (
          <p className="card">
            <Link to="/sign-up">Make an account</Link> to keep what you made here.
          </p>
        ) : null}
        <Tenants session={session} />
        {user.mail === null ? null : <ChangePassword hasPassword={user.hasPassword} />}
        {user.isGuest ? null : <LinkIssuer />}
        <Sessions />
        <DeleteAccount hasPassword={user.hasPassword} />
      </div>
    </>
  );
}

function Tenants({ session }: { session: Schemas['BrowserSession'] }) {
  const queries = useQueryClient();
  const turn = useMutation({
    mutationFn: (tenantId: string) => answerOf(api.POST('/account/tenant', { body: { tenantId } })),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <section className="card stack tight">
      <h2>Teams</h2>
      <ul className="stack tight">
        {session.memberships.map(({ tenantId, role }) => (
          <li key={tenantId} className="row spread">
            <span>
              <strong>{tenantId}</strong> <span className="muted">as {role}</span>
            </span>
            {tenantId === session.tenantId ? (
              <span className="badge ok">You work here</span>
            ) : (
              <button
                type="button"
                className="button small"
                disabled={turn.isPending}
                onClick={() => turn.mutate(tenantId)}
              >
                Work in {tenantId}
              </button>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote error={turn.error} />
    </section>
  );
}

/** Adds a sign-in elsewhere to this account. */
function LinkIssuer() {
  const { data: options } = useQuery(signInOptionsQuery);
  const leave = useMutation({
    mutationFn: () => answerOf(api.POST('/auth/oidc', { body: { link: true } })),
    onSuccess: ({ url }) => location.assign(url),
  });
  const name = options?.openIdConnect?.name;
  if (name === undefined) return null;
  return (
    <section className="card stack tight">
      <h2>{name}</h2>
      <p className="muted small">Sign in there as well, and be the same person here.</p>
      <ProblemNote error={leave.error} />
      <p>
        <button type="button" className="button" disabled={leave.isPending} onClick={() => leave.mutate()}>
          Add {name}
        </button>
      </p>
    </section>
  );
}

function DeleteAccount({ hasPassword }: { hasPassword: boolean }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [password, setPassword] = useState('');
  const [isSure, setSure] = useState(false);
  const remove = useMutation({
    mutationFn: () => answerOf(api.POST('/account/deletion', { body: hasPassword ? { password } : {} })),
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: '/sign-in' });
    },
  });
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (isSure) remove.mutate();
      }}
    >
      <h2>Delete the account</h2>
      <p className="muted small">
        Films, projects and apps that are yours alone go with it, for good. What you share with others stays
        theirs.
      </p>
      {hasPassword ? (
        <Field
          label="Your password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={setPassword}
        />
      ) : null}
      <label className="check">
        <input type="checkbox" checked={isSure} onChange={({ target }) => setSure(target.checked)} />
        <span>Yes, delete it and everything that is mine alone</span>
      </label>
      <ProblemNote error={remove.error} />
      <p>
        <button type="submit" className="button danger" disabled={!isSure || remove.isPending}>
          Delete the account
        </button>
      </p>
    </form>
  );
}
