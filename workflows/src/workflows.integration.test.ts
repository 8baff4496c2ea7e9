import { describe, expect, it } from '@jest/globals';
import { hostSlowness } from '@showrunner/contracts/testing';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { sandboxIdOf } from '@showrunner/contracts';
import { CANCELLED_INPUT, runScenario, scenarioOf, stopRun, storeHistories } from '../testing/scenarios';
import { useRunner } from '../testing/use-runner';
import { feature, sessionLost } from '../testing/fake-activities';

describe('the workflows on a real Temporal server, with fake activities', () => {
  const runner = useRunner();

  /** With RECORD_HISTORIES=1 the histories that the replay test replays are written anew. */
  const record = async (name: string): Promise<void> => {
    if (process.env['RECORD_HISTORIES']) await storeHistories(runner, name);
  };

  it('films a plan from source to export and leaves nothing open', async () => {
    const scenario = scenarioOf([feature('add'), feature('search')]);
    const result = await runScenario(runner, scenario);
    expect(result.state).toBe('done');
    expect(result.outcomes.map((outcome) => outcome.verified)).toEqual([true, true]);
    expect(scenario.states).toEqual(['building', 'planning', 'filming', 'segmenting', 'exporting', 'done']);
    expect(scenario.calls.filter((call) => call.startsWith('step'))).toEqual([
      'step add 0',
      'step add 1',
      'step search 0',
      'step search 1',
    ]);
    expect([...scenario.open]).toEqual([]);
    // A recording that goes well ends because it is told to, and only then the browser.
    const ends = scenario.calls.filter((call) =>
      /^(stopRecording|recording cancelled|closeSession)$/.test(call),
    );
    expect(ends).toEqual(['stopRecording', 'closeSession']);
    await record('happy');
  });

  it('drops a feature that cannot be proven and goes on', async () => {
    const scenario = scenarioOf([feature('dead'), feature('search')]);
    scenario.deadFeatures = ['dead'];
    const result = await runScenario(runner, scenario, { aspect: '9:16', theme: 'aurora' });
    expect(scenario.calls).toContain('output {"format":"mp4","aspect":"9:16","theme":"aurora"}');
    expect(result.outcomes.map((outcome) => [outcome.feature, outcome.verified])).toEqual([
      ['dead', false],
      ['search', true],
    ]);
    expect(result.state).toBe('done');
    // Twice on the page, and twice more from a clean one.
    expect(scenario.calls.filter((call) => call === 'step dead 0')).toHaveLength(4);
  });

  it('films a feature once more from a clean page, and shows only that', async () => {
    const scenario = scenarioOf([feature('flaky', 1), feature('search', 1)]);
    scenario.deadFeatures = ['flaky'];
    let steps = 0;
    scenario.onStep = (name) => {
      if (name === 'flaky' && (steps += 1) === 3) scenario.deadFeatures = [];
    };
    const result = await runScenario(runner, scenario);
    expect(scenario.calls.filter((call) => /^step/.test(call))).toEqual([
      ...['step flaky 0', 'step flaky 0', 'step flaky 0', 'step search 0'],
    ]);
    expect(result.outcomes).toEqual([
      { feature: 'flaky', title: 'Show flaky', verified: true },
      { feature: 'search', title: 'Show search', verified: true },
    ]);
    expect(scenario.calls.filter((call) => call === 'openSession')).toHaveLength(1);
  });

  it('fails when no feature was proven', async () => {
    const scenario = scenarioOf([feature('dead')]);
    scenario.deadFeatures = ['dead'];
    const result = await runScenario(runner, scenario);
    expect(result.state).toBe('failed');
    expect(scenario.calls).toContain('failure no_feature_proven');
    expect(scenario.calls).not.toContain('renderFilm');
    expect([...scenario.open]).toEqual([]);
  });

  it('resets the app before it rehearses again what was cut off', async () => {
    const scenario = scenarioOf([feature('add')]);
    let rehearsals = 0;
    scenario.onMakePlan = () => {
      rehearsals += 1;
      if (rehearsals < 3) throw ApplicationFailure.create({ message: 'the database is away', type: 'away' });
    };
    expect((await runScenario(runner, scenario)).state).toBe('done');
    const calls = scenario.calls.filter((call) => /^(exploreApp|makePlan|resetApp|openSession)$/.test(call));
    expect(calls.slice(0, 6)).toEqual([
      'exploreApp',
      'makePlan',
      'resetApp',
      'makePlan',
      'resetApp',
      'makePlan',
    ]);
  });

  it('does not rehearse again what cannot be planned', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.onMakePlan = () => {
      throw ApplicationFailure.nonRetryable('nothing to show', 'nothing_to_show');
    };
    expect((await runScenario(runner, scenario)).state).toBe('failed');
    expect(scenario.calls.filter((call) => call === 'makePlan')).toHaveLength(1);
    expect(scenario.calls).toContain('failure nothing_to_show');
    expect([...scenario.open]).toEqual([]);
  });

  it('opens a new session when one is lost, replays what was proven and films the interrupted feature again', async () => {
    const scenario = scenarioOf([feature('add'), feature('search')]);
    let losses = 0;
    scenario.onStep = (name, step) => {
      if (name === 'search' && step === 1 && losses === 0) {
        losses += 1;
        throw sessionLost();
      }
    };
    const result = await runScenario(runner, scenario, { pace: 'slow' });
    expect(result.state).toBe('done');
    // What is only repeated after the loss has nobody to watch it.
    expect(scenario.paces).toEqual(['slow', 'slow', 'slow', 'slow', 'none', 'none', 'slow', 'slow']);
    const steps = scenario.calls.filter((call) => /^(step|replay)/.test(call));
    expect(steps).toEqual([
      'step add 0',
      'step add 1',
      'step search 0',
      'step search 1',
      'replay add 0',
      'replay add 1',
      'step search 0',
      'step search 1',
    ]);
    expect(scenario.calls.filter((call) => call === 'openSession')).toHaveLength(2);
    expect([...scenario.open]).toEqual([]);
    await record('session-lost');
  }, 90_000);

  it('faults-and-surprises 3.3: a step that ends because its worker shuts down loses the session and not the run', async () => {
    const scenario = scenarioOf([feature('add')]);
    let shutDown = false;
    scenario.onStep = async () => {
      if (shutDown) return;
      shutDown = true;
      scenario.shutDownFirstSessions?.();
      await Context.current().cancelled;
    };
    const result = await runScenario(runner, scenario);
    expect(result.state).toBe('done');
    expect(scenario.calls.filter((call) => /^step/.test(call))).toEqual([
      'step add 0',
      'step add 0',
      'step add 1',
    ]);
    expect(scenario.calls.filter((call) => call === 'openSession')).toHaveLength(2);
  }, 90_000);

  it('films again what was proven in a session whose recording was lost with it', async () => {
    const scenario = scenarioOf([feature('add'), feature('search')]);
    scenario.losesTakes = true;
    let losses = 0;
    scenario.onStep = (name, step) => {
      if (name === 'search' && step === 1 && losses === 0) {
        losses += 1;
        throw sessionLost();
      }
    };
    const result = await runScenario(runner, scenario);
    expect(result.state).toBe('done');
    expect(result.outcomes.map((outcome) => outcome.verified)).toEqual([true, true]);
    expect(scenario.calls.filter((call) => /^(step|replay)/.test(call))).toEqual([
      'step add 0',
      'step add 1',
      'step search 0',
      'step search 1',
      'step add 0',
      'step add 1',
      'step search 0',
      'step search 1',
    ]);
    expect([...scenario.open]).toEqual([]);
  });

  it('keeps what exists when cancelled while filming, and leaves nothing open', async () => {
    const scenario = scenarioOf([feature('add'), feature('search')]);
    const result = await runScenario(runner, scenario, CANCELLED_INPUT);
    expect(result.state).toBe('cancelled');
    expect(scenario.states.at(-1)).toBe('cancelled');
    expect(scenario.calls).toContain('segmentTakes');
    expect(scenario.calls).not.toContain('renderFilm');
    expect(scenario.calls).toContain('stopRecording');
    expect(scenario.calls).not.toContain('recording cancelled');
    expect([...scenario.open]).toEqual([]);
    await record('cancelled');
  });

  it('fails with what to do when no recorder is free, and films nothing meanwhile', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.hasNoRecorder = true;
    const result = await runScenario(runner, scenario);
    expect(result.state).toBe('failed');
    expect(scenario.calls).toContain('failure no_recorder');
    expect(scenario.calls.filter((call) => /^(begin|step)/.test(call))).toEqual([]);
    expect([...scenario.open]).toEqual([]);
  }, 120_000);

  it('fails with the reason when recorders do not reach the agents', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.cannotReachSessions = true;
    expect((await runScenario(runner, scenario)).state).toBe('failed');
    expect(scenario.calls).toContain('failure frames_unreachable');
    expect([...scenario.open]).toEqual([]);
  }, 120_000);

  it('kills at once: sandbox and browser are gone within two seconds of the signal', async () => {
    const scenario = scenarioOf([feature('add')]);
    let killedAt = 0;
    scenario.onStep = async (_name, step) => {
      if (step !== 1) return;
      killedAt = Date.now();
      await stopRun(runner, 'kill');
      while (scenario.open.has(sandboxIdOf(runner.handle?.workflowId.slice(4) ?? '')))
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect(Date.now() - killedAt).toBeLessThan(2000 * hostSlowness());
    };
    const result = await runScenario(runner, scenario);
    expect(result.state).toBe('killed');
    expect(scenario.calls).not.toContain('stopRecording');
    expect(scenario.calls).toContain('recording cancelled');
    expect([...scenario.open]).toEqual([]);
    await record('killed');
  });

  it('cancels an install that hangs and destroys its sandbox', async () => {
    const scenario = scenarioOf([feature('add')]);
    scenario.installHangs = true;
    scenario.onInstall = () => stopRun(runner, 'cancel');
    const result = await runScenario(runner, scenario);
    expect(result.state).toBe('cancelled');
    expect([...scenario.open]).toEqual([]);
  });

  it('compares a replay with its recording', async () => {
    const scenario = scenarioOf([feature('add', 1)]);
    const recorded = [
      {
        feature: 'add',
        step: -1,
        tool: 'browser_navigate',
        arguments: { step: -1 },
        action: { type: 'navigate', path: '/' } as const,
        result: 'succeeded' as const,
        verified: true,
      },
    ];
    await runScenario(runner, scenario, { planId: 'plan1', recorded });
    expect(scenario.calls).toContain('divergence add step 0: done now, not in the recording (browser_click)');
    expect(scenario.calls).not.toContain('exploreApp');
  });
});
