import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';

const RETRIES = 3;

/** What the platform refused stays refused; while it is away or starts, it is asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      retry: (failures, error) =>
        failures < RETRIES && !(error instanceof Problem && error.status >= 400 && error.status < 500),
    },
  },
});
