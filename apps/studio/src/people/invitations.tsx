import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import type { Schemas } from '../api/client';
import { invitationsQuery } from '../api/queries';
import { Confirm } from '../parts/confirm';
import { CopyButton } from '../parts/copy-button';
import { Field } from '../parts/field';
import { ProblemNote } from '../parts/problem-note';
import { RoleField } from './role-field';

/** Makes a link by which one person joins, and lists those that still can be used. */
export function Invitations() {
  const queries = useQueryClient();
  const { data, error } = useQuery(invitationsQuery);
  const [mail, setMail] = useState('');
  const [role, setRole] = useState<Schemas['Member']['role']>('editor');
  const invite = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/invitations', { body: { role, ...(mail.trim() === '' ? {} : { mail: mail.trim() }) } }),
      ),
    onSuccess: () => {
      setMail('');
      return queries.invalidateQueries({ queryKey: invitationsQuery.queryKey });
    },
  });
  const open = (data?.data ?? []).filter(
    ({ revokedAt, acceptedAt, expiresAt }) =>
      revokedAt === null && acceptedAt === null && Date.parse(expiresAt) > Date.now(),
  );
  return (
    <section className="card stack">
      <h2>Invite somebody</h2>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate();
        }}
      >
        <Field
          label="Mail address"
          type="email"
          value={mail}
          onChange={setMail}
          hint="The link works for this person alone; without one, for whoever opens it first. It is not sent by mail: copy it."
        />
        <RoleField label="Role" value={role} onChange={setRole} />
        <ProblemNote error={invite.error} />
        <p>
          <button type="submit" className="button primary" disabled={invite.isPending}>
            Make the link
          </button>
        </p>
      </form>
      {invite.data === undefined ? null : (
        <div className="note ok" role="status">
          <p>Copy it now, it is not shown again. It works once, for a week.</p>
          <code className="breaks">{`${location.origin}${invite.data.path}`}</code>
          <CopyButton text={`${location.origin}${invite.data.path}`} label="Copy the link" />
        </div>
      )}
      <ProblemNote error={error} />
      {open.length === 0 ? null : (
        <ul className="stack tight" aria-label="Open invitations">
          {open.map((invitation) => (
            <OpenInvitation key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      )}
    </section>
  );
}

function OpenInvitation({ invitation }: { invitation: Schemas['Invitation'] }) {
  const queries = useQueryClient();
  const { id, mail, role, expiresAt } = invitation;
  const withdraw = useMutation({
    mutationFn: () => answerOf(api.DELETE('/invitations/{id}', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  return (
    <li className="row spread">
      <span>
        {mail ?? 'Whoever opens it first'}{' '}
        <span className="muted small">
          as {role}, until {new Date(expiresAt).toLocaleDateString()}
        </span>
      </span>
      <Confirm
        label="Withdraw"
        title="Withdraw this invitation?"
        onConfirm={() => withdraw.mutate()}
        isBusy={withdraw.isPending}
      >
        Its link opens nothing any more.
      </Confirm>
    </li>
  );
}
