import type { Database } from '@showrunner/database';
import type { Logger } from '@showrunner/telemetry';
import { recordExportProgress } from '../state';

/** Told to the database in steps of this size: an event each. */
const STEP = 0.1;

/** Tells how far an export is: in every heartbeat, and in steps as an event. */
export class ExportProgress {
  private told = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly deps: { database: Database; logger: Logger; heartbeat: (detail?: unknown) => void },
    private readonly ids: { runId: string; exportId: string },
  ) {}

  /** `share`: 0 to 1. */
  reached(share: number): void {
    const progress = Math.round(share * 100) / 100;
    this.deps.heartbeat({ progress });
    if (progress < this.told + STEP) return;
    this.told = progress;
    this.writing = this.writing
      .then(() => recordExportProgress(this.deps.database, { ...this.ids, progress }))
      .catch((error: unknown) => {
        // A film must not fail because its progress could not be told.
        this.deps.logger.warn({ ...this.ids, error }, 'The progress of the export could not be stored.');
      });
  }

  /** Resolves when all that was told is stored. */
  written(): Promise<void> {
    return this.writing;
  }
}
