import { AppError, DEFAULT_LIMITS, IDLE_TIMEOUT_MS } from '@showrunner/contracts';
import type { SandboxActivities, SandboxLifeActivities } from '@showrunner/contracts';
import type { SandboxRecord } from '@showrunner/database';
import type { Sandbox } from '@showrunner/sandbox';
import { destroySandbox } from './destroy-sandbox';
import type { SandboxLifeDependencies } from './life-dependencies';
import { nextStep } from './next-step';

/** Until the first look at its lease. */
const FIRST_BACKSTOP_MS = 30 * 60_000;

/** Steps in the life of a sandbox of its own. What a first try left is found and adopted by the next. */
export function createSandboxLifeActivities(
  deps: SandboxLifeDependencies,
): SandboxLifeActivities & Pick<SandboxActivities, 'destroySandbox'> {
  const { sandboxes } = deps.database;
  /** @throws AppError `sandbox_lost` */
  const existing = async (record: SandboxRecord): Promise<Sandbox> => {
    const provider = await deps.providerOf(record.provider);
    const sandbox = await provider.get(record.providerId ?? record.id);
    if (sandbox !== undefined) return sandbox;
    throw new AppError('sandbox_lost', `The sandbox ${record.id} is gone at its provider.`, {
      status: 410,
      remedy: 'Create another; its files are gone with it.',
    });
  };
  /** Marks it running and tells so, once. */
  const running = async (record: SandboxRecord, sandbox: Sandbox) => {
    const { limits } = await sandbox.info();
    await deps.database.transaction(async (tx) => {
      if (!(await tx.sandboxes.markRunning(record.id, limits))) return;
      await tx.outbox.append({
        type: 'SANDBOX_CREATED',
        projectId: record.projectId,
        runId: record.runId,
        data: { sandboxId: record.id, purpose: record.purpose, limits },
      });
    });
    return { limits };
  };

  return {
    async adoptSandbox({ sandboxId }) {
      const { purpose } = await sandboxes.get(sandboxId);
      await sandboxes.adopt(sandboxId, IDLE_TIMEOUT_MS[purpose]);
    },

    nextSandboxStep: (ref) => nextStep(deps, ref),

    async provisionSandbox({ sandboxId }) {
      const record = await sandboxes.get(sandboxId);
      const provider = await deps.providerOf(record.provider);
      const sandbox = await provider.create({
        id: record.id,
        limits: { ...DEFAULT_LIMITS, ...record.requested },
        labels: { ...record.labels, tenant: record.tenantId, purpose: record.purpose },
        environment: await sandboxes.openEnvironment(sandboxId),
        network: record.network ?? undefined,
        backstopAt: new Date(Date.now() + FIRST_BACKSTOP_MS),
        signal: deps.signal(),
      });
      return running(record, sandbox);
    },

    async startSandbox({ sandboxId }) {
      const record = await sandboxes.get(sandboxId);
      const sandbox = await existing(record);
      await sandbox.start();
      if (record.network !== null) await sandbox.setNetwork(record.network);
      await running(record, sandbox);
    },

    async stopSandbox({ sandboxId, why, decidedAtMs }) {
      const record = await sandboxes.get(sandboxId);
      await (await existing(record)).stop();
      await sandboxes.setStatus(sandboxId, 'stopped', { message: why });
      // Who used it since then wants it back: it is started again by the next step.
      await sandboxes.settleStopped(sandboxId, new Date(decidedAtMs), why);
    },

    async archiveSandbox({ sandboxId, why }) {
      const record = await sandboxes.get(sandboxId);
      await (await existing(record)).archive();
      await sandboxes.setStatus(sandboxId, 'archived', { message: why });
    },

    destroySandbox: (ref) => destroySandbox(deps, ref),

    noteFailedStep: (input) => noteFailedStep(deps, input),
  };
}

/**
 * A sandbox that cannot be made or started has failed; one that cannot be archived stays stopped. One that cannot be deleted has failed for
 * all to see, while its deletion is tried again at longer and longer intervals, until an operator gives it up.
 */
async function noteFailedStep(
  { database: { sandboxes }, logger }: SandboxLifeDependencies,
  { sandboxId, action, failure }: Parameters<SandboxLifeActivities['noteFailedStep']>[0],
): Promise<void> {
  const { stage: _stage, ...facts } = failure;
  logger.warn({ sandboxId, action, failure: facts }, 'a step of a sandbox failed');
  switch (action) {
    case 'create':
    case 'start':
    case 'stop':
      await sandboxes.setStatus(sandboxId, 'failed', { failure: facts });
      return;
    case 'archive':
      await sandboxes.setLease(sandboxId, { autoArchiveMs: null });
      await sandboxes.setDesired(sandboxId, 'stopped', facts.message);
      return;
    case 'delete':
      await sandboxes.setStatus(sandboxId, 'failed', {
        failure: {
          code: 'sandbox_not_deleted',
          message: `The sandbox ${sandboxId} could not be deleted: ${facts.message}`,
          remedy: `See to its provider; it is tried again. To give it up: POST /api/maintenance/sandboxes/${sandboxId}/delete?abandon=true.`,
        },
      });
      await sandboxes.setDesired(sandboxId, 'destroyed', facts.message);
  }
}
