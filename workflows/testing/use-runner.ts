import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { ScenarioRunner } from './scenarios';
import { builtWorkflows, endFakeSessions, endFakeWorkers, openTemporal } from './temporal-harness';

/** A Temporal namespace and the bundle for the tests of one `describe`: filled before its first test, ended after its last. */
export function useRunner(): ScenarioRunner {
  const runner = {} as ScenarioRunner;
  beforeAll(async () => {
    const [environment, bundle] = await Promise.all([openTemporal(), builtWorkflows()]);
    Object.assign(runner, { environment, bundle });
  }, 120_000);
  afterEach(async () => {
    await endFakeSessions();
    // What a test that failed has left is not for the workers of the next; most have ended, and say so.
    await runner.handle?.terminate('its test is over').catch(() => undefined);
  });
  afterAll(async () => {
    await endFakeWorkers();
    await runner.environment?.teardown();
  });
  return runner;
}
