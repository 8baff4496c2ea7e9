import type { ActionRecord, StepAction } from '@showrunner/contracts';

/** How often the same action on the same page may be executed in a row before it counts as a loop. */
export const LOOP_LENGTH = 3;

type Executed = Pick<ActionRecord, 'action' | 'fingerprintBefore' | 'verified'>;

/**
 * Whether doing `action` on the page `fingerprint` now would be the third time in a row. `executed`: actions that were really carried out, oldest first.
 * A verified action made progress, whatever the fingerprint says (a counter's text is not part of it), and breaks the row.
 */
export const wouldLoop = (
  executed: readonly Executed[],
  fingerprint: string,
  action: StepAction,
): boolean => {
  const last = executed.slice(-(LOOP_LENGTH - 1));
  const wanted = JSON.stringify(action);
  return (
    last.length === LOOP_LENGTH - 1 &&
    last.every(
      (one) =>
        !one.verified && one.fingerprintBefore === fingerprint && JSON.stringify(one.action) === wanted,
    )
  );
};
