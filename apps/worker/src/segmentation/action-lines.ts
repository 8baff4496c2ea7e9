import type { ActionRecord, Take } from '@showrunner/contracts';
import type { StoredAction } from '@showrunner/database';

/** An action with its times in ms since the first frame of its take. */
export function onTakeClock(record: ActionRecord, take: Pick<Take, 'startedAtMs'>): ActionRecord {
  const since = (epochMs: number): number => Math.round(epochMs - take.startedAtMs);
  return {
    ...record,
    startMs: since(record.startMs),
    actMs: since(record.actMs),
    endMs: since(record.endMs),
  };
}

/**
 * `actions.jsonl`: one line an action, in order, on the clock of its take, whose id each line names. An action whose take was not kept is
 * told on the clock of the first take.
 */
export function actionLines(actions: StoredAction[], takes: Take[]): string {
  return actions
    .map(({ record, takeId }) => {
      const take = takes.find((candidate) => candidate.takeId === takeId) ?? takes[0];
      const onClock = take === undefined ? record : onTakeClock(record, take);
      return `${JSON.stringify({ ...onClock, take: takeId })}\n`;
    })
    .join('');
}
