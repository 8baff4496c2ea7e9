import { describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { DetectProjectInput } from '@showrunner/contracts';
import { scenarioOf, storeHistory } from '../testing/scenarios';
import type { Scenario } from '../testing/fake-activities';
import { withFakeWorkers } from '../testing/temporal-harness';
import { useRunner } from '../testing/use-runner';

describe('detectProject', () => {
  const runner = useRunner();

  const detect = (scenario: Scenario, buildId: string): Promise<unknown> =>
    withFakeWorkers(runner.environment, runner.bundle, scenario, async () => {
      const input: DetectProjectInput = {
        buildId,
        projectId: 'p1',
        source: { kind: 'git', url: 'https://example.test/app.git' },
        overrides: {},
        provider: 'local',
      };
      runner.handle = await runner.environment.client.workflow.start('detectProject', {
        taskQueue: 'sandbox',
        workflowId: `build-${buildId}`,
        args: [input],
      });
      return runner.handle.result();
    });

  it('answers the build spec, installs and starts nothing, and leaves no sandbox', async () => {
    const scenario = scenarioOf([]);
    expect(await detect(scenario, 'd1')).toMatchObject({ framework: 'static', start: 'serve' });
    expect(scenario.calls).toContain('destroySandbox');
    expect(scenario.calls).not.toContain('installApp');
    expect([...scenario.open]).toEqual([]);
    if (process.env['RECORD_HISTORIES']) await storeHistory(runner, 'detect-project');
  }, 60_000);

  it('destroys the sandbox when there is nothing to detect, and fails with the reason', async () => {
    const scenario = scenarioOf([]);
    scenario.onDetect = () => {
      throw ApplicationFailure.nonRetryable('There is nothing to run.', 'nothing_to_run');
    };
    await expect(detect(scenario, 'd2')).rejects.toMatchObject({
      cause: { type: 'nothing_to_run', message: 'There is nothing to run.' },
    });
    expect([...scenario.open]).toEqual([]);
  }, 60_000);
});
