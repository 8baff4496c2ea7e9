import { afterAll, beforeAll } from '@jest/globals';
import type { ScenarioRunner } from './scenarios';
import { bundleWorkflows, startTemporal } from './temporal-harness';

/** A Temporal server and the bundle for the tests of one `describe`: filled before its first test, ended after its last. */
export function useRunner(): ScenarioRunner {
  const runner = {} as ScenarioRunner;
  beforeAll(async () => {
    const [environment, bundle] = await Promise.all([startTemporal(), bundleWorkflows()]);
    Object.assign(runner, { environment, bundle });
  }, 120_000);
  afterAll(() => runner.environment?.teardown());
  return runner;
}
