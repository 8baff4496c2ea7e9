import type { FilmOutline } from '@showrunner/contracts';
import { plainLine, webVtt } from '@showrunner/media';

/** Chapters as WebVTT, for `<track kind="chapters">`. */
export const chaptersVtt = ({ chapters }: FilmOutline): string =>
  webVtt(chapters.map(({ title, startMs, endMs }) => ({ startMs, endMs, text: title })));

/** Chapters as JSON, for players and sites of one's own; times in seconds. */
export function chaptersJson({ title, durationMs, chapters }: FilmOutline): string {
  const seconds = (ms: number): number => Math.round(ms) / 1000;
  const told = {
    title: plainLine(title),
    duration: seconds(durationMs),
    chapters: chapters.map((chapter) => ({
      title: plainLine(chapter.title),
      description: plainLine(chapter.description),
      feature: chapter.feature,
      start: seconds(chapter.startMs),
      end: seconds(chapter.endMs),
    })),
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}
