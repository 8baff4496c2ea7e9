import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answerOf, api } from '../api/client';
import { Problem } from '../api/problem';
import { ProblemNote } from '../parts/problem-note';

export function SignOut() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => answerOf(api.DELETE('/session')),
    onSettled: async (_answer, error) => {
      // Whose session is over already is out; who is not let out is told so.
      if (error !== null && !Problem.is(error, 401)) return;
      queries.clear();
      await navigate({ to: '/sign-in' });
    },
  });
  return (
    <>
      <ProblemNote error={signOut.error} />
      <button
        type="button"
        className="button small"
        disabled={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        Sign out
      </button>
    </>
  );
}
