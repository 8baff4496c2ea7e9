import { it } from '@jest/globals';

/** `it` where the harness has what the test needs; otherwise the same test, skipped and saying why. */
export const itWhere =
  (has: boolean, missing: string) =>
  (name: string, test: () => Promise<void>): void => {
    if (has) it(name, test);
    else it.skip(`${name} (skipped: ${missing})`, test);
  };

/** For tests whose sandboxes reach a listener of the test. */
export const itWithTestHost = ({ reachesTestHost }: { reachesTestHost?: boolean }) =>
  itWhere(reachesTestHost === true, 'no listener of the tests is in reach of its sandboxes');
