import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import {
  durationOfAudio,
  sizeOfHeight,
  videoFileOf,
  type ExportOutput,
  type FilmCheck,
  type FilmFormat,
  type FilmOutline,
  type FrameSize,
} from '@showrunner/contracts';
import { encodeGif, encodeWebm, filmFiles } from '@showrunner/deliverables';
import {
  filmOutline,
  filmSize,
  renderFilm,
  voiceTrack,
  withSound,
  type PlacedSpeech,
} from '@showrunner/media';
import type { Timeline } from '@showrunner/timeline';
import { checkedFilm } from './checked-film';
import type { FilmSource } from './film-source';

export interface MakeInput {
  source: FilmSource;
  timeline: Timeline;
  output: ExportOutput;
  /** What is said in the film, and when; it is silent without. A GIF is silent anyway. */
  speech?: readonly PlacedSpeech[];
  /** Where all files go; takes lie there too. */
  folder: string;
  ffmpegPath: string;
  ffprobePath: string;
  signal: AbortSignal;
  /** 0 to 1. */
  onProgress: (share: number) => void;
}

export interface MadeFilm {
  /** Name of the file that was asked for. */
  video: string;
  /** Names of all files made, the film's among them. */
  files: string[];
  outline: FilmOutline;
  size: FrameSize;
  durationMs: number;
  notes: string[];
  /** How the finished film was held against what happened: none failed. Null for what is no film. */
  checks: FilmCheck[] | null;
}

/** Share of the work that is rendering; what is left is encoding to another format, then what stands beside the film. */
const RENDERING = { mp4: 0.9, webm: 0.4, gif: 0.4 } as const;
const GIF_HEIGHT = 480;

/**
 * Renders a film in the format, size and rate asked for, and makes what stands beside it.
 * @throws AppError as `renderFilm`, `encodeGif` and `checkedFilm` do; the signal's reason
 */
export async function makeFilm(input: MakeInput, format: FilmFormat): Promise<MadeFilm> {
  const { source, timeline, output, folder, ffmpegPath, signal, onProgress } = input;
  const { fps = 30 } = output;
  const { takePaths, takeIndexes, actions } = source;
  const whole = filmSize(timeline);
  const height = output.height ?? whole.height;
  const size = height === whole.height ? whole : sizeOfHeight(whole, height);
  const rendering = RENDERING[format];
  const masterPath = join(folder, videoFileOf('mp4'));
  const film = await renderFilm({
    ...{ timeline, takePaths, takeIndexes, size, fps, ffmpegPath, signal },
    outputPath: masterPath,
    onProgress: (share) => onProgress(share * rendering),
  });
  const outline = filmOutline(film.schedule, actions, fps);
  const { durationMs } = film;
  const video = videoFileOf(format);
  const encoding = {
    ...{ videoPath: masterPath, outputPath: join(folder, video), durationMs, ffmpegPath, signal },
    onProgress: (share: number) => onProgress(rendering + share * (0.95 - rendering)),
  };
  const speech = format === 'gif' || input.speech?.length === 0 ? undefined : input.speech;
  const sounding = { speech: speech ?? [], durationMs, folder, ffmpegPath, signal };
  const soundPath = speech === undefined ? undefined : await voiceTrack(sounding);
  if (format === 'webm') await encodeWebm({ ...encoding, soundPath });
  if (format === 'mp4' && soundPath !== undefined) {
    const outputPath = join(folder, 'sounding.mp4');
    await withSound({ videoPath: masterPath, soundPath, outputPath, durationMs, ffmpegPath, signal });
    await rename(outputPath, masterPath);
  }
  const gif = format === 'gif' ? await encodeGif({ ...encoding, ...gifLimits(whole, output) }) : null;
  const [madeSize, notes] = [gif?.size ?? size, gif?.notes ?? []];
  const spoken = speech?.map(({ startMs, audio }) => ({ startMs, endMs: startMs + durationOfAudio(audio) }));
  const expected = { format, size: madeSize, fps: gif?.fps ?? fps, ...(spoken && { spoken }) };
  const [files, checks] = await Promise.all([
    filmFiles({ outline, videoPath: masterPath, folder, ffmpegPath, signal }),
    checkedFilm({
      ...{ ...input, videoPath: join(folder, video), schedule: film.schedule, outline, expected },
      ...(source.covered && { covered: source.covered }),
      isEdited: output.timelineVersion !== undefined,
    }),
  ]);
  onProgress(1);
  return { video, files: [video, ...files], outline, durationMs, size: madeSize, notes, checks };
}

/** A GIF is small unless more is asked for; it is made of a film of that size. */
function gifLimits(
  size: FrameSize,
  { height, maxBytes }: ExportOutput,
): { size: FrameSize; maxBytes?: number } {
  const scaled = sizeOfHeight(size, height ?? gifHeight(size));
  return { size: scaled, ...(maxBytes !== undefined && { maxBytes }) };
}

/** Its shorter side is as long as a GIF's height usually is. */
const gifHeight = ({ width, height }: FrameSize): number =>
  2 * Math.round((height * Math.min(1, GIF_HEIGHT / Math.min(width, height))) / 2);
