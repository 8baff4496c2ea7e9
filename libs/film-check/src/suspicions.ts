import type { Schedule } from '@showrunner/media';
import type { Probe } from './probes';
import type { StillStretches } from './still-stretches';
import { takeMomentAt } from './take-moment';

/** Where the film stands still or is black, unless a card is shown: whether the page did so too is to be looked at. */
export function suspicions(stills: StillStretches, schedule: Schedule, fps: number): Probe[] {
  const frameMs = 1000 / fps;
  const frozen = stills.frozen(schedule.durationMs).flatMap(({ startMs, endMs }): Probe[] => {
    // What stands still has just come: the picture before it may be meant.
    const moments = [startMs + 2 * frameMs, endMs - 2 * frameMs];
    const [first, last] = moments.map((ms) => takeMomentAt(schedule, ms));
    if (first == null || last == null || first.takeId !== last.takeId) return [];
    const shots = moments.map((ms, n) => ({
      ...{ frame: Math.round(ms / frameMs), atMs: ms },
      takes: n === 0 ? [first] : [last],
    }));
    return [{ kind: 'still', startMs, endMs, shots }];
  });
  const black = stills.black.flatMap(({ startMs, endMs }): Probe[] => {
    const now = takeMomentAt(schedule, startMs);
    const shots = [{ frame: Math.round(startMs / frameMs), atMs: startMs, takes: now === null ? [] : [now] }];
    return now === null ? [] : [{ kind: 'black', startMs, endMs, shots }];
  });
  return [...frozen, ...black];
}
