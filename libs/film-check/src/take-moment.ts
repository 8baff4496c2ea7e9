import { DISSOLVE_FRAMES, FPS } from '@showrunner/timeline';
import { hasDissolve, isCard, type Schedule } from '@showrunner/media';

/** A picture of a take. */
export interface TakeMoment {
  takeId: string;
  /** Ms on the take's clock. */
  ms: number;
}

/** A picture of the film is of the take up to this long after the moment it stands for, as the renderer chooses them. */
const TOLERANCE_MS = 4;
const DISSOLVE_MS = (DISSOLVE_FRAMES * 1000) / FPS;

/** Which picture of a take the film shows at a moment; null on a card and while one clip leads over to the next. */
export function takeMomentAt({ segments }: Pick<Schedule, 'segments'>, atMs: number): TakeMoment | null {
  const n = segments.findIndex(({ startMs, endMs }) => atMs >= startMs - 0.5 && atMs < endMs - 0.5);
  const [segment, before] = [segments[n], segments[n - 1]];
  if (segment === undefined || isCard(segment)) return null;
  const playedMs = atMs - segment.startMs;
  if (before !== undefined && hasDissolve(before, segment) && playedMs < DISSOLVE_MS) return null;
  const { takeId, sourceMs, kind, speed = 1 } = segment;
  return { takeId, ms: sourceMs + (kind === 'hold' ? 0 : playedMs * speed) + TOLERANCE_MS };
}
