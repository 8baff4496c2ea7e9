import type { Transition } from './items';

/** A dissolve from one item to the next lasts so many frames of the film; it begins with the cut. */
export const DISSOLVE_FRAMES = 7;

/** What of an item says how it joins its neighbour. */
export interface Joined {
  isCard: boolean;
  clipId: string;
  transition?: Transition;
}

/** Whether one follows the other by a dissolve; cards come and go in their own way. */
export function hasDissolve(from: Joined, to: Joined): boolean {
  if (from.isCard || to.isCard || to.transition === 'cut') return false;
  return to.transition === 'dissolve' || from.clipId !== to.clipId;
}
