import { InvalidInputError, type FilmOutline } from '@showrunner/contracts';
import { demoFile, guideFiles } from '@showrunner/deliverables';
import { filmOutline, scheduleOf } from '@showrunner/media';
import type { FilmSource } from './film-source';
import type { MadeFilm, MakeInput } from './make-film';
import { withFootage } from './open-takes';

/**
 * Makes a step-by-step guide or an interactive demo of the pictures that a film is made of, without rendering it.
 * @throws InvalidInputError `nothing_to_render`, `take_missing`; AppError `take_unreadable`, `ffmpeg_failed`; the signal's reason
 */
export function makeWalk(input: MakeInput): Promise<MadeFilm> {
  const { source, timeline, output, folder, ffmpegPath, signal } = input;
  return withFootage(source, signal, async (footage) => {
    const outline = onThePage(filmOutline(scheduleOf(timeline), source.actions), source);
    const pictureAt = (takeId: string, ms: number): Promise<Buffer> => {
      const take = footage.get(takeId);
      if (take === undefined) throw new InvalidInputError('take_missing', `The take ${takeId} is not there.`);
      return take.jpeg(take.frameAt(ms));
    };
    const make = output.format === 'guide' ? guideFiles : demoFile;
    const files = await make({ outline, pictureAt, folder, ffmpegPath, signal });
    input.onProgress(1);
    const [main = ''] = files;
    const { durationMs } = outline;
    return { video: main, files, outline, size: source.size, durationMs, notes: [], checks: null };
  });
}

/** The outline with its boxes where they were on the page: no camera stands between it and the take's pictures. */
function onThePage(
  outline: FilmOutline,
  { actions, size }: Pick<FilmSource, 'actions' | 'size'>,
): FilmOutline {
  const { width, height } = size;
  const steps = outline.steps.map((step) => {
    const { box = null } =
      actions.find(
        ({ takeId, actMs, feature }) =>
          takeId === step.takeId && feature === step.feature && Math.max(0, actMs) === step.beforeMs,
      ) ?? {};
    if (box === null) return { ...step, box };
    const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)];
    const seen = {
      x,
      y,
      width: Math.min(width, box.x + box.width) - x,
      height: Math.min(height, box.y + box.height) - y,
    };
    return { ...step, box: seen.width > 0 && seen.height > 0 ? seen : null };
  });
  return { ...outline, size, steps };
}
