import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client';
import type { Schemas } from '../api/client';
import { buildQuery } from '../api/queries';

const ENDED = new Set(['detected', 'failed', 'cancelled', 'ended']);
const ASK_EVERY_MS = 500;

/** Begins to find out how a project is built; nothing of it runs. */
export const startDetection = (projectId: string): Promise<Schemas['Build']> =>
  answerOf(api.POST('/projects/{projectId}/detect', { params: { path: { projectId } }, body: {} }));

/** A detection as it goes on; `build` is undefined until it was heard of. */
export function useDetection(buildId: string | undefined) {
  const { data, error } = useQuery({
    ...buildQuery(buildId ?? ''),
    enabled: buildId !== undefined,
    refetchInterval: ({ state }) =>
      state.data !== undefined && ENDED.has(state.data.state) ? false : ASK_EVERY_MS,
  });
  return { build: data, error, isOver: data !== undefined && ENDED.has(data.state) };
}
