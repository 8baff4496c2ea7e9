import { describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { GenerateAppInput } from '@showrunner/contracts';
import { scenarioOf, storeHistory } from '../testing/scenarios';
import type { Scenario } from '../testing/fake-activities';
import { withFakeWorkers } from '../testing/temporal-harness';
import { useRunner } from '../testing/use-runner';

describe('generateApp', () => {
  const runner = useRunner();

  const generate = (scenario: Scenario, projectId: string): Promise<unknown> =>
    withFakeWorkers(runner.environment, runner.bundle, scenario, async () => {
      const input: GenerateAppInput = { projectId, provider: 'local' };
      runner.handle = await runner.environment.client.workflow.start('generateApp', {
        taskQueue: 'plan',
        workflowId: `generate-${projectId}`,
        args: [input],
      });
      return runner.handle.result();
    });
  const told = ({ calls }: Scenario): string[] =>
    calls.filter((call) => /^(writeApp|writing|running|failed)/.test(call));

  it('tries again with what was wrong before it ran and with what it died of, then with the fallback prompt', async () => {
    const scenario = scenarioOf([]);
    scenario.onWrite = (attempt) => (attempt === 1 ? 'server.js:1: It is no valid program.' : undefined);
    let installs = 0;
    scenario.onInstall = () => {
      installs += 1;
      if (installs === 1)
        throw ApplicationFailure.nonRetryable('The install failed: no such package.', 'install_failed');
    };
    expect(await generate(scenario, 'g1')).toMatchObject({
      buildId: 'g1-3',
      previewUrl: expect.stringContaining('sbx-g1-3'),
    });
    expect(told(scenario)).toEqual([
      'writeApp 1',
      'writeApp 2: server.js:1: It is no valid program.',
      'writing · Attempt 2 did not run: The install failed: no such package.',
      'writeApp 3 fallback: The install failed: no such package.',
      'running',
    ]);
    if (process.env['RECORD_HISTORIES']) await storeHistory(runner, 'generate-app');
  }, 60_000);

  it('ends with the last reason when no attempt brought an app', async () => {
    const scenario = scenarioOf([]);
    scenario.onWrite = (attempt) => `wrong ${attempt}`;
    await expect(generate(scenario, 'g2')).rejects.toMatchObject({
      cause: { type: 'app_not_generated', message: 'No app could be made of the prompt: wrong 3' },
    });
    expect(told(scenario).at(-1)).toBe('failed · app_not_generated');
    expect([...scenario.open]).toEqual([]);
  }, 60_000);

  it('asks no model again for what is no fault of the app', async () => {
    const scenario = scenarioOf([]);
    scenario.onInstall = () => {
      throw ApplicationFailure.nonRetryable('The registry does not answer.', 'registry_unreachable');
    };
    await expect(generate(scenario, 'g3')).rejects.toMatchObject({ cause: { type: 'registry_unreachable' } });
    const spent = scenarioOf([]);
    spent.onWrite = () => {
      throw ApplicationFailure.nonRetryable('The app may spend no more on models.', 'model_spend_limit');
    };
    await expect(generate(spent, 'g4')).rejects.toMatchObject({ cause: { type: 'model_spend_limit' } });
    for (const one of [scenario, spent]) {
      expect(told(one).filter((call) => call.startsWith('writeApp'))).toEqual(['writeApp 1']);
      expect(told(one).at(-1)).toMatch(/^failed · /);
    }
  }, 60_000);
});
