import { describe, expect, it } from '@jest/globals';
import { runScenario, scenarioOf, storeHistories } from '../testing/scenarios';
import { useRunner } from '../testing/use-runner';
import { feature } from '../testing/fake-activities';

describe('the sandbox of a run', () => {
  const runner = useRunner();

  const record = async (name: string): Promise<void> => {
    if (process.env['RECORD_HISTORIES']) await storeHistories(runner, name);
  };

  it('fails a run whose sandbox costs too much, and leaves nothing open', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.onStep = async (_name, step) => {
      if (step === 1) await runner.handle?.signal('budget');
    };
    const result = await runScenario(runner, scenario);
    expect(result.state).toBe('failed');
    expect(scenario.calls).toContain('failure budget_exceeded');
    expect(scenario.calls).not.toContain('renderFilm');
    expect([...scenario.open]).toEqual([]);
    await record('over-budget');
  });

  it('leaves a sandbox that is kept to a workflow of its own', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.lease = {
      status: 'running',
      desired: 'destroyed',
      ephemeral: true,
      idleTimeoutMs: 1_000,
      autoArchiveMs: null,
      autoDeleteMs: null,
      deadlineAt: null,
      lastUsedAt: Date.now(),
      stoppedAt: null,
    };
    const result = await runScenario(runner, scenario, { keepSandbox: true });
    expect(result.state).toBe('done');
    const { client } = runner.environment;
    const runId = runner.handle?.workflowId.slice('run-'.length);
    const kept = client.workflow.getHandle(`sandbox-sbx-${runId}`);
    expect((await kept.describe()).type).toBe('keepSandbox');
  });
});
