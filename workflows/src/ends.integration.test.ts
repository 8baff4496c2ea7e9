import { describe, expect, it } from '@jest/globals';
import { defineSearchAttributeKey } from '@temporalio/common';
import { ApplicationFailure } from '@temporalio/common';
import { CANCELLED_INPUT, runScenario, scenarioOf, stopRun } from '../testing/scenarios';
import { useRunner } from '../testing/use-runner';
import { feature } from '../testing/fake-activities';

const keyword = (name: string, value: string) => ({ key: defineSearchAttributeKey(name, 'KEYWORD'), value });

describe('defect 8: how a run ends is how the Web UI shows its workflows', () => {
  const runner = useRunner();

  const childStatus = async (kind: 'build' | 'film' | 'export'): Promise<string> => {
    const runId = runner.handle?.workflowId.slice('run-'.length) ?? '';
    const id = kind === 'export' ? `export-${runId}-e1` : `${kind}-${runId}`;
    return (await runner.environment.client.workflow.getHandle(id).describe()).status.name;
  };

  it('done: Completed, parent and children', async () => {
    const scenario = scenarioOf([feature('add')]);
    const result = await runScenario(runner, scenario);
    expect([result.status, result.state, result.reason]).toEqual(['COMPLETED', 'done', '']);
    for (const kind of ['build', 'film', 'export'] as const)
      expect(await childStatus(kind)).toBe('COMPLETED');
  });

  it('nothing proven: Failed, with the reason and what each feature lacked', async () => {
    const scenario = scenarioOf([feature('dead')]);
    scenario.deadFeatures = ['dead'];
    const result = await runScenario(runner, scenario);
    expect([result.status, result.state]).toEqual(['FAILED', 'failed']);
    expect(result.reason).toMatch(/^None of the planned features could be proven\. /);
    expect(result.outcomes.map((outcome) => outcome.feature)).toEqual(['dead']);
    expect(await childStatus('film')).toBe('COMPLETED');
  });

  it('a stage that failed: Failed, with its reason', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.onMakePlan = () => {
      throw ApplicationFailure.nonRetryable('There is nothing to show.', 'nothing_to_show');
    };
    const result = await runScenario(runner, scenario);
    expect([result.status, result.reason]).toEqual(['FAILED', 'There is nothing to show.']);
  });

  it('a build that failed: the build Failed, and its run with the same reason', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.onInstall = () => {
      throw ApplicationFailure.nonRetryable('npm ended with 1.', 'install_failed');
    };
    const result = await runScenario(runner, scenario);
    expect([result.status, result.reason]).toEqual(['FAILED', 'npm ended with 1.']);
    expect(await childStatus('build')).toBe('FAILED');
  });

  it('over budget: Failed', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.onStep = async (_name, step) => {
      if (step === 1) await runner.handle?.signal('budget');
    };
    const result = await runScenario(runner, scenario);
    expect([result.status, result.reason]).toEqual([
      'FAILED',
      'The sandbox of this run cost more than its budget.',
    ]);
    expect(await childStatus('film')).toBe('CANCELLED');
  });

  it('cancelled while filming: Cancelled, run and film; what was filmed is kept', async () => {
    const scenario = scenarioOf([feature('add'), feature('search')]);
    const result = await runScenario(runner, scenario, CANCELLED_INPUT);
    expect([result.status, result.state]).toEqual(['CANCELLED', 'cancelled']);
    expect(await childStatus('film')).toBe('CANCELLED');
    expect(await childStatus('build')).toBe('COMPLETED');
    expect(scenario.calls).toContain('segmentTakes');
  });

  it('cancelled in the Web UI, which knows no signals: the same, at the next safe point', async () => {
    const scenario = scenarioOf([feature('add'), feature('search')]);
    scenario.onStep = async (name, step) => {
      if (name === 'add' && step === 0) await runner.handle?.cancel();
    };
    const result = await runScenario(runner, scenario);
    expect([result.status, result.state]).toEqual(['CANCELLED', 'cancelled']);
    expect(scenario.calls).toContain('segmentTakes');
    expect(scenario.calls).not.toContain('step search 0');
    expect(scenario.states.at(-1)).toBe('cancelled');
    expect([...scenario.open]).toEqual([]);
  });

  it('cancelled while the app is built: Cancelled, run and build', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.installHangs = true;
    scenario.onInstall = () => stopRun(runner, 'cancel');
    const result = await runScenario(runner, scenario);
    expect([result.status, result.state]).toEqual(['CANCELLED', 'cancelled']);
    expect(await childStatus('build')).toBe('CANCELLED');
  });

  it('killed: Cancelled, run and film, and its state says that it was killed', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.onStep = async (_name, step) => {
      if (step === 1) await stopRun(runner, 'kill');
    };
    const result = await runScenario(runner, scenario);
    expect([result.status, result.state]).toEqual(['CANCELLED', 'killed']);
    expect(await childStatus('film')).toBe('CANCELLED');
    expect([...scenario.open]).toEqual([]);
  });

  it('the list tells project, intent and tenant of every workflow of a run', async () => {
    const own = [
      keyword('ShowrunnerProjectName', 'Kanban'),
      keyword('ShowrunnerIntent', 'Add a card'),
      keyword('ShowrunnerTenant', 'acme'),
    ];
    await runScenario(runner, scenarioOf([feature('add')]), {}, own);
    const runId = runner.handle?.workflowId.slice('run-'.length) ?? '';
    for (const id of [`run-${runId}`, `build-${runId}`, `film-${runId}`, `export-${runId}-e1`]) {
      const { searchAttributes } = await runner.environment.client.workflow.getHandle(id).describe();
      expect([id, searchAttributes]).toEqual([
        id,
        expect.objectContaining({
          ShowrunnerProjectName: ['Kanban'],
          ShowrunnerIntent: ['Add a card'],
          ShowrunnerTenant: ['acme'],
          ShowrunnerState: [expect.any(String)],
        }),
      ]);
    }
  });
});
