import { mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InvalidInputError, type FrameSize } from '@showrunner/contracts';
import type { TakeIndex } from '@showrunner/recorder';
import { FPS, type Timeline } from '@showrunner/timeline';
import { chapterMetadata } from './chapter-metadata';
import { COMPOSITION_FILES, compositionOf, writeComposition, type Composition } from './composition';
import { encodeArguments } from './encode-film';
import { runFfmpeg } from './ffmpeg';
import { filmCues } from './film-cues';
import { pictureStream } from './picture-stream';
import { backdropsOf, dissolvesOf } from './prepared-pictures';
import { scheduleOf } from './schedule';
import type { Schedule } from './schedule.types';
import { openFootage, type TakeFootage } from './take-footage';
import { webVtt } from './webvtt';

export interface RenderInput {
  timeline: Timeline;
  /** Take files on this machine, by take id. */
  takePaths: ReadonlyMap<string, string>;
  /** What is known of them already, by take id; others are parsed. */
  takeIndexes?: ReadonlyMap<string, TakeIndex>;
  /** Where the film goes; it appears there only when it is whole. */
  outputPath: string;
  ffmpegPath: string;
  /** Of the film; what its timeline says unless given. */
  size?: FrameSize;
  /** Frames a second, 30 or 60; 30 unless given. */
  fps?: number;
  signal?: AbortSignal;
  /** 0 to 1. */
  onProgress?: (share: number) => void;
}

export interface RenderedFilm {
  durationMs: number;
  bytes: number;
  width: number;
  height: number;
  /** WebVTT on the film's clock. */
  captions: string;
  schedule: Schedule;
}

/**
 * Renders the film. Scratch lies beside the output and is gone afterwards, whatever happens.
 * @throws AppError `nothing_to_render`, `take_missing`, `take_unreadable`, `ffmpeg_failed`, `ffmpeg_missing`; the signal's reason
 */
export async function renderFilm(input: RenderInput): Promise<RenderedFilm> {
  const { timeline } = input;
  const folder = await mkdtemp(join(dirname(input.outputPath), '.render-'));
  const footage = new Map<string, TakeFootage>();
  const closing: (() => Promise<void>)[] = [];
  try {
    for (const takeId of new Set(timeline.items.map((item) => item.takeId))) {
      const opened = await openTake(takeId, input);
      closing.push(opened.close);
      footage.set(takeId, opened.footage);
    }
    const schedule = scheduleOf(timeline, input.size);
    const composition = compositionOf(schedule, input.fps);
    const [backdrops, leads] = await Promise.all([
      backdropsOf(schedule, { footage, folder, ...input }),
      dissolvesOf(schedule, { footage, folder, ...input }),
      writeComposition(composition, folder),
      writeFile(join(folder, 'metadata.txt'), chapterMetadata(schedule)),
    ]);
    const { shotAt } = composition;
    const pictures = pictureStream({
      schedule,
      shotAt,
      fps: input.fps ?? FPS,
      footage,
      backdrops,
      dissolves: leads,
    });
    await encode(composition, pictures, folder, input);
    const made = join(folder, 'film.mp4');
    const { size: bytes } = await stat(made);
    await rename(made, input.outputPath);
    const captions = webVtt(filmCues(schedule));
    return { durationMs: schedule.durationMs, bytes, ...schedule.size, captions, schedule };
  } finally {
    for (const close of closing) await close();
    await rm(folder, { recursive: true, force: true });
  }
}

function openTake(takeId: string, input: RenderInput): ReturnType<typeof openFootage> {
  const path = input.takePaths.get(takeId);
  if (path === undefined) throw new InvalidInputError('take_missing', `The take ${takeId} is not there.`);
  return openFootage(takeId, path, { index: input.takeIndexes?.get(takeId), signal: input.signal });
}

async function encode(
  { schedule, plate }: Composition,
  pictures: AsyncIterable<Buffer>,
  folder: string,
  input: RenderInput,
): Promise<void> {
  const { durationMs, size } = schedule;
  await runFfmpeg({
    program: input.ffmpegPath,
    args: encodeArguments({
      durationMs,
      fps: input.fps ?? FPS,
      graph: COMPOSITION_FILES.graph,
      metadata: 'metadata.txt',
      plate: plate === null ? null : { name: COMPOSITION_FILES.plate, size },
      output: 'film.mp4',
    }),
    cwd: folder,
    input: pictures,
    signal: input.signal,
    onProgress: (renderedMs) => input.onProgress?.(Math.min(1, renderedMs / durationMs)),
  });
}
