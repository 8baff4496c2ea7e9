import type { StoredAction } from '@showrunner/database';

/**
 * `actions.jsonl`: one line an action, in order, with its film and times in ms since the first frame of its take, whose id each line names.
 */
export function actionLines(actions: StoredAction[]): string {
  return actions
    .map(({ film, record, takeId }) => `${JSON.stringify({ ...record, film, take: takeId })}\n`)
    .join('');
}
