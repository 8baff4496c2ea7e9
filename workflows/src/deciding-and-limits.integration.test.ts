import { describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { RecordedAction } from '@showrunner/contracts';
import { feature, limitReached } from '../testing/fake-activities';
import { runScenario, scenarioOf, storeHistories } from '../testing/scenarios';
import { useRunner } from '../testing/use-runner';

const runner = useRunner();
const record = async (name: string): Promise<void> => {
  if (process.env['RECORD_HISTORIES']) await storeHistories(runner, name);
};
const stepsIn = (calls: string[]): string[] => calls.filter((call) => /^(step|replay|decide)/.test(call));

describe('a step whose target the rules do not find', () => {
  it('is decided in an activity of its own, which is retried without repeating the step', async () => {
    const scenario = scenarioOf([feature('add', 1)]);
    scenario.movedFeatures = ['add'];
    let asked = 0;
    scenario.onDecide = () => {
      asked += 1;
      if (asked < 3) throw ApplicationFailure.retryable('The model is busy.', 'model_busy');
      return 'Create';
    };
    expect((await runScenario(runner, scenario)).state).toBe('done');
    expect(stepsIn(scenario.calls)).toEqual([
      'step add 0',
      'decide add 0',
      'decide add 0',
      'decide add 0',
      'step add 0',
    ]);
    expect(scenario.decided).toEqual(['nothing', 'Create']);
    await record('decided');
  });

  it('fails by itself when nobody knows, or nobody can be asked', async () => {
    for (const onDecide of [
      () => undefined,
      () => {
        throw ApplicationFailure.nonRetryable('There is no key.', 'model_refused');
      },
    ]) {
      const scenario = scenarioOf([feature('add', 1), feature('search', 1)]);
      scenario.movedFeatures = ['add'];
      scenario.onDecide = onDecide;
      const result = await runScenario(runner, scenario);
      expect(result.state).toBe('done');
      expect(result.outcomes.map(({ verified }) => verified)).toEqual([false, true]);
      expect(scenario.decided).toEqual(['nothing', 'nothing']);
    }
  });

  it('is replayed by what was decided then, and needs nobody who decides', async () => {
    const target = { role: 'button', name: 'Create', exact: true };
    const recorded: RecordedAction[] = [
      {
        feature: 'add',
        step: 0,
        tool: 'browser_click',
        arguments: { step: 0 },
        action: { type: 'click', target: { role: 'button', name: 'Add', exact: true } },
        result: 'succeeded',
        verified: true,
        decision: {
          by: 'fake-1',
          outcome: 'resolved',
          target,
          confidence: 0.8,
          evidence: 'It looks like it.',
        },
      },
    ];
    const scenario = scenarioOf([feature('add', 1), feature('search', 1)]);
    scenario.movedFeatures = ['add', 'search'];
    scenario.onDecide = () => 'Find';
    const result = await runScenario(runner, scenario, { planId: 'plan1', recorded });
    // The second was never decided in the recording: it fails, and nobody is asked.
    expect(stepsIn(scenario.calls)).toEqual(['step add 0', 'step search 0', 'step search 0']);
    expect(scenario.decided).toEqual(['Create', 'nothing', 'nothing']);
    expect(result.outcomes.map(({ verified }) => verified)).toEqual([true, false]);
  });
});

describe('defect 4: loops and limits', () => {
  it('a loop ends its feature at once, and the film goes on', async () => {
    const scenario = scenarioOf([feature('add'), feature('search')]);
    scenario.loopingFeatures = ['add'];
    const result = await runScenario(runner, scenario);
    expect(result.state).toBe('done');
    expect(stepsIn(scenario.calls)).toEqual(['step add 0', 'step search 0', 'step search 1']);
    expect(result.outcomes).toMatchObject([
      { verified: false, reason: expect.stringContaining('a loop') },
      { verified: true },
    ]);
  });

  it.each(['step_limit', 'time_limit'] as const)(
    'keeps and renders what was proven before the %s',
    async (code) => {
      const scenario = scenarioOf([feature('add'), feature('search'), feature('open')]);
      scenario.onStep = (name, step) => {
        if (name === 'search' && step === 1) throw limitReached(code);
      };
      const result = await runScenario(runner, scenario);
      expect(result).toMatchObject({ state: 'done', limit: { code } });
      expect(result.outcomes).toMatchObject([
        { feature: 'add', verified: true },
        { feature: 'search', verified: false, reason: 'The session reached its limit.' },
        { feature: 'open', verified: false, reason: 'The session reached its limit.' },
      ]);
      expect(scenario.calls).toContain('renderFilm');
      expect(scenario.notes.join()).toContain('1 of 3 features were proven before');
      expect(scenario.calls.filter((call) => call === 'openSession')).toHaveLength(1);
      expect([...scenario.open]).toEqual([]);
      if (code === 'step_limit') await record('limit-reached');
    },
  );

  it('fails with the limit when nothing was proven before it', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.onStep = () => {
      throw limitReached('time_limit');
    };
    expect((await runScenario(runner, scenario)).state).toBe('failed');
    expect(scenario.calls).toContain('failure time_limit');
    expect([...scenario.open]).toEqual([]);
  });

  it('keeps the clips of what was proven before the budget was spent', async () => {
    const scenario = scenarioOf([feature('add', 1), feature('search')]);
    scenario.onStep = async (name, step) => {
      if (name === 'search' && step === 1) await runner.handle?.signal('budget');
    };
    const result = await runScenario(runner, scenario);
    expect(result.state).toBe('failed');
    expect(scenario.calls).toContain('failure budget_exceeded');
    expect(scenario.calls).toContain('segmentTakes');
    expect(scenario.calls).not.toContain('renderFilm');
    expect(scenario.notes.join()).toContain('their clips and actions are kept');
    expect([...scenario.open]).toEqual([]);
  });
});
