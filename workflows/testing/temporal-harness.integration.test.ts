import { describe, expect, it } from '@jest/globals';
import { scenarioOf } from './scenarios';
import { endFakeWorkers, withFakeWorkers } from './temporal-harness';
import { useRunner } from './use-runner';

describe('the workers of a test', () => {
  const runner = useRunner();

  it('end with it also when it ran out of time: the next test has its queues to itself', async () => {
    let tell = (): void => undefined;
    const begun = new Promise<void>((resolve) => (tell = resolve));
    const forEver = new Promise<never>(() => undefined);
    void withFakeWorkers(runner.environment, runner.bundle, scenarioOf([]), () => (tell(), forEver));
    await begun;
    // As after each test of `useRunner`. A second worker of one queue would be refused: "overlapping registration".
    await endFakeWorkers();
    const next = withFakeWorkers(runner.environment, runner.bundle, scenarioOf([]), async () => 'next');
    expect(await next).toBe('next');
  });
});
