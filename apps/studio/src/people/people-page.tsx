import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import type { Schemas } from '../api/client';
import { Problem } from '../api/problem';
import { membersQuery, sessionQuery } from '../api/queries';
import { Confirm } from '../parts/confirm';
import { PageHead } from '../parts/page-head';
import { ProblemNote } from '../parts/problem-note';
import { ago } from '../parts/times';
import { Invitations } from './invitations';
import { RoleField } from './role-field';

/** Who works in this team, and who is asked to. */
export function PeoplePage() {
  const { data, error, isPending } = useQuery(membersQuery);
  const { data: session } = useQuery(sessionQuery);
  if (Problem.is(error, 403))
    return (
      <>
        <PageHead title="People" />
        <p className="card">Only owners see who works here, and invite others.</p>
      </>
    );
  const members = data?.data ?? [];
  return (
    <>
      <PageHead title="People">
        <p className="muted">
          Who works in {session?.tenantId}: viewers see, editors make films, owners invite.
        </p>
      </PageHead>
      <div className="stack">
        <ProblemNote error={error} />
        {isPending ? <div className="skeleton" /> : null}
        {!isPending && members.length === 0 ? (
          <p className="card">Nobody yet: there are API keys alone.</p>
        ) : null}
        <ul className="stack">
          {members.map((member) => (
            <Member key={member.userId} member={member} isSelf={member.userId === session?.user?.id} />
          ))}
        </ul>
        <Invitations />
      </div>
    </>
  );
}

function Member({ member, isSelf }: { member: Schemas['Member']; isSelf: boolean }) {
  const queries = useQueryClient();
  const path = { userId: member.userId };
  const onSettled = () => queries.invalidateQueries();
  const change = useMutation({
    mutationFn: (role: Schemas['Member']['role']) =>
      answerOf(api.PATCH('/members/{userId}', { params: { path }, body: { role } })),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: () => answerOf(api.DELETE('/members/{userId}', { params: { path } })),
    onSettled,
  });
  const name = member.mail ?? (member.name === '' ? 'Somebody' : member.name);
  return (
    <li className="card stack tight">
      <div className="row spread">
        <h2>
          {name} {isSelf ? <span className="muted small">you</span> : null}
        </h2>
        <div className="row">
          <RoleField label={`Role of ${name}`} value={member.role} onChange={(role) => change.mutate(role)} />
          <Confirm
            label="Take out"
            title={`Take ${name} out of this team?`}
            onConfirm={() => remove.mutate()}
            isBusy={remove.isPending}
          >
            What was made stays here. Whatever {name} has open ends.
          </Confirm>
        </div>
      </div>
      <p className="muted small">since {ago(member.createdAt)}</p>
      <ProblemNote error={change.error ?? remove.error} />
    </li>
  );
}
