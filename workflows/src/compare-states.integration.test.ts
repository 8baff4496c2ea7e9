import { describe, expect, it } from '@jest/globals';
import type { ComparedSource, LookName, ProduceVideoInput } from '@showrunner/contracts';
import { brokenBuild, FORK_POINT, feature } from '../testing/fake-activities';
import { runScenario, scenarioOf, stopRun } from '../testing/scenarios';
import { useRunner } from '../testing/use-runner';

const git = { kind: 'git', url: 'https://example.test/app.git' } as const;
const base: ComparedSource = { projectId: 'p1', ref: 'main', source: { ...git, branch: 'main' } };
const input: Partial<ProduceVideoInput> = { source: { ...git, branch: 'feature' }, base };

describe('a run that is compared with another state', () => {
  const runner = useRunner();
  const books = (calls: readonly string[]): string[] =>
    calls.filter((call) => /^(look|compareStates|composeSides|segmentTakes|renderFilm)/.test(call));

  it('takes one look after the other, each a run, and films what is new, and what changed beside how it was', async () => {
    const scenario = scenarioOf([feature('add'), feature('old'), feature('sort')]);
    const asked: LookName[] = ['base', 'headAtBase', 'baseAtHead', 'again'];
    scenario.onCompare = (looks) => ({
      next: asked.find((name) => looks[name] === undefined) ?? null,
      features: [
        { feature: 'add', verdict: 'changed' },
        { feature: 'old', verdict: 'same' },
        { feature: 'sort', verdict: 'new' },
      ],
    });
    const result = await runScenario(runner, scenario, input);
    expect(result).toMatchObject({ state: 'done', verdicts: ['changed', 'same', 'new'] });
    expect(books(scenario.calls)).toEqual([
      'compareStates ',
      'look base plan own',
      'compareStates base',
      'look at-base plan pinned check',
      'compareStates base headAtBase',
      'look at-head plan pinned check',
      'compareStates base headAtBase baseAtHead',
      'look again plan pinned check',
      'compareStates base headAtBase baseAtHead again',
      'composeSides add',
      'segmentTakes add@sides sort',
      'renderFilm',
    ]);
    // Of the plan of base at head nothing is recorded: only whether it works is asked.
    expect(scenario.takes.filter((take) => /-at-head-/.test(take))).toEqual([]);
    expect(scenario.takes.filter((take) => /-(base|at-base|again)-f1/.test(take))).toHaveLength(3);
    // What both parted from is what is compared with.
    expect(scenario.fetched.map(({ commit, branch }) => commit ?? branch)).toEqual([
      ...['feature', FORK_POINT, FORK_POINT, 'feature', 'feature'],
    ]);
    expect([...scenario.open]).toEqual([]);
  });

  it('renders nothing when nothing is different', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.onCompare = (looks) => ({
      next: looks.base === undefined ? 'base' : null,
      features: [{ feature: 'add', verdict: 'same' }],
    });
    expect(await runScenario(runner, scenario, input)).toMatchObject({ state: 'done', exportId: null });
    expect(books(scenario.calls).slice(-1)).toEqual(['compareStates base']);
  });

  it('tells of a base that does not build by the failure of its look, and ends all the same', async () => {
    const scenario = scenarioOf([feature('add')]);
    const told: unknown[] = [];
    let builds = 0;
    scenario.onDetect = () => {
      builds += 1;
      if (builds > 1) throw brokenBuild();
    };
    scenario.onCompare = (looks) => {
      if (looks.base === undefined) return { next: 'base', features: [] };
      told.push(looks.base.failure);
      return { next: null, features: [{ feature: 'add', verdict: 'new' }] };
    };
    expect(await runScenario(runner, scenario, input)).toMatchObject({ state: 'done', verdicts: ['new'] });
    expect(told).toEqual([expect.objectContaining({ code: 'no_start_command', stage: 'detect' })]);
  });

  it('is cancelled with the look that goes on', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.onCompare = () => ({ next: 'base', features: [] });
    scenario.onStep = async () => {
      if (scenario.calls.includes('look base plan own')) await stopRun(runner, 'cancel');
    };
    expect(await runScenario(runner, scenario, input)).toMatchObject({
      state: 'cancelled',
      status: 'CANCELLED',
    });
    expect([...scenario.open]).toEqual([]);
  });
});
