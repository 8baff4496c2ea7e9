import type { Clip, Milestone, Take } from '@showrunner/contracts';

export interface CutInput {
  takes: Take[];
  /** Per feature, the take that holds its successful filming. */
  featureTakes: Record<string, string>;
  milestones: Milestone[];
}

export interface CutResult {
  clips: Clip[];
  /** Per clip id, the take it lies in. */
  clipTakes: Record<string, string>;
  /** Features that succeeded and yet have no clip, with the reason, one sentence each. */
  dropped: { feature: string; reason: string }[];
}

/**
 * Cuts one clip for each feature that succeeded: from its last start before the success to the success, in seconds since the first frame
 * of its take, in the order of success. A feature that failed, or whose film is not in its take, gets none.
 */
export function cutClips({ takes, featureTakes, milestones }: CutInput): CutResult {
  const result: CutResult = { clips: [], clipTakes: {}, dropped: [] };
  const ordered = [...milestones].sort((a, b) => a.atMs - b.atMs);
  const started = new Map<string, number>();
  const proven = new Map<string, { startMs: number; endMs: number }>();
  for (const { feature, kind, atMs } of ordered) {
    if (kind === 'started') started.set(feature, atMs);
    else if (kind === 'failed') proven.delete(feature);
    else proven.set(feature, { startMs: started.get(feature) ?? atMs, endMs: atMs });
  }
  for (const [feature, { startMs, endMs }] of proven) {
    const take = takes.find(({ takeId }) => takeId === featureTakes[feature]);
    if (take === undefined) {
      result.dropped.push({ feature, reason: 'The take that holds this feature was not kept.' });
      continue;
    }
    const start = onTake(startMs, take);
    const end = onTake(endMs, take);
    if (end - start < 0.1) {
      result.dropped.push({ feature, reason: 'The recording does not cover this feature.' });
      continue;
    }
    const clip = { clip_id: `c${result.clips.length + 1}`, feature, start, end };
    result.clips.push(clip);
    result.clipTakes[clip.clip_id] = take.takeId;
  }
  return result;
}

/** Seconds since the take's first frame, to the millisecond, within the take. */
function onTake(epochMs: number, take: Take): number {
  const ms = Math.min(Math.max(epochMs - take.startedAtMs, 0), take.durationMs);
  return Math.round(ms) / 1000;
}
