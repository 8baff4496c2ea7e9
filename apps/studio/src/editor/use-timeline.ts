import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { answerOf, api } from '../api/client';
import type { Schemas } from '../api/client';
import { Problem } from '../api/problem';
import { timelineQuery } from '../api/queries';
import type { Operation } from './film-items';

type Resource = Schemas['TimelineResource'];
/** Answers whether it was done; why not is told beside the film. */
export type Edit = (operation: Operation) => Promise<boolean>;
type Change = { kind: 'edit'; operations: Operation[] } | { kind: 'undo' | 'redo' };

/** A timeline and what can be done with it. Edits are done one after the other, each to the version that is seen. */
interface EditedTimeline {
  resource: Resource | undefined;
  error: unknown;
  isBusy: boolean;
  /** Edits that were not done because somebody else was quicker; the film that is seen is theirs. */
  waiting: Operation[];
  /** The undo or redo that was not done because of that. */
  late: 'undo' | 'redo' | undefined;
  /** Whether it was done. */
  edit: Edit;
  step(kind: 'undo' | 'redo'): void;
  /** Does what waits to the film as it is now. */
  doWaiting(): void;
  dropWaiting(): void;
}

export function useTimeline(runId: string): EditedTimeline {
  const queries = useQueryClient();
  const query = timelineQuery(runId);
  const { data: resource, error } = useQuery(query);
  const [waiting, setWaiting] = useState<Operation[]>([]);
  const change = useMutation({
    // One after the other: the second is of the version that the first one made.
    scope: { id: `timeline-${runId}` },
    mutationFn: (asked: Change) => send(runId, queries.getQueryData(query.queryKey)?.version ?? 0, asked),
    onSuccess: (made) => queries.setQueryData(query.queryKey, made),
    onError: async (problem, asked) => {
      if (!Problem.is(problem, 412)) return;
      // What is told of the film, that it is shown as it is now, is so by then.
      await queries.invalidateQueries({ queryKey: query.queryKey });
      if (asked.kind === 'edit') setWaiting((all) => [...all, ...asked.operations]);
    },
  });
  const { mutate, mutateAsync, isPending } = change;
  const edit = useCallback<Edit>(
    (operation) =>
      mutateAsync({ kind: 'edit', operations: [operation] }).then(
        () => true,
        () => false,
      ),
    [mutateAsync],
  );
  const step = useCallback((kind: 'undo' | 'redo') => mutate({ kind }), [mutate]);
  const isLate = Problem.is(change.error, 412);
  const asked = change.variables?.kind;
  const late = isLate && asked !== 'edit' ? asked : undefined;
  return {
    ...{ resource, isBusy: isPending, waiting, late, edit, step },
    // What was refused because of another's edit is told by what waits.
    error: error ?? (isLate ? null : change.error),
    doWaiting: () => {
      setWaiting([]);
      mutate({ kind: 'edit', operations: waiting });
    },
    dropWaiting: () => setWaiting([]),
  };
}

function send(runId: string, version: number, asked: Change): Promise<Resource> {
  const params = { path: { runId }, header: { 'If-Match': `"${version}"` } };
  if (asked.kind === 'edit')
    return answerOf(
      api.POST('/runs/{runId}/timeline/operations', { params, body: { operations: asked.operations } }),
    );
  return answerOf(api.POST(`/runs/{runId}/timeline/${asked.kind}`, { params }));
}
