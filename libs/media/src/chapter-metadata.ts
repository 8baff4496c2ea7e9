import { plainLine } from './plain-line';
import type { Schedule } from './schedule.types';

/** The film's title and chapters in ffmpeg's metadata format (`;FFMETADATA1`). */
export function chapterMetadata({
  chapters,
  timeline,
}: Pick<Schedule, 'chapters'> & { timeline: { title: string } }): string {
  const blocks = chapters.map(
    (chapter) =>
      `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${Math.round(chapter.startMs)}\nEND=${Math.round(chapter.endMs)}\ntitle=${escaped(chapter.title)}\n`,
  );
  return `;FFMETADATA1\ntitle=${escaped(timeline.title)}\n${blocks.join('')}`;
}

function escaped(text: string): string {
  return plainLine(text).replace(/[=;#\\]/gu, '\\$&');
}
