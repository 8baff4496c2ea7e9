import { describe, expect, it } from '@jest/globals';
import { feature, sandboxLost } from '../testing/fake-activities';
import type { Scenario } from '../testing/fake-activities';
import { runScenario, scenarioOf, stopRun, storeHistories } from '../testing/scenarios';
import { useRunner } from '../testing/use-runner';

describe('a run whose sandbox dies', () => {
  const runner = useRunner();

  const diesOnce = (): Scenario => {
    const scenario = scenarioOf([feature('add'), feature('search')]);
    let deaths = 0;
    scenario.onStep = (name, step) => {
      if (name !== 'search' || step !== 1 || deaths > 0) return;
      deaths += 1;
      throw sandboxLost();
    };
    return scenario;
  };
  const count = (calls: string[], call: string): number => calls.filter((one) => one === call).length;

  it('fails with that reason unless told otherwise', async () => {
    for (const change of [{}, { onSandboxLost: 'fail' as const }]) {
      const scenario = diesOnce();
      expect((await runScenario(runner, scenario, change)).state).toBe('failed');
      expect(scenario.calls).toContain('failure sandbox_lost');
      expect(count(scenario.calls, 'createSandbox')).toBe(1);
      expect([...scenario.open]).toEqual([]);
    }
  });

  it('builds the app in another one and films the same plan from its first feature, if told so', async () => {
    const scenario = diesOnce();
    const result = await runScenario(runner, scenario, { onSandboxLost: 'reacquire' });
    expect(result.state).toBe('done');
    expect(result.outcomes.map((outcome) => outcome.verified)).toEqual([true, true]);
    expect(scenario.calls.filter((call) => /^(step|replay)/.test(call))).toEqual([
      ...['step add 0', 'step add 1', 'step search 0', 'step search 1'],
      ...['step add 0', 'step add 1', 'step search 0', 'step search 1'],
    ]);
    expect(count(scenario.calls, 'createSandbox')).toBe(2);
    expect(count(scenario.calls, 'makePlan')).toBe(1);
    // What was left of the first goes before the second is asked for.
    expect(scenario.calls.indexOf('destroySandbox')).toBeLessThan(
      scenario.calls.lastIndexOf('createSandbox'),
    );
    expect(scenario.notes).toEqual([expect.stringMatching(/^The sandbox died\..*the same plan/)]);
    const runId = runner.handle?.workflowId.slice('run-'.length);
    // Operators are led to the app that runs.
    expect((await runner.handle?.describe())?.memo).toMatchObject({
      preview: `http://sbx-${runId}-2.preview.localhost:4401`,
    });
    expect(new Set(scenario.takes).size).toBe(scenario.takes.length);
    expect([...scenario.open]).toEqual([]);
    if (process.env['RECORD_HISTORIES']) await storeHistories(runner, 'reacquired');
  }, 90_000);

  it('makes the plan in the other one when it died before there was one', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.onMakePlan = () => {
      if (count(scenario.calls, 'makePlan') === 1) throw sandboxLost();
    };
    expect((await runScenario(runner, scenario, { onSandboxLost: 'reacquire' })).state).toBe('done');
    expect(count(scenario.calls, 'createSandbox')).toBe(2);
    expect([...scenario.open]).toEqual([]);
  });

  it('fails when the other one dies, too', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.onStep = () => {
      throw sandboxLost();
    };
    expect((await runScenario(runner, scenario, { onSandboxLost: 'reacquire' })).state).toBe('failed');
    expect(scenario.calls).toContain('failure sandbox_lost');
    expect(count(scenario.calls, 'createSandbox')).toBe(2);
    expect([...scenario.open]).toEqual([]);
  });

  it('can be cancelled while the app is built again', async () => {
    const scenario = diesOnce();
    scenario.onInstall = async () => {
      if (count(scenario.calls, 'installApp') === 1) return;
      scenario.installHangs = true;
      await stopRun(runner, 'cancel');
    };
    const result = await runScenario(runner, scenario, { onSandboxLost: 'reacquire' });
    expect(result.state).toBe('cancelled');
    expect([...scenario.open]).toEqual([]);
  }, 60_000);
});
