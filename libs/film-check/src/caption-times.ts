import type { FilmOutline } from '@showrunner/contracts';
import { at, quoted, wrong, type Finding } from './outcomes';

/** Captions lie within the film, in order, each as long as something. */
export function captionTimes({ captions, durationMs, fps }: FilmOutline): Finding[] {
  const odd = captions.find(
    ({ startMs, endMs }, n) =>
      endMs <= startMs || endMs > durationMs + 1 + 1000 / fps || startMs < (captions[n - 1]?.startMs ?? 0),
  );
  return odd === undefined
    ? []
    : [wrong('captions', `${quoted(odd.text)} is to be read from ${at(odd.startMs)} to ${at(odd.endMs)}.`)];
}
