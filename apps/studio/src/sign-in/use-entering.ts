import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sessionQuery } from '../api/queries';
import { Problem } from '../api/problem';

/** Signs in by what is asked, then shows the studio; a browser that keeps no cookies is told so. */
export function useEntering<Given>(ask: (given: Given) => Promise<unknown>) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (given: Given) => {
      await ask(given);
      queries.clear();
      await queries.fetchQuery(sessionQuery).catch((error: unknown) => {
        // Just let in, and yet unknown: its cookies are off.
        throw Problem.is(error, 401) ? Problem.cookiesOff() : error;
      });
    },
    onSuccess: () => navigate({ to: '/' }),
  });
}
