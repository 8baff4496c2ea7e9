import { InvalidInputError, type Clip } from '@showrunner/contracts';
import { keptFootage, type SourceSpan } from './dead-time';
import type { EditInput, FilmedAction, TakePictures } from './input.types';
import { quickened, type PacedSpan } from './quicken';

/** A clip as it will be shown: its take, what is done in it, and the stretches of it that are kept. */
export interface EditedClip {
  clip: Clip;
  take: TakePictures;
  actions: FilmedAction[];
  kept: [PacedSpan, ...PacedSpan[]];
}

/** @throws InvalidInputError `take_missing` */
export function editClip(clip: Clip, { takes, actions }: EditInput): EditedClip {
  const take = takes.find((candidate) => candidate.takeId === clip.takeId);
  if (take === undefined) {
    throw new InvalidInputError('take_missing', `The take of clip ${clip.clipId} is not there.`);
  }
  const own = actionsOf(clip, actions);
  const span = footageSpan(clip, take, own);
  const [first, ...more] = quickened(keptFootage(span, take.changes, own), own);
  return { clip, take, actions: own, kept: [first ?? { ...span, speed: 1 }, ...more] };
}

/** The actions that a clip shows: of its feature, on its take, within its time. */
function actionsOf(clip: Clip, actions: FilmedAction[]): FilmedAction[] {
  return actions
    .filter(
      (action) =>
        action.takeId === clip.takeId &&
        action.feature === clip.feature &&
        action.result !== 'skipped' &&
        action.endMs >= clip.startMs &&
        action.startMs <= clip.endMs,
    )
    .sort((a, b) => a.actMs - b.actMs);
}

/** The title card stands for the way to the feature's page: footage begins where that navigation ended. */
function footageSpan(clip: Clip, take: TakePictures, actions: FilmedAction[]): SourceSpan {
  const toMs = Math.min(clip.endMs, take.durationMs);
  const arrival = actions.find((action) => action.step === -1)?.endMs ?? 0;
  const firstStep = actions.find((action) => action.step >= 0)?.startMs ?? toMs;
  const fromMs = Math.max(clip.startMs, Math.min(arrival, firstStep));
  return { fromMs: Math.max(0, Math.min(fromMs, toMs - 100)), toMs };
}
