import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FILM_FILES } from '@showrunner/contracts';
import { webVtt } from '@showrunner/media';
import { chaptersJson, chaptersVtt } from './chapter-files';
import { filmStills, type StillsInput } from './film-stills';
import { subRip } from './sub-rip';

/**
 * Writes what stands beside a finished film into a folder: captions, chapters, poster, contact sheet, outline. Answers their names.
 * @throws AppError `ffmpeg_failed`, `ffmpeg_missing`; the signal's reason
 */
export async function filmFiles(input: StillsInput): Promise<string[]> {
  const { outline, folder } = input;
  const { captionsVtt, captionsSrt, chaptersVtt: chapters, chaptersJson: json, outline: whole } = FILM_FILES;
  const texts: [string, string][] = [
    [captionsVtt, webVtt(outline.captions)],
    [captionsSrt, subRip(outline.captions)],
    [chapters, chaptersVtt(outline)],
    [json, chaptersJson(outline)],
    [whole, `${JSON.stringify(outline, null, 2)}\n`],
  ];
  const [stills] = await Promise.all([
    filmStills(input),
    ...texts.map(([name, text]) => writeFile(join(folder, name), text)),
  ]);
  return [...texts.map(([name]) => name), ...stills];
}
