import { FILM_FILES, storageKeys, videoFileOf } from '@showrunner/contracts';
import type { ExportRecord } from '@showrunner/database';

/** What a browser's player needs of a film: storage keys by the names under which they are offered. */
export interface WatchableFilm {
  film: ExportRecord;
  video: string;
  files: ReadonlyMap<string, string>;
}

const OFFERED: readonly string[] = [FILM_FILES.captionsVtt, FILM_FILES.poster];

/**
 * The film of a run that browsers can play: the first that was rendered, which is nearly always the run's own. Null when there is none.
 * @param exports of one run, in any order
 */
export function watchableFilm(exports: readonly ExportRecord[]): WatchableFilm | null {
  const films = exports.filter(
    ({ state, output }) => state === 'done' && PLAYED.has(output?.format ?? 'mp4'),
  );
  const [film] = films.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  if (film === undefined) return null;
  const video = videoFileOf(film.output?.format === 'webm' ? 'webm' : 'mp4');
  const beside =
    film.files.length === 0
      ? [[FILM_FILES.captionsVtt, film.captionsKey ?? storageKeys.exportCaptions(film.id)] as const]
      : film.files
          .filter(({ name }) => OFFERED.includes(name))
          .map(({ name }) => [name, storageKeys.exportFile(film.id, name)] as const);
  const key = film.storageKey ?? storageKeys.exportVideo(film.id);
  return { film, video, files: new Map([[video, key], ...beside]) };
}

/** Formats that a video element plays. */
const PLAYED: ReadonlySet<string> = new Set(['mp4', 'webm']);
