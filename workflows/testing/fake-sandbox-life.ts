import { ApplicationFailure } from '@temporalio/common';
import { nextLeaseStep } from '@showrunner/contracts';
import type { Lease, LifecycleAction, SandboxLifeActivities } from '@showrunner/contracts';

/** Of a scenario, what the life of a sandbox is about. */
interface LifeScenario {
  calls: string[];
  lease?: Lease;
  brokenSteps?: string[];
}

/** The steps of a sandbox's life over a lease in memory; decisions are those of the product. */
export function fakeSandboxLife(scenario: LifeScenario): SandboxLifeActivities {
  const { calls } = scenario;
  const lease = () => {
    if (scenario.lease === undefined) throw new Error('the scenario has no lease');
    return scenario.lease;
  };
  const begin = (action: LifecycleAction): void => {
    calls.push(action);
    if (scenario.brokenSteps?.includes(action))
      throw ApplicationFailure.nonRetryable(`It cannot ${action}.`, 'sandbox_capability_missing');
  };
  return {
    async adoptSandbox() {
      calls.push('adopt');
    },
    async nextSandboxStep() {
      return nextLeaseStep(lease(), Date.now());
    },
    async provisionSandbox() {
      begin('create');
      const limit = { requested: 1, enforced: 1, by: 'fake' };
      Object.assign(lease(), { status: 'running', lastUsedAt: Date.now() });
      return { limits: { cpus: limit, memoryBytes: limit, diskBytes: limit, maxProcesses: limit } };
    },
    async startSandbox() {
      begin('start');
      Object.assign(lease(), { status: 'running', lastUsedAt: Date.now(), stoppedAt: null });
    },
    async stopSandbox({ why, decidedAtMs }) {
      begin('stop');
      calls.push(why);
      Object.assign(lease(), { status: 'stopped', stoppedAt: Date.now() });
      // As the database has it: what its owner wants by now stands.
      if (lease().desired === 'running' && lease().lastUsedAt <= decidedAtMs) lease().desired = 'stopped';
    },
    async archiveSandbox() {
      begin('archive');
      Object.assign(lease(), { status: 'archived' });
    },
    async noteFailedStep({ action, failure }) {
      calls.push(`${action} failed: ${failure.code}`);
      if (action === 'archive') {
        lease().autoArchiveMs = null;
        if (lease().desired !== 'destroyed') lease().desired = 'stopped';
      } else if (action !== 'delete') Object.assign(lease(), { status: 'failed', stoppedAt: Date.now() });
    },
  };
}
