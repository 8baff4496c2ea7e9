import { describe, expect, it } from '@jest/globals';
import { scenarioOf } from './scenarios';
import { endFakeSessions, endFakeWorkers, withFakeWorkers } from './temporal-harness';
import { useRunner } from './use-runner';

describe('the workers of a test', () => {
  const runner = useRunner();

  it.each([
    ['those it has for itself, as after each test', endFakeSessions],
    ['all of them, as after each file', endFakeWorkers],
  ])('end also when it ran out of time, %s: the next test has its queues to itself', async (_which, end) => {
    let tell = (): void => undefined;
    const begun = new Promise<void>((resolve) => (tell = resolve));
    const forEver = new Promise<never>(() => undefined);
    void withFakeWorkers(runner.environment, runner.bundle, scenarioOf([]), () => (tell(), forEver));
    await begun;
    await end();
    // A second worker of one queue would be refused: "overlapping registration".
    const next = withFakeWorkers(runner.environment, runner.bundle, scenarioOf([]), async () => 'next');
    expect(await next).toBe('next');
  });
});
