import { describe, it } from '@jest/globals';

/** Where nobody reads the lines of what was skipped, a check that was not made must not look like one that passed. */
const nothingMayBeSkipped = (): boolean => Boolean(process.env['CI']);

const fail = (why: string) => (): never => {
  throw new Error(
    `It cannot run here: ${why}. CI leaves nothing out: run it as root after "npm run setup"; "npm run showrunner -- doctor" names what is missing and how to install it.`,
  );
};

/** A suite that this machine cannot run: skipped with a line that says why, and failed in CI. */
export function describeWhereMissing(title: string, why: string, define: () => void): void {
  if (nothingMayBeSkipped()) describe(title, () => it('has what it needs', fail(why)));
  else describe.skip(`${title} (skipped: ${why})`, define);
}

/**
 * `it`, where nothing is missing; else a test that is skipped with a line that says why, and fails in CI.
 * @param why what the machine lacks; `undefined` for nothing
 */
export const itUnlessMissing =
  (why: string | undefined) =>
  (name: string, test: () => void | Promise<void>, timeoutMs?: number): void => {
    if (why === undefined) it(name, test, timeoutMs);
    else if (nothingMayBeSkipped()) it(name, fail(why));
    else it.skip(`${name} (skipped: ${why})`, test);
  };
