/** What made a version of a timeline: an edit, or that one was undone or done again. */
export interface Change {
  /** That it made. */
  version: number;
  kind: 'edit' | 'undo' | 'redo';
}

/**
 * What of a history stands, and what of it can be done again; the last one is the next to be undone, or done again. What is kept of a
 * change (its inverse) leads back from it: that of an edit or a redo undoes it, that of an undo does it again. An edit ends what could be
 * done again. A history whose oldest changes are gone says the same of the rest.
 */
export function standing<One extends Change>(changes: readonly One[]): { done: One[]; undone: One[] } {
  const done: One[] = [];
  let undone: One[] = [];
  for (const change of changes) {
    if (change.kind === 'undo') {
      done.pop();
      undone.push(change);
      continue;
    }
    if (change.kind === 'redo') undone.pop();
    else undone = [];
    done.push(change);
  }
  return { done, undone };
}
