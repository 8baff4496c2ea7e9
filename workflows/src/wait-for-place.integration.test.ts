import { describe, expect, it } from '@jest/globals';
import { hostSlowness } from '@showrunner/contracts/testing';
import { runScenario, scenarioOf, stopRun, storeHistories, storeHistory } from '../testing/scenarios';
import { withFakeWorkers } from '../testing/temporal-harness';
import { useRunner } from '../testing/use-runner';
import { feature } from '../testing/fake-activities';
import type { Scenario } from '../testing/fake-activities';

const until = async (isSo: () => boolean): Promise<void> => {
  for (const deadline = Date.now() + 20_000; !isSo();) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe('a run whose sandbox has no place yet', () => {
  const runner = useRunner();

  const waiting = (): Scenario => ({
    ...scenarioOf([feature('add')]),
    queue: [{ position: 2, etaMs: 40_000 }],
  });
  const looks = ({ calls }: Scenario): number => calls.filter((call) => call === 'takePlace').length;

  it('waits, queued, and says where it stands; it is filmed as soon as it has its place', async () => {
    const scenario = waiting();
    const running = runScenario(runner, scenario);
    await until(() => scenario.states.length > 0);
    expect(scenario.states).toEqual(['queued']);
    expect(scenario.messages).toEqual([
      'Waiting for a place for the sandbox, for about 40 s: number 2 in the queue',
    ]);
    // Told, but not for it: it looks, and waits on.
    await runner.handle?.signal('place');
    await until(() => looks(scenario) === 2);
    scenario.queue = [null];
    const told = Date.now();
    await runner.handle?.signal('place');
    await until(() => scenario.states.includes('building'));
    expect(Date.now() - told).toBeLessThan(2_000 * hostSlowness());
    expect((await running).state).toBe('done');
    expect([...scenario.open]).toEqual([]);
    expect(scenario.calls.filter((call) => call === 'createSandbox')).toHaveLength(1);
    if (process.env['RECORD_HISTORIES']) await storeHistories(runner, 'queued');
  }, 60_000);

  it('looks by itself when nobody tells it', async () => {
    const scenario = { ...waiting(), queue: [{ position: 1, etaMs: null }, null] };
    expect((await runScenario(runner, scenario)).state).toBe('done');
    expect(looks(scenario)).toBe(2);
  }, 60_000);

  it.each<['cancel' | 'kill' | 'budget', string]>([
    ['cancel', 'cancelled'],
    ['kill', 'killed'],
    ['budget', 'failed'],
  ])('ends at once by %s, and gives its turn back', async (signal, state) => {
    const scenario = waiting();
    const running = runScenario(runner, scenario);
    await until(() => looks(scenario) > 0);
    const asked = Date.now();
    if (signal === 'budget') await runner.handle?.signal(signal);
    else await stopRun(runner, signal);
    expect((await running).state).toBe(state);
    expect(Date.now() - asked).toBeLessThan(3_000 * hostSlowness());
    expect(scenario.calls).toContain('destroySandbox');
    expect(scenario.calls).not.toContain('createSandbox');
    if (process.env['RECORD_HISTORIES'] && signal === 'kill') await storeHistories(runner, 'queued-killed');
  });

  it('so does a build of its own, which waits as well', async () => {
    const scenario = waiting();
    await withFakeWorkers(runner.environment, runner.bundle, scenario, async () => {
      runner.handle = await runner.environment.client.workflow.start('buildProject', {
        taskQueue: 'sandbox',
        workflowId: `build-own-${Date.now()}`,
        args: [
          {
            buildId: 'own',
            projectId: 'p1',
            source: { kind: 'git', url: 'https://example.test/app.git' },
            overrides: {},
            provider: 'local',
          },
        ],
      });
      await until(() => looks(scenario) > 0);
      await stopRun(runner, 'cancel');
      await expect(runner.handle.result()).rejects.toThrow();
    });
    expect(scenario.calls).toContain('destroySandbox');
    expect(scenario.calls).not.toContain('createSandbox');
    if (process.env['RECORD_HISTORIES']) await storeHistory(runner, 'queued-build');
  });
});
