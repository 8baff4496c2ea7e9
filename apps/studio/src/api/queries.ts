import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from './client';
import type { Schemas } from './client';

export type RunState = Schemas['RunSummary']['state'];
const OVER: readonly RunState[] = ['done', 'failed', 'cancelled', 'killed'];
export const isOver = (state: RunState): boolean => OVER.includes(state);

/** Whether somebody has yet to look at the plan of a run that goes on. */
const isReviewed = ({ state, review }: Schemas['RunReport']): boolean =>
  !isOver(state) && (review?.state === 'asked' || review?.state === 'open');

const LIST_EVERY_MS = 3_000;
const REVIEW_EVERY_MS = 1_500;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => answerOf(api.GET('/session')),
  staleTime: 60_000,
});
export const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in-options'],
  queryFn: () => answerOf(api.GET('/auth')),
  staleTime: 60_000,
});
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => answerOf(api.GET('/account/sessions')),
});
export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: () => answerOf(api.GET('/members')),
});
export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: () => answerOf(api.GET('/invitations')),
});
export const runsQuery = queryOptions({
  queryKey: ['runs'],
  queryFn: () => answerOf(api.GET('/runs', { params: { query: { limit: 60 } } })),
  refetchInterval: ({ state }) =>
    state.data?.data.some((run) => !isOver(run.state)) ? LIST_EVERY_MS : false,
});
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: () => answerOf(api.GET('/projects', { params: { query: { limit: 100 } } })),
});
export const projectQuery = (id: string) =>
  queryOptions({
    queryKey: ['project', id],
    queryFn: () => answerOf(api.GET('/projects/{id}', { params: { path: { id } } })),
  });
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['run', id],
    queryFn: () => answerOf(api.GET('/runs/{id}', { params: { path: { id } } })),
    // That a plan waits, and that somebody else has answered, stands in no event.
    refetchInterval: ({ state }) =>
      state.data !== undefined && isReviewed(state.data) ? REVIEW_EVERY_MS : false,
  });
export const planQuery = (runId: string) =>
  queryOptions({
    queryKey: ['plan', runId],
    queryFn: () => answerOf(api.GET('/runs/{id}/plan', { params: { path: { id: runId } } })),
    staleTime: Infinity,
  });
export const actionsQuery = (runId: string) =>
  queryOptions({
    queryKey: ['actions', runId],
    queryFn: () => answerOf(api.GET('/runs/{id}/actions', { params: { path: { id: runId } } })),
  });
export const artifactsQuery = (runId: string) =>
  queryOptions({
    queryKey: ['artifacts', runId],
    queryFn: () => answerOf(api.GET('/runs/{runId}/artifacts', { params: { path: { runId } } })),
  });
export const sharesQuery = (runId: string) =>
  queryOptions({
    queryKey: ['shares', runId],
    queryFn: () => answerOf(api.GET('/runs/{runId}/shares', { params: { path: { runId } } })),
  });
export const timelineQuery = (runId: string) =>
  queryOptions({
    queryKey: ['timeline', runId],
    queryFn: () => answerOf(api.GET('/runs/{runId}/timeline', { params: { path: { runId } } })),
  });
export const exportQuery = (id: string) =>
  queryOptions({
    queryKey: ['export', id],
    queryFn: () => answerOf(api.GET('/exports/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) =>
      ['queued', 'rendering'].includes(state.data?.state ?? 'queued') ? 1_000 : false,
  });
export const buildQuery = (id: string) =>
  queryOptions({
    queryKey: ['build', id],
    queryFn: () => answerOf(api.GET('/builds/{id}', { params: { path: { id } } })),
  });
/** What installing and starting the app printed so far. */
export const buildLogQuery = (id: string, isLive: boolean) =>
  queryOptions({
    queryKey: ['build-log', id],
    queryFn: () => answerOf(api.GET('/builds/{id}/log', { params: { path: { id } }, parseAs: 'text' })),
    refetchInterval: isLive ? 1_500 : false,
  });
export const sandboxesQuery = queryOptions({
  queryKey: ['sandboxes'],
  queryFn: () => answerOf(api.GET('/sandboxes', { params: { query: { limit: 100 } } })),
  refetchInterval: LIST_EVERY_MS,
});
export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: () => answerOf(api.GET('/keys')),
});
