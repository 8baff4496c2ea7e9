import { setTimeout as delay } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { WORKFLOW_QUEUES, workflowIds } from '@showrunner/contracts';
import type { SandboxRef } from '@showrunner/contracts';
import type { Database, DeletionRecord } from '@showrunner/database';
import type { ObjectStore } from '@showrunner/storage';
import { LOGGER, OBJECT_STORE, PLATFORM_DATABASE, TEMPORAL } from '../boot/resources';
import type { Resources } from '../boot/resources';
import type { Temporal } from '../temporal/temporal';

const GRPC_NOT_FOUND = 5;
const REQUEST_WAIT_MS = 3_000;

/**
 * Carries out what deleted rows left behind: destroys sandboxes, then deletes histories and objects, then the record of it. Each part may
 * have been done already, so whoever was interrupted begins again.
 */
export class Deletions {
  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(TEMPORAL) private readonly temporal: Temporal,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {}

  /** Within the request that deleted, for as long as a client likes to wait; what cannot be done now is done by the next round. */
  async begin(record: DeletionRecord): Promise<void> {
    const work = this.carryOut(record).catch((error: unknown) => {
      this.logger.warn({ err: error, deletion: record.id }, 'What was deleted could not be cleared away yet');
    });
    await Promise.race([work, delay(REQUEST_WAIT_MS, undefined, { ref: false })]);
  }

  /** False when sandboxes have to be waited for. @throws {AppError} that of a store or server that is away */
  async carryOut(record: DeletionRecord): Promise<boolean> {
    const sandboxes = await this.database.deletions.sandboxesLeft(record);
    for (const sandboxId of sandboxes) await this.removeSandbox(sandboxId);
    if (sandboxes.length > 0) return false;
    for (const workflowId of record.workflows) await this.deleteHistory(workflowId);
    for (const prefix of record.prefixes)
      for (const { key } of await this.store.list(prefix)) await this.store.delete(key);
    await this.database.transaction((tx) => tx.deletions.finish(record));
    this.logger.info(
      { deletion: record.id, tenantId: record.tenantId },
      'Everything of what was deleted is gone',
    );
    return true;
  }

  private async removeSandbox(sandboxId: string): Promise<void> {
    const found = await this.database.sandboxes.find(sandboxId);
    if (found === null) return;
    const ref: SandboxRef = { sandboxId, provider: found.provider };
    await this.temporal.call((client) =>
      client.workflow.start('removeSandbox', {
        workflowId: workflowIds.removal(sandboxId),
        taskQueue: WORKFLOW_QUEUES.removeSandbox,
        args: [ref],
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `destroy ${sandboxId}`,
      }),
    );
  }

  private async deleteHistory(workflowId: string): Promise<void> {
    try {
      await this.temporal.call((client) =>
        client.workflowService.deleteWorkflowExecution({
          namespace: client.options.namespace,
          workflowExecution: { workflowId },
        }),
      );
    } catch (error) {
      // Never begun, or forgotten by Temporal already.
      if ((error as { code?: unknown }).code !== GRPC_NOT_FOUND) throw error;
    }
  }
}
