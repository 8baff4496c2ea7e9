import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FILM_FILES, type FilmOutline } from '@showrunner/contracts';
import { runFfmpeg } from '@showrunner/media';
import { sheetFilter, sheetLayout, sheetPictures } from './contact-sheet';

export interface StillsInput {
  outline: FilmOutline;
  /** The finished film. */
  videoPath: string;
  /** Where the stills go. */
  folder: string;
  ffmpegPath: string;
  signal?: AbortSignal;
}

/** Frame of the film that is on screen at a moment. */
const frameAt = (atMs: number, { fps, durationMs }: FilmOutline): number =>
  Math.min(
    Math.max(0, Math.floor((atMs * fps) / 1000 + 0.01)),
    Math.max(0, Math.floor((durationMs * fps) / 1000) - 1),
  );

/** What a player shows before the film plays: the middle of its opening card; without one, the end of its first feature. */
function posterMs({ stretches, chapters, durationMs }: FilmOutline): number {
  const [first] = stretches;
  if (first?.kind === 'card') return (first.startMs + first.endMs) / 2;
  return (chapters[0]?.endMs ?? durationMs) - 200;
}

/**
 * Poster and contact sheet as PNG, out of one reading of the finished film: the same film gives the same bytes. Names that were made.
 * @throws AppError `ffmpeg_failed`, `ffmpeg_missing`; the signal's reason
 */
export async function filmStills(input: StillsInput): Promise<string[]> {
  const { outline, videoPath, folder, ffmpegPath, signal } = input;
  const pictures = sheetPictures(outline);
  const wanted = (frames: readonly number[]): string =>
    `select='${[...new Set(frames)].map((frame) => `eq(n\\,${frame})`).join('+')}'`;
  const poster = `${wanted([frameAt(posterMs(outline), outline)])},format=rgb24`;
  const frames = distinct(pictures.map(({ atMs }) => frameAt(atMs, outline)));
  const layout = sheetLayout(pictures, outline.size);
  const isSheet = pictures.length > 0;
  if (isSheet) await writeFile(join(folder, 'sheet.ass'), layout.texts);
  const graph = isSheet
    ? `[0:v]split=2[a][b];[a]${poster}[poster];[b]${wanted(frames)},${sheetFilter(layout, 'sheet.ass')}[sheet]`
    : `[0:v]${poster}[poster]`;
  const still = (label: string, name: string): string[] => [
    ...['-map', `[${label}]`, '-frames:v', '1', '-fps_mode', 'passthrough', '-compression_level', '90'],
    ...['-c:v', 'png', '-f', 'image2', '-update', '1', name],
  ];
  const sheet = isSheet ? still('sheet', FILM_FILES.contactSheet) : [];
  await runFfmpeg({
    program: ffmpegPath,
    args: [
      ...['-v', 'error', '-nostdin', '-y', '-i', videoPath, '-filter_complex', graph],
      ...still('poster', FILM_FILES.poster),
      ...sheet,
    ],
    cwd: folder,
    signal,
  });
  return isSheet ? [FILM_FILES.poster, FILM_FILES.contactSheet] : [FILM_FILES.poster];
}

/** Ascending numbers without two that are equal: a frame is selected once. */
function distinct(frames: readonly number[]): number[] {
  const out: number[] = [];
  for (const frame of frames) out.push(Math.max(frame, (out.at(-1) ?? -1) + 1));
  return out;
}
