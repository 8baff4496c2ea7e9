import { afterEach, describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { WorkflowHandle } from '@temporalio/client';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import type {
  DriveSessionInput,
  ManualActionOutcome,
  ManualSessionState,
  Mark,
  MarkAnswer,
} from '@showrunner/contracts';
import type { Scenario } from '../testing/fake-activities';
import { endOf, scenarioOf, storeHistory } from '../testing/scenarios';
import type { EndedRun } from '../testing/scenarios';
import { withFakeWorkers } from '../testing/temporal-harness';
import { useRunner } from '../testing/use-runner';

const APP = {
  ...{ port: 3000, upstreamHost: 'localhost:3000', path: '/board', readyMs: 1 },
  previewUrl: 'http://sbx-kept.preview.localhost:4401',
};
const ON = { sandbox: { sandboxId: 'sbx-kept', provider: 'local' as const }, app: APP };
const TEXT = (text: string): Mark => ({ kind: 'success', condition: { kind: 'textVisible', text } });
const START = (feature: string): Mark => ({ kind: 'start', feature, featureKind: 'use' });

describe('a manual session', () => {
  const runner = useRunner();
  let number = 0;
  let handle: WorkflowHandle;
  let scenario: Scenario;

  const act = (tool = 'browser_click'): Promise<ManualActionOutcome> =>
    handle.executeUpdate('act', { args: [{ tool, arguments: {} }] });
  const mark = (what: Mark): Promise<MarkAnswer> => handle.executeUpdate('mark', { args: [what] });
  const stateNow = (): Promise<ManualSessionState> => handle.query('session');
  const opened = async (): Promise<void> => {
    while ((await stateNow()).run_state !== 'filming') await new Promise((next) => setTimeout(next, 30));
  };
  const refusal = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => 'none',
      (error: unknown) =>
        error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure
          ? (error.cause.type ?? '')
          : String(error),
    );

  /** Drives a session over fakes, and answers how it ended. */
  async function drive(
    session: Partial<DriveSessionInput['session']>,
    work: () => Promise<unknown>,
  ): Promise<EndedRun> {
    const runId = `m${Date.now().toString(36)}${(number += 1)}`;
    const input: DriveSessionInput = {
      ...{ runId, projectId: 'p1', source: { kind: 'git', url: 'https://example.test/app.git' } },
      ...{ overrides: {}, provider: 'local', size: { width: 1280, height: 720 }, pace: 'none' },
      session: { on: ON, idleMs: 60_000, maxMs: 60_000, maxSteps: 20, ...session },
    };
    return withFakeWorkers(runner.environment, runner.bundle, scenario, async () => {
      handle = await runner.environment.client.workflow.start('driveSession', {
        ...{ taskQueue: 'agent', workflowId: `run-${runId}`, args: [input] },
      });
      await work();
      return endOf(handle);
    });
  }
  afterEach(() => expect([...scenario.open]).toEqual([]));

  it('does what is asked in order, and makes a film of what was proven alone', async () => {
    scenario = scenarioOf([]);
    const ended = await drive({}, async () => {
      await opened();
      await mark(START('add-a-card'));
      // Asked at once, done one after another.
      const [one, look, other] = await Promise.all([act(), act('browser_snapshot'), act()]);
      expect([one, look, other].map(({ seq }) => seq).sort()).toEqual([1, 2, 3]);
      expect([one.action?.step, other.action?.step].sort()).toEqual([0, 1]);
      expect(look.action).toBeNull();
      expect(await mark(TEXT('never'))).toMatchObject({ status: 'unproven', reason: 'It cannot be seen.' });
      expect(await stateNow()).toMatchObject({
        current_feature: 'add-a-card',
        step_index: 1,
        steps_left: 16,
      });
      expect(await mark(TEXT('Plan the launch'))).toMatchObject({
        feature: 'add-a-card',
        status: 'verified',
      });
      await mark(START('claim'));
      await act();
      expect(await mark({ kind: 'success' })).toMatchObject({ status: 'claimed' });
      await mark(START('forgotten'));
      await handle.signal('finish');
    });
    expect([ended.status, ended.state, ended.exportId]).toEqual(['COMPLETED', 'done', expect.any(String)]);
    expect(ended.outcomes).toMatchObject([
      { feature: 'add-a-card', title: 'Add a card', verified: true },
      { feature: 'claim', verified: false, reason: expect.stringContaining('claimed and not proven') },
      { feature: 'forgotten', verified: false, reason: expect.stringContaining('before its success') },
    ]);
    expect(scenario.calls.filter((call) => /^(plan|segment|render|action)/.test(call))).toEqual([
      ...['action unmarked 0', 'action add-a-card 0', 'action add-a-card 1', 'action claim 0'],
      ...['plan add-a-card 2', 'segmentTakes', 'renderFilm'],
    ]);
    // The sandbox is somebody else's.
    expect(scenario.calls).not.toContain('destroySandbox');
    if (process.env['RECORD_HISTORIES']) await storeHistory({ ...runner, handle }, 'session-by-hand');
  });

  it('builds the app of a project, and destroys its sandbox', async () => {
    scenario = scenarioOf([]);
    const ended = await drive({ on: undefined }, async () => {
      await opened();
      await handle.signal('finish');
    });
    expect([ended.state, ended.exportId]).toEqual(['done', null]);
    expect(scenario.calls).toEqual(expect.arrayContaining(['installApp', 'closeSession', 'destroySandbox']));
    expect(scenario.calls).not.toContain('renderFilm');
    if (process.env['RECORD_HISTORIES']) await storeHistory({ ...runner, handle }, 'session-by-hand-built');
  });

  it('refuses what is out of order, and more than its steps', async () => {
    scenario = scenarioOf([]);
    await drive({ maxSteps: 3 }, async () => {
      await opened();
      expect(await refusal(mark(TEXT('x')))).toBe('no_feature_begun');
      await mark(START('one'));
      await act();
      await mark(TEXT('done'));
      expect(await refusal(mark(START('one')))).toBe('feature_marked_already');
      await act();
      expect(await refusal(act())).toBe('session_steps_used_up');
      // What was refused changes nothing.
      expect(await mark(START('two'))).toMatchObject({ status: 'open' });
      await handle.signal('finish');
      expect(await refusal(act())).not.toBe('none');
    });
  });

  it('ends by itself when nothing is asked of it, and when its time is over', async () => {
    scenario = scenarioOf([]);
    const idle = await drive({ idleMs: 400 }, opened);
    expect([idle.status, idle.state]).toEqual(['COMPLETED', 'done']);
    expect(scenario.notes.join(' ')).toContain('stand idle');
    scenario = scenarioOf([]);
    const over = await drive({ maxMs: 600 }, async () => {
      await opened();
      // Nobody may keep it open by asking.
      for (let asked = 0; (await refusal(act())) === 'none' && asked < 50; asked += 1);
    });
    expect(over.state).toBe('done');
    expect(scenario.notes.join(' ')).toContain('lasted as long as it may');
  });

  it('keeps what was proven when its browser is lost, and takes nothing more', async () => {
    scenario = scenarioOf([]);
    const ended = await drive({}, async () => {
      await opened();
      await mark(START('one'));
      await act();
      await mark(TEXT('done'));
      scenario.onTool = () => {
        throw ApplicationFailure.nonRetryable('The browser ended.', 'session_lost');
      };
      expect(await refusal(act())).toBe('session_lost');
    });
    expect([ended.state, ended.exportId]).toEqual(['done', expect.any(String)]);
    expect(scenario.notes.join(' ')).toContain('The browser ended. What was proven before is kept.');
  });

  it('is cancelled with its clips and killed at once, in whatever it does', async () => {
    scenario = scenarioOf([]);
    const cancelled = await drive({}, async () => {
      await opened();
      await handle.signal('cancel');
      await handle.cancel();
    });
    expect([cancelled.status, cancelled.state]).toEqual(['CANCELLED', 'cancelled']);
    expect(scenario.calls).toContain('segmentTakes');

    scenario = scenarioOf([]);
    let asked: Promise<string> | undefined;
    const killed = await drive({ on: undefined }, async () => {
      await opened();
      let release = (): void => undefined;
      scenario.onTool = () => new Promise((done) => (release = done));
      asked = refusal(act());
      await new Promise((next) => setTimeout(next, 300));
      await handle.signal('kill');
      await handle.cancel();
      // It ends while the tool is still at it.
      await endOf(handle);
      release();
    });
    expect([killed.status, killed.state]).toEqual(['CANCELLED', 'killed']);
    expect(await asked).not.toBe('none');
    expect(scenario.calls).not.toContain('segmentTakes');
    if (process.env['RECORD_HISTORIES']) await storeHistory({ ...runner, handle }, 'session-by-hand-killed');
  });

  it.each([0, 15, 30, 45, 60, 75])(
    'ends as killed also when Temporal is asked to cancel it while the kill is carried out, %d ms into an action',
    async (ms) => {
      scenario = scenarioOf([]);
      const killed = await drive({ on: undefined }, async () => {
        await opened();
        scenario.onTool = () => new Promise((done) => setTimeout(done, 1_000).unref());
        const asked = refusal(act());
        await new Promise((next) => setTimeout(next, ms));
        await handle.signal('kill');
        await handle.cancel();
        expect(await asked).not.toBe('none');
      });
      expect([killed.status, killed.state]).toEqual(['CANCELLED', 'killed']);
    },
  );

  it('ends before it has opened, and fails as its build does', async () => {
    scenario = scenarioOf([]);
    scenario.queue = [{ position: 1, etaMs: null }];
    const early = await drive({ on: undefined }, async () => {
      while (scenario.messages.length === 0 && !scenario.calls.includes('takePlace'))
        await new Promise((next) => setTimeout(next, 30));
      await handle.signal('finish');
    });
    expect([early.state, scenario.calls.includes('openSession')]).toEqual(['done', false]);
    scenario = scenarioOf([]);
    scenario.onInstall = () => {
      throw ApplicationFailure.nonRetryable('npm ended with 1.', 'install_failed');
    };
    const failed = await drive({ on: undefined }, async () => undefined);
    expect([failed.status, failed.reason]).toEqual(['FAILED', 'npm ended with 1.']);
  });
});
