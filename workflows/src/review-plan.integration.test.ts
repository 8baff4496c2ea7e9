import { describe, expect, it } from '@jest/globals';
import { REVIEW_UPDATE } from '@showrunner/contracts';
import { feature } from '../testing/fake-activities';
import type { Scenario } from '../testing/fake-activities';
import { runScenario, scenarioOf, stopRun } from '../testing/scenarios';
import { useRunner } from '../testing/use-runner';

describe('a plan that somebody looks at before it is fixed', () => {
  const runner = useRunner();
  const three = (): Scenario => scenarioOf([feature('add', 1), feature('search', 1), feature('sort', 1)]);
  const ask = (features?: string[]) => runner.handle?.executeUpdate(REVIEW_UPDATE, { args: [{ features }] });

  it('waits, films what was chosen in its order, and takes no word afterwards', async () => {
    const scenario = three();
    const said: unknown[] = [];
    scenario.onReview = ({ state }) => {
      if (state !== 'open') return;
      void (async () => {
        said.push(await ask(['nothing'])?.catch((error: { cause?: { type?: string } }) => error.cause?.type));
        said.push(await ask(['sort', 'add']));
      })();
    };
    scenario.onStep = async () => {
      if (said.length === 2)
        said.push(await ask(['add'])?.catch((error: { cause?: { type?: string } }) => error.cause?.type));
    };
    const { outcomes, state } = await runScenario(runner, scenario, { reviewMinutes: 10 });
    expect([state, outcomes.map((one) => one.feature)]).toEqual(['done', ['sort', 'add']]);
    expect(said).toEqual([
      'review_feature_unknown',
      expect.objectContaining({ state: 'changed', minutes: 10, deadline: expect.stringMatching(/Z$/) }),
      'review_not_open',
    ]);
    expect(scenario.calls).toEqual(
      expect.arrayContaining(['draftPlan', 'fixPlan sort add', 'review changed']),
    );
    expect(scenario.calls).not.toContain('makePlan');
  });

  it('films it as proposed when nobody says anything, and can be cancelled meanwhile', async () => {
    const alone = three();
    const { outcomes } = await runScenario(runner, alone, { reviewMinutes: 0.02 });
    expect(outcomes).toHaveLength(3);
    expect(alone.calls).toContain('review expired');
    expect(alone.notes.join()).toContain('Nobody looked at the plan');
    const stopped = three();
    stopped.onReview = () => stopRun(runner, 'cancel');
    expect((await runScenario(runner, stopped, { reviewMinutes: 30 })).status).toBe('CANCELLED');
    expect([...stopped.open]).toEqual([]);
  });
});
