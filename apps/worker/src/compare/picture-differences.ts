import { noiseBetween, pictureDifference } from '@showrunner/comparison';
import type { StepDifference } from '@showrunner/contracts';
import { decodePictures, type TakeFootage } from '@showrunner/media';
import type { CompareDependencies } from './compare.types';
import { settledSteps, type DrivenRun } from './driven-runs';
import type { RunFootage } from './run-footage';

interface Compared {
  before: DrivenRun;
  after: DrivenRun;
  /** Another look at the same build as `after`; null: nothing is known to change by itself. */
  again: DrivenRun | null;
}

/**
 * Steps that look different before and after once they have settled, by feature; of features that were verified on both sides. What differs
 * between two looks of the same build is masked.
 */
export async function pictureDifferences(
  deps: CompareDependencies,
  footage: RunFootage,
  { before, after, again }: Compared,
): Promise<Map<string, StepDifference[]>> {
  const found = new Map<string, StepDifference[]>();
  const works = ({ outcomes }: DrivenRun, id: string): boolean =>
    outcomes.some(({ feature, verified }) => feature === id && verified);
  for (const { id } of after.features) {
    if (!works(before, id) || !works(after, id)) continue;
    const [were, are] = [settledSteps(before, id), settledSteps(after, id)];
    const more = again === null ? undefined : settledSteps(again, id);
    const differences: StepDifference[] = [];
    for (const [step, now] of are) {
      const then = were.get(step);
      if (then === undefined) continue;
      deps.heartbeat({ feature: id, step });
      const looks = await Promise.all([
        pictureOf(footage, before.runId, then),
        pictureOf(footage, after.runId, now),
        ...(again !== null && more?.has(step)
          ? [pictureOf(footage, again.runId, more.get(step) ?? now)]
          : []),
      ]);
      const difference = await differenceOf(deps, looks);
      if (difference !== null) differences.push({ step, caption: now.caption, ...difference });
    }
    if (differences.length > 0) found.set(id, differences);
  }
  return found;
}

interface Settled {
  jpeg: Buffer;
  width: number;
  height: number;
}

/** The picture as the step left it: the last one before anything else was done. */
async function pictureOf(
  footage: RunFootage,
  runId: string,
  { takeId, endMs }: { takeId: string; endMs: number },
): Promise<Settled | null> {
  const take: TakeFootage | null = await footage.of(runId, takeId);
  if (take === null) return null;
  const frame = take.frameAt(endMs);
  return { jpeg: await take.jpeg(frame), width: frame.width, height: frame.height };
}

async function differenceOf(
  { config, signal }: CompareDependencies,
  [before, after, again]: (Settled | null)[],
): Promise<Pick<StepDifference, 'share' | 'box'> | null> {
  // Without a picture on either side nothing can be said of it.
  if (before == null || after == null || before.jpeg.equals(after.jpeg)) return null;
  const size = { width: after.width, height: after.height };
  if (before.width !== size.width || before.height !== size.height)
    return { share: 1, box: { x: 0, y: 0, ...size } };
  const isMaskable = again != null && again.width === size.width && again.height === size.height;
  const jpegs = [before.jpeg, after.jpeg, ...(isMaskable ? [again.jpeg] : [])];
  const [was, is, once] = await decodePictures(jpegs, size, {
    ffmpegPath: config.ffmpegPath,
    signal: signal(),
  });
  if (was === undefined || is === undefined) return null;
  return pictureDifference(was, is, once === undefined ? undefined : noiseBetween(is, once));
}
