import { clipIdOf } from '@showrunner/contracts';
import type { Clip, Milestone, Take } from '@showrunner/contracts';

export interface CutInput {
  runId: string;
  takes: Take[];
  /** Per feature, the take that holds its successful filming. */
  featureTakes: Record<string, string>;
  /** In the order in which they came about; their times are on the clocks of their takes. */
  milestones: Milestone[];
}

export interface CutResult {
  clips: Clip[];
  /** Features that succeeded and yet have no clip, with the reason, one sentence each. */
  dropped: { feature: string; reason: string }[];
}

/** Less than this is no film of a feature. */
const SHORTEST_MS = 100;

/**
 * Cuts one clip for each feature that succeeded: from its last start before the success to the success, on the clock of its take,
 * in the order of success. A feature that failed, or whose film is not in its take, gets none.
 */
export function cutClips({ runId, takes, featureTakes, milestones }: CutInput): CutResult {
  const result: CutResult = { clips: [], dropped: [] };
  const started = new Map<string, number>();
  const verified = new Map<string, { startMs: number; endMs: number }>();
  for (const { feature, kind, atMs } of milestones) {
    if (kind === 'started') started.set(feature, atMs);
    else if (kind === 'failed') verified.delete(feature);
    else verified.set(feature, { startMs: started.get(feature) ?? atMs, endMs: atMs });
  }
  for (const [feature, { startMs, endMs }] of verified) {
    const take = takes.find(({ takeId }) => takeId === featureTakes[feature]);
    if (take === undefined) {
      result.dropped.push({ feature, reason: 'The take that holds this feature was not kept.' });
      continue;
    }
    const span = { startMs: within(startMs, take), endMs: within(endMs, take) };
    if (span.endMs - span.startMs < SHORTEST_MS) {
      result.dropped.push({ feature, reason: 'The recording does not cover this feature.' });
      continue;
    }
    const number = result.clips.length + 1;
    result.clips.push({ clipId: clipIdOf(runId, number), number, feature, takeId: take.takeId, ...span });
  }
  return result;
}

/** Whole milliseconds within the take. */
function within(ms: number, take: Take): number {
  return Math.round(Math.min(Math.max(ms, 0), take.durationMs));
}
