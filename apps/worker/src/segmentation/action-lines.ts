import type { StoredAction } from '@showrunner/database';

/** `actions.jsonl`: one line an action, in order, with times in ms since the first frame of its take, whose id each line names. */
export function actionLines(actions: StoredAction[]): string {
  return actions.map(({ record, takeId }) => `${JSON.stringify({ ...record, take: takeId })}\n`).join('');
}
