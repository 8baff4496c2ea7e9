import type { ActionRecord, PerformedAction } from '@showrunner/contracts';

/**
 * An action, timed by the clock of this machine while it was carried out, on the clock of the take: whole ms since its first frame.
 * @param takeStartedAtMs Unix epoch in ms; undefined when nothing is recorded, and then the action has no time in any take
 */
export function onTakeClock(record: ActionRecord, takeStartedAtMs: number | undefined): PerformedAction {
  if (takeStartedAtMs === undefined) return { ...record, startMs: null, actMs: null, endMs: null };
  const since = (epochMs: number): number => Math.round(epochMs - takeStartedAtMs);
  return {
    ...record,
    startMs: since(record.startMs),
    actMs: since(record.actMs),
    endMs: since(record.endMs),
  };
}
