import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answerOf, api } from '../api/client';
import { sessionQuery } from '../api/queries';
import { ProblemNote } from '../parts/problem-note';
import { Credentials } from './credentials';
import type { Given } from './credentials';
import { Entrance } from './entrance';
import { OtherWays } from './other-ways';
import { takeToken, useToken } from './take-token';
import { useEntering } from './use-entering';

/** Where an invitation leads: who is signed in accepts it, anybody else makes an account or signs in first. */
export function JoinPage() {
  const [invitation, setInvitation] = useState(takeToken);
  useToken(setInvitation);
  const offered = useQuery({
    queryKey: ['invitation', invitation],
    queryFn: () => answerOf(api.POST('/auth/invitation', { body: { invitation: invitation ?? '' } })),
    enabled: invitation !== undefined,
  });
  if (invitation === undefined || offered.error !== null)
    return (
      <Entrance title="This invitation cannot be used">
        <ProblemNote
          error={offered.error ?? new Error('The address of the invitation is not whole. Open it again.')}
        />
        <p className="small">
          <Link to="/sign-in">Sign in</Link>
        </p>
      </Entrance>
    );
  if (offered.data === undefined) return <Entrance title="An invitation">One moment …</Entrance>;
  const { tenantId, role, mail } = offered.data;
  const about = (
    <p className="muted">
      You are asked to join <strong>{tenantId}</strong> as {role}.
    </p>
  );
  return (
    <Entrance title="You are invited" about={about}>
      <Ways invitation={invitation} mail={mail ?? ''} />
    </Entrance>
  );
}

function Ways({ invitation, mail }: { invitation: string; mail: string }) {
  const { data: session } = useQuery(sessionQuery);
  const [hasAccount, setHasAccount] = useState(false);
  const accept = useEntering(() => answerOf(api.POST('/account/memberships', { body: { invitation } })));
  const enter = useEntering((given: Given) =>
    answerOf(
      hasAccount
        ? api.POST('/auth/sign-in', { body: { ...given, invitation } })
        : api.POST('/auth/sign-up', { body: { ...given, invitation } }),
    ),
  );
  const user = session?.user ?? null;
  if (user !== null && !user.isGuest)
    return (
      <>
        <ProblemNote error={accept.error} />
        <button
          type="button"
          className="button primary"
          disabled={accept.isPending}
          onClick={() => accept.mutate(undefined)}
        >
          Join as {user.mail ?? user.name}
        </button>
      </>
    );
  return (
    <>
      <Credentials
        key={String(hasAccount)}
        label={hasAccount ? 'Sign in and join' : 'Make an account and join'}
        isNew={!hasAccount}
        mail={mail}
        isPending={enter.isPending}
        error={enter.error}
        onSubmit={(given) => enter.mutate(given)}
      />
      <OtherWays invitation={invitation} />
      <button type="button" className="button small" onClick={() => setHasAccount(!hasAccount)}>
        {hasAccount ? 'I have no account yet' : 'I have an account already'}
      </button>
    </>
  );
}
