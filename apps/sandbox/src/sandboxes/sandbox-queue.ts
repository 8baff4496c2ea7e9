import { Inject } from '@nestjs/common';
import { nextLeaseStep, SANDBOX_PROVIDERS } from '@showrunner/contracts';
import type { QueuePosition, SandboxProviderName } from '@showrunner/contracts';
import { isOfBuild } from '@showrunner/database';
import type { Database, Places, SandboxRecord } from '@showrunner/database';
import { leaseOf } from '@showrunner/sandbox-life';
import { LOGGER, PLATFORM_DATABASE, PeriodicTask } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import { SANDBOX_OPTIONS } from './sandbox-options';
import type { SandboxOptions } from './sandbox-options';
import { SandboxWorkflows } from './sandbox-workflows';

const EVERY_MS = 500;
const COMPARE_EVERY_MS = 10_000;
/** A workflow has this long for what its record asks before it is told again. */
const GRACE_MS = 20_000;
const BATCH = 500;

/**
 * Gives free places to queued sandboxes, and tells workflows again what they may have missed: a service that died between the record
 * and the signal, a workflow that was terminated.
 */
export class SandboxQueue extends PeriodicTask {
  private readonly overdue = new Map<string, number>();
  private admitting: Promise<void> | undefined;
  private comparedAt = 0;

  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(SandboxWorkflows) private readonly workflows: SandboxWorkflows,
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {
    super({ everyMs: EVERY_MS, logger, failure: 'The queue of sandboxes waits' });
  }

  protected async runOnce(): Promise<void> {
    await this.admit();
    if (Date.now() - this.comparedAt <= COMPARE_EVERY_MS) return;
    this.comparedAt = Date.now();
    await this.compare();
  }

  private placesOf(provider: SandboxProviderName): Places {
    const { places, films, tenantMaxSandboxes } = this.options;
    return { total: places[provider] ?? 0, perTenant: tenantMaxSandboxes, films: films?.[provider] };
  }

  /** Where a sandbox stands that waits for a place; null when it does not wait. */
  position(record: SandboxRecord): Promise<QueuePosition | null> {
    return this.database.sandboxQueue.position(record, this.placesOf(record.provider));
  }

  /** Takes a request out of the queue before it got a place. True when this call did. */
  withdraw({ id }: SandboxRecord): Promise<boolean> {
    return this.database.sandboxQueue.withdraw(id);
  }

  /** Gives out the free places. One round at a time: a second call waits for the one that goes on and starts another. */
  async admit(): Promise<void> {
    await this.admitting;
    this.admitting = this.admitAll().finally(() => (this.admitting = undefined));
    await this.admitting;
  }

  private async admitAll(): Promise<void> {
    for (const provider of SANDBOX_PROVIDERS) {
      const admitted = await this.database.transaction(({ sandboxQueue }) =>
        sandboxQueue.admit(provider, this.placesOf(provider)),
      );
      await Promise.all(admitted.map((record) => this.tellPatiently(record)));
    }
  }

  /** Tells the workflow of a sandbox that its place in the queue has changed. */
  async tellPatiently(record: SandboxRecord): Promise<void> {
    try {
      if (isOfBuild(record)) await this.workflows.tellPlace(record);
      else await this.workflows.tell(record, 'wake');
    } catch (error) {
      // It has its place; the comparison tells its workflow later.
      this.logger.warn(
        { err: error, sandboxId: record.id },
        'The workflow of a sandbox could not be told yet',
      );
    }
  }

  /** Tells the workflows whose sandboxes have long been due for something. */
  async compare(now = Date.now()): Promise<void> {
    const seen = new Set<string>();
    let afterId = '';
    for (;;) {
      const records = await this.database.sandboxes.listLeased(BATCH, afterId);
      for (const record of records) {
        afterId = record.id;
        const { action } = nextLeaseStep(leaseOf(record), now);
        if (action === 'wait' || action === 'end') continue;
        seen.add(record.id);
        const since = this.overdue.get(record.id) ?? now;
        this.overdue.set(record.id, since);
        if (now - since < GRACE_MS) continue;
        this.overdue.set(record.id, now);
        await this.tellPatiently(record);
      }
      if (records.length < BATCH) break;
    }
    for (const id of this.overdue.keys()) if (!seen.has(id)) this.overdue.delete(id);
  }
}
