import { describe, expect, it } from '@jest/globals';
import { sandboxIdOf } from '@showrunner/contracts';
import type { Lease, LeaseStep } from '@showrunner/contracts';
import type { WorkflowHandle } from '@temporalio/client';
import { storeHistory, scenarioOf } from '../testing/scenarios';
import type { Scenario } from '../testing/fake-activities';
import { withFakeWorkers } from '../testing/temporal-harness';
import { useRunner } from '../testing/use-runner';

const newLease = (change: Partial<Lease> = {}): Lease => ({
  status: 'creating',
  desired: 'running',
  ephemeral: false,
  idleTimeoutMs: 3_000,
  autoArchiveMs: 2_000,
  autoDeleteMs: 4_000,
  deadlineAt: null,
  lastUsedAt: Date.now(),
  stoppedAt: null,
  ...change,
});

describe('the life of a sandbox, on a real Temporal server', () => {
  const runner = useRunner();
  let number = 0;

  /** Starts `keepSandbox` over a lease and lets `work` play its owner. */
  async function keep(
    lease: Lease,
    work: (handle: WorkflowHandle, scenario: Scenario) => Promise<void>,
    brokenSteps: string[] = [],
  ): Promise<Scenario> {
    number += 1;
    const sandboxId = sandboxIdOf(`${Date.now().toString(36)}${number}`);
    const scenario = { ...scenarioOf([]), lease, brokenSteps };
    await withFakeWorkers(runner.environment, runner.bundle, scenario, async () => {
      runner.handle = await runner.environment.client.workflow.start('keepSandbox', {
        taskQueue: 'sandbox',
        workflowId: `sandbox-${sandboxId}`,
        args: [{ sandboxId, provider: 'local' }],
      });
      await work(runner.handle, scenario);
    });
    return scenario;
  }
  const record = async (name: string): Promise<void> => {
    if (process.env['RECORD_HISTORIES']) await storeHistory(runner, name);
  };
  const until = async (what: () => boolean): Promise<void> => {
    for (const deadline = Date.now() + 30_000; !what() && Date.now() < deadline;)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(what()).toBe(true);
  };

  it('is created, stopped when nobody uses it, archived, and deleted at last', async () => {
    const scenario = await keep(newLease(), async (handle) => void (await handle.result()));
    expect(scenario.calls).toEqual(['create', 'stop', 'not used for 0 min', 'archive', 'destroySandbox']);
    await record('sandbox-life');
  });

  it('goes on while it is used, and answers what comes next', async () => {
    const lease = newLease({ idleTimeoutMs: 2_500, autoArchiveMs: null, autoDeleteMs: 0 });
    const scenario = await keep(lease, async (handle) => {
      await until(() => lease.status === 'running');
      for (let n = 0; n < 4; n++) {
        await new Promise((resolve) => setTimeout(resolve, 1_200));
        expect(lease.status).toBe('running');
        lease.lastUsedAt = Date.now();
      }
      expect(await handle.query<LeaseStep>('state')).toMatchObject({ action: 'wait' });
      await handle.result();
    });
    expect(scenario.calls).toEqual(['create', 'stop', 'not used for 0 min', 'destroySandbox']);
  });

  it('does at once what its owner asks for: stop, start, extend, archive, delete', async () => {
    const lease = newLease({ idleTimeoutMs: null, autoArchiveMs: null, autoDeleteMs: null });
    const scenario = await keep(lease, async (handle) => {
      await until(() => lease.status === 'running');
      lease.desired = 'stopped';
      await handle.signal('stop');
      await until(() => lease.status === 'stopped');
      lease.desired = 'running';
      await handle.signal('start');
      await until(() => lease.status === 'running');
      lease.deadlineAt = Date.now() + 1_500;
      await handle.signal('extend');
      lease.deadlineAt = Date.now() + 600_000;
      await handle.signal('extend');
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      expect(lease.status).toBe('running');
      lease.desired = 'archived';
      await handle.signal('archive');
      await until(() => lease.status === 'archived');
      lease.desired = 'destroyed';
      await handle.signal('delete');
      await handle.result();
    });
    expect(scenario.calls.filter((call) => call !== 'asked for')).toEqual([
      'create',
      'stop',
      'start',
      'archive',
      'destroySandbox',
    ]);
    await record('sandbox-commands');
  });

  it('continues as new long before its history is full, and loses nothing that it was told', async () => {
    const lease = newLease({ idleTimeoutMs: null, autoArchiveMs: null, autoDeleteMs: null });
    const scenario = await keep(lease, async (handle) => {
      await until(() => lease.status === 'running');
      const { runId } = await handle.describe();
      const deadline = Date.now() + 60_000;
      while ((await handle.describe()).runId === runId && Date.now() < deadline) await handle.signal('wake');
      lease.desired = 'destroyed';
      await handle.signal('delete');
      await handle.result();
    });
    expect(scenario.calls).toEqual(['create', 'destroySandbox']);
    const { historyLength } = await runner.handle!.describe();
    expect(historyLength).toBeLessThan(2_000);
    await record('sandbox-continued');
  }, 120_000);

  it('fault 8: a deletion that fails for good rests longer each time, and one that is given up ends it', async () => {
    const lease = newLease({ idleTimeoutMs: null, autoDeleteMs: null });
    const scenario = await keep(
      lease,
      async (handle, { calls }) => {
        // Asked while it is at rest: a signal that comes while it tries already would end the first rest before it begins.
        while ((await handle.query<LeaseStep>('state')).why !== 'running')
          await new Promise((resolve) => setTimeout(resolve, 50));
        lease.desired = 'destroyed';
        const rests = async (): Promise<number[]> =>
          ((await handle.fetchHistory()).events ?? []).flatMap(({ timerStartedEventAttributes: timer }) =>
            timer ? [Number(timer.startToFireTimeout?.seconds)] : [],
          );
        for (const seconds of [[60], [60, 120], [60, 120, 240]]) {
          await handle.signal('delete');
          while ((await rests()).length < seconds.length)
            await new Promise((resolve) => setTimeout(resolve, 50));
          expect(await rests()).toEqual(seconds);
        }
        expect(calls.filter((call) => call === 'delete failed: sandbox_capability_missing')).toHaveLength(3);
        // Given up by an operator.
        lease.status = 'destroyed';
        await handle.signal('delete');
        await handle.result();
      },
      ['delete'],
    );
    expect(scenario.calls).not.toContain('destroySandbox');
  });

  it('deletes what is ephemeral instead of stopping it', async () => {
    const lease = newLease({ ephemeral: true, idleTimeoutMs: 500 });
    const scenario = await keep(lease, async (handle) => void (await handle.result()));
    expect(scenario.calls).toEqual(['create', 'destroySandbox']);
  });

  it('notes a step that cannot be done and goes on living', async () => {
    const lease = newLease({ idleTimeoutMs: null, autoDeleteMs: null });
    const scenario = await keep(lease, async (handle, { calls, brokenSteps }) => {
      brokenSteps?.push('archive');
      // Asked while it is at rest: a signal that comes after the step has begun would have it stopped before we look.
      while ((await handle.query<LeaseStep>('state')).why !== 'running')
        await new Promise((resolve) => setTimeout(resolve, 50));
      lease.desired = 'archived';
      await handle.signal('archive');
      await until(() => calls.includes('archive failed: sandbox_capability_missing'));
      expect(lease).toMatchObject({ status: 'running', desired: 'stopped' });
      lease.desired = 'destroyed';
      await handle.signal('delete');
      await handle.result();
    });
    expect(scenario.calls.at(-1)).toBe('destroySandbox');
  });

  it('has failed when it cannot be made, and is still deleted when asked to', async () => {
    const lease = newLease({ autoDeleteMs: null });
    const scenario = await keep(
      lease,
      async (handle, { calls }) => {
        await until(() => calls.includes('create failed: sandbox_capability_missing'));
        lease.desired = 'destroyed';
        await handle.signal('delete');
        await handle.result();
      },
      ['create'],
    );
    expect(scenario.calls).toEqual(['create', 'create failed: sandbox_capability_missing', 'destroySandbox']);
    await record('sandbox-failed');
  });
});
