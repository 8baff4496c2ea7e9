import { AppError, isUntrue, type FilmCheck, type FilmOutline } from '@showrunner/contracts';
import { checkFilm, type CheckInput } from '@showrunner/film-check';
import type { FilmSource } from './film-source';
import { withFootage } from './open-takes';

export interface CheckedInput extends Omit<CheckInput, 'footage'> {
  source: Pick<FilmSource, 'takePaths' | 'takeIndexes'>;
  outline: FilmOutline;
}

/**
 * Holds a finished file against what happened. What is only shown badly is among the answered checks.
 * @throws AppError `film_untrue` (not retryable) with what is wrong, `ffmpeg_failed`, `take_unreadable`; the signal's reason
 */
export async function checkedFilm({ source, ...input }: CheckedInput): Promise<FilmCheck[]> {
  return withFootage(source, input.signal, async (footage) => {
    const checks = await checkFilm({ ...input, footage });
    const wrong = checks.filter(isUntrue);
    if (wrong.length === 0) return checks;
    const told = wrong.map(({ name, detail }) => `${name}: ${detail}`).join(' ');
    throw new AppError('film_untrue', `The finished film does not show what happened. ${told}`, {
      status: 500,
      remedy:
        'Render it again: showrunner export. Should it fail again, report it with the files of the run.',
      details: { checks },
    });
  });
}
