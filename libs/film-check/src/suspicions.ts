import type { Schedule, TakeFootage } from '@showrunner/media';
import type { Gray } from './gray';
import type { Probe } from './probes';
import type { StillStretches, Stretch } from './still-stretches';
import { takeMomentAt, type TakeMoment } from './take-moment';

interface Filmed {
  schedule: Schedule;
  footage: ReadonlyMap<string, TakeFootage>;
  fps: number;
}

/** What is odd about a film, with the small pictures in which it was seen, by their 0-based numbers. */
export interface Suspicions {
  probes: Probe[];
  pictures: ReadonlyMap<number, Gray>;
}

/** Where the film stands still or is black, unless a card is shown: whether the page did so too is to be looked at. */
export function suspicions(stills: StillStretches, { schedule, footage, fps }: Filmed): Suspicions {
  const frameMs = 1000 / fps;
  const pictures = new Map<number, Gray>();
  const shot = ({ picture }: Stretch, atMs: number, takes: TakeMoment[]): Probe['shots'][number] => {
    const frame = Math.round(atMs / frameMs);
    pictures.set(frame, picture);
    return { frame, atMs, takes };
  };
  const frozen = stills.frozen(schedule.durationMs).flatMap((stretch): Probe[] => {
    const { startMs, endMs } = stretch;
    // What stands still has just come: the picture before it may be meant.
    const moments: [number, number] = [startMs + 2 * frameMs, endMs - 2 * frameMs];
    const [first, last] = moments.map((ms) => takeMomentAt(schedule, ms));
    if (first == null || last == null || first.takeId !== last.takeId) return [];
    // The same picture of the take: what shows it stands still with reason.
    const take = footage.get(first.takeId);
    if (take !== undefined && take.frameAt(first.ms) === take.frameAt(last.ms)) return [];
    const shots = [shot(stretch, moments[0], [first]), shot(stretch, moments[1], [last])];
    return [{ kind: 'still', startMs, endMs, shots }];
  });
  const black = stills.black.flatMap((stretch): Probe[] => {
    const { startMs, endMs } = stretch;
    const now = takeMomentAt(schedule, startMs);
    return now === null ? [] : [{ kind: 'black', startMs, endMs, shots: [shot(stretch, startMs, [now])] }];
  });
  return { probes: [...frozen, ...black], pictures };
}
