import { AppError } from '@showrunner/contracts';
import type { Take } from '@showrunner/contracts';
import { TakeFootage } from '@showrunner/media';
import { storedIndex, takeInStore } from '@showrunner/recorder';
import type { ObjectStore } from '@showrunner/storage';

/** Takes whose index is kept in memory: who looks at frames looks at more than one of a take. */
const MOST = 8;

/** Takes in the store, opened for a few of their pictures; the index of each is read once. */
export class TakeShelf {
  private readonly opened = new Map<string, { bytes: number; footage: TakeFootage }>();

  constructor(private readonly store: ObjectStore) {}

  /** @throws {AppError} 410 `take_gone`, 409 `timeline_missing`, `take_empty` */
  async footageOf(
    runId: string,
    { takeId, storageKey }: Pick<Take, 'takeId' | 'storageKey'>,
  ): Promise<TakeFootage> {
    const take = await takeInStore(this.store, storageKey);
    if (take === null) throw gone(runId, takeId);
    const known = this.opened.get(storageKey);
    // A take that was continued is longer.
    if (known?.bytes === take.bytes) return known.footage;
    const index = await storedIndex(this.store, storageKey, take);
    if (index === null) throw unindexed(runId);
    const footage = new TakeFootage(takeId, take, index);
    this.opened.delete(storageKey);
    this.opened.set(storageKey, { bytes: take.bytes, footage });
    const [oldest] = this.opened.keys();
    if (this.opened.size > MOST && oldest !== undefined) this.opened.delete(oldest);
    return footage;
  }
}

const gone = (runId: string, takeId: string): AppError =>
  new AppError('take_gone', `The recording ${takeId} of run ${runId} is not stored any more.`, {
    status: 410,
    remedy: 'Film again: POST /api/runs/{id}/replay repeats the same actions.',
  });

const unindexed = (runId: string): AppError =>
  new AppError('timeline_missing', `The recording of run ${runId} was never indexed.`, {
    status: 409,
    remedy: 'Export the run once (POST /api/runs/{id}/exports): that makes it.',
  });
