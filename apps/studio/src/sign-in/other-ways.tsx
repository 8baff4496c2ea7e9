import { useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import { signInOptionsQuery } from '../api/queries';
import { ProblemNote } from '../parts/problem-note';
import { useEntering } from './use-entering';

/** By somebody who vouches for people, and without an account, where the installation offers it. */
export function OtherWays({ invitation }: { invitation?: string }) {
  const { data: options } = useQuery(signInOptionsQuery);
  const leave = useMutation({
    mutationFn: () =>
      answerOf(api.POST('/auth/oidc', { body: { ...(invitation === undefined ? {} : { invitation }) } })),
    onSuccess: ({ url }) => location.assign(url),
  });
  const guest = useEntering(() => answerOf(api.POST('/auth/guest')));
  const { openIdConnect = null, guests = false } = options ?? {};
  return (
    <>
      {openIdConnect === null ? null : (
        <button type="button" className="button" disabled={leave.isPending} onClick={() => leave.mutate()}>
          {openIdConnect.name}
        </button>
      )}
      {guests && invitation === undefined ? (
        <button
          type="button"
          className="button"
          disabled={guest.isPending}
          onClick={() => guest.mutate(undefined)}
        >
          Try it as a guest
        </button>
      ) : null}
      <ProblemNote error={leave.error ?? guest.error} />
    </>
  );
}
