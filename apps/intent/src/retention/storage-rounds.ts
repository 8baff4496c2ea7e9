import { Inject } from '@nestjs/common';
import { AppError } from '@showrunner/contracts';
import type { StorageReport } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { DISK_SPACE, LOGGER, OBJECT_STORE, PLATFORM_DATABASE, PeriodicTask } from '@showrunner/service';
import type { DiskSpace, Resources } from '@showrunner/service';
import { Deletions } from '@showrunner/service/deletions';
import type { ListedObject, ObjectStore } from '@showrunner/storage';
import { dueRuns } from './due-runs';
import type { RunLimits } from './due-runs';
import { byKind, bytesOfRuns, orphansOf } from './stored-objects';

export const RUN_LIMITS = Symbol('RUN_LIMITS');
const HOUR_MS = 3_600_000;
const MOST_DELETIONS = 10_000;

/** Holds runs to their limits, every hour, and compares objects with the rows that speak of them. */
export class StorageRounds extends PeriodicTask {
  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(Deletions) private readonly deletions: Deletions,
    @Inject(RUN_LIMITS) private readonly limits: RunLimits,
    @Inject(DISK_SPACE) private readonly disk: DiskSpace,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {
    super({ everyMs: HOUR_MS, logger, failure: 'What is stored could not be compared with its limits' });
  }

  protected async runOnce(): Promise<void> {
    const { due, orphans, missing } = await this.report();
    for (const { runId } of due) await this.deleteRun(runId);
    if (due.length + orphans.length + missing.length === 0) return;
    const told = { runs: due.map(({ runId }) => runId), orphans: orphans.length, missing };
    this.logger.info(told, 'Stored objects were held to their limits');
  }

  /** What there is, and what `prune` would do; changes nothing. */
  async report(now = Date.now()): Promise<StorageReport> {
    // Rows that speak of objects before the objects, so that one stored meanwhile is not missed.
    const expected = await this.database.retention.expectedObjects();
    const objects = await this.store.list('');
    const [runs, owners, deletions] = await Promise.all([
      this.database.retention.listEnded(),
      this.database.retention.owners(),
      this.database.deletions.list(MOST_DELETIONS),
    ]);
    const sizes = bytesOfRuns(objects, runs);
    const sized = runs.map((run) => ({ ...run, bytes: sizes.get(run.id) ?? 0 }));
    const keys = new Set(objects.map(({ key }) => key));
    const usedAssets = await this.usedAssets(objects);
    return {
      bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
      byKind: byKind(objects),
      runs: runs.length,
      bytesOfRuns: sized.reduce((sum, { bytes }) => sum + bytes, 0),
      limits: this.limits,
      disk: await this.disk.measure(),
      due: dueRuns(sized, this.limits, now),
      orphans: orphansOf(objects, owners, { deletions, usedAssets }, now).map(({ key, bytes }) => ({
        ...{ key, bytes },
      })),
      missing: expected.filter(({ runId, key }) => owners.runs.has(runId) && !keys.has(key)),
      isPruned: false,
    };
  }

  /**
   * Deletes the runs that are over a limit, and objects without a row. Orphans go only when an operator asks: in a bucket that two installations
   * share, or beside a database that was restored, they are somebody's.
   */
  async prune(now = Date.now()): Promise<StorageReport> {
    const report = await this.report(now);
    for (const { runId } of report.due) await this.deleteRun(runId);
    for (const { key } of report.orphans) await this.store.delete(key);
    return { ...report, isPruned: true };
  }

  private async deleteRun(runId: string): Promise<void> {
    const run = await this.database.runs.find(runId);
    if (run === null) return;
    try {
      const owned = this.database.forTenant(run.tenantId);
      await this.deletions.begin(await owned.transaction((tx) => tx.deletions.deleteRun(runId)));
    } catch (error) {
      // Somebody deleted it meanwhile, or asked for another export: the next round looks again.
      if (!(error instanceof AppError) || error.retryable) throw error;
    }
  }

  private async usedAssets(objects: readonly ListedObject[]): Promise<Set<string>> {
    const used = new Set<string>();
    if (!objects.some(({ key }) => key.startsWith('assets/'))) return used;
    for (const { key } of objects) {
      if (!/^runs\/[^/]+\/assets\.json$/.test(key)) continue;
      const text = (await this.store.read(key).catch(() => Buffer.alloc(0))).toString();
      for (const [sha256] of text.matchAll(/\b[0-9a-f]{64}\b/g)) used.add(sha256);
    }
    return used;
  }
}
