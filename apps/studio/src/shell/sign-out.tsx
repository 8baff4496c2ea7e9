import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answerOf, api } from '../api/client';

export function SignOut() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => answerOf(api.DELETE('/session')),
    onSettled: async () => {
      queries.clear();
      await navigate({ to: '/sign-in' });
    },
  });
  return (
    <button
      type="button"
      className="button small"
      disabled={signOut.isPending}
      onClick={() => signOut.mutate()}
    >
      Sign out
    </button>
  );
}
