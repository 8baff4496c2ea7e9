import type { ActionRecord, Condition, StepAction } from '@showrunner/contracts';

/** How often the same may be tried without success before it counts as a loop. */
export const LOOP_LENGTH = 3;
/** How many of the last actions of a session are looked at: a loop may lead over other actions, and from one feature into the next. */
const WINDOW = 12;

/** An action that was really carried out in this session. */
export interface ExecutedAction extends Pick<ActionRecord, 'fingerprintBefore' | 'verified'> {
  /** On what was decided, which need not be what the plan names. */
  action: StepAction;
  /** What it was to bring about. */
  success?: Condition;
}

/**
 * Whether trying `next` on the page it names would be the third time for the same action, on the same page, for the same result.
 * `executed`: oldest first. A verified action made progress, whatever the fingerprint says (a counter's text is not part of it), and does
 * not count; nor does one that was to bring about something else, for which the same action may well be right.
 */
export const wouldLoop = (
  executed: readonly ExecutedAction[],
  next: { fingerprint: string; action: StepAction; success?: Condition },
): boolean => {
  const wanted = JSON.stringify([next.action, next.success]);
  const same = executed
    .slice(-WINDOW)
    .filter(
      (one) =>
        !one.verified &&
        one.fingerprintBefore === next.fingerprint &&
        JSON.stringify([one.action, one.success]) === wanted,
    );
  return same.length >= LOOP_LENGTH - 1;
};
