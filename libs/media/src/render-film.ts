import { mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InvalidInputError, type Clip, type FrameSize } from '@showrunner/contracts';
import type { TakeIndex } from '@showrunner/recorder';
import { buildOverlay } from './build-overlay';
import { buildTimeline } from './build-timeline';
import { cardBackdrops, type Backdrop } from './card-backdrops';
import type { Cards } from './card-budget';
import { chapterMetadata } from './chapter-metadata';
import { dissolves } from './dissolves';
import { encodeArguments } from './encode-film';
import { runFfmpeg } from './ffmpeg';
import { filmCues } from './film-cues';
import { filmLook } from './film-look';
import { pictureStream } from './picture-stream';
import { openFootage, type TakeFootage } from './take-footage';
import { FPS, isCard } from './timeline.types';
import type { FilmFeature, FilmedAction, Segment, Timeline } from './timeline.types';
import { webVtt } from './webvtt';

export interface RenderInput {
  /** Title of the film. */
  title: string;
  features: FilmFeature[];
  size: FrameSize;
  clips: Clip[];
  /** Which cards the film has; what it can afford unless given. */
  cards?: Cards;
  /** Take files on this machine, by take id. */
  takePaths: ReadonlyMap<string, string>;
  /** What is known of them already, by take id; others are parsed. */
  takeIndexes?: ReadonlyMap<string, TakeIndex>;
  /** Times in ms since the first frame of each action's take. */
  actions: FilmedAction[];
  /** Where the film goes; it appears there only when it is whole. */
  outputPath: string;
  ffmpegPath: string;
  /** Frames a second, 30 or 60; 30 unless given. */
  fps?: number;
  /** Font family of titles and captions. */
  font?: string;
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
  timeline: Timeline;
}

/**
 * Renders the film. Scratch lies beside the output and is gone afterwards, whatever happens.
 * @throws AppError `nothing_to_render`, `take_missing`, `take_unreadable`, `ffmpeg_failed`, `ffmpeg_missing`; the signal's reason
 */
export async function renderFilm(input: RenderInput): Promise<RenderedFilm> {
  const folder = await mkdtemp(join(dirname(input.outputPath), '.render-'));
  const footage = new Map<string, TakeFootage>();
  const closing: (() => Promise<void>)[] = [];
  try {
    for (const takeId of new Set(input.clips.map((clip) => clip.takeId))) {
      const opened = await openTake(takeId, input);
      closing.push(opened.close);
      footage.set(takeId, opened.footage);
    }
    const timeline = buildTimeline({ ...input, takes: [...footage.values()].map((take) => take.pictures()) });
    const [backdrops, leads] = await Promise.all([
      backdropsOf(timeline, footage, folder, input),
      dissolvesOf(timeline, footage, folder, input),
      writeFile(join(folder, 'overlay.ass'), buildOverlay(timeline, input.actions, input.font, input.fps)),
      writeFile(join(folder, 'metadata.txt'), chapterMetadata(timeline)),
    ]);
    await encode(
      timeline,
      pictureStream({ timeline, footage, backdrops, dissolves: leads, fps: input.fps ?? FPS }),
      folder,
      input,
    );
    const made = join(folder, 'film.mp4');
    const { size: bytes } = await stat(made);
    await rename(made, input.outputPath);
    const captions = webVtt(filmCues(timeline, input.actions));
    return { durationMs: timeline.durationMs, bytes, ...timeline.size, captions, timeline };
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

/** Backdrops of the cards, by clip id; the opening card stands before its clip's title card and shares its picture. */
async function backdropsOf(
  timeline: Timeline,
  footage: ReadonlyMap<string, TakeFootage>,
  folder: string,
  input: RenderInput,
): Promise<Map<string, Backdrop>> {
  const cards = new Map(timeline.segments.filter(isCard).map((segment) => [segment.clipId, segment]));
  if (cards.size === 0) return new Map();
  const pictures = await Promise.all([...cards.values()].map((card) => pictureOf(card, footage)));
  const { ffmpegPath, signal } = input;
  const look = filmLook(timeline.size, input.font);
  const made = await cardBackdrops({ pictures, look, folder, ffmpegPath, signal });
  return new Map([...cards.keys()].flatMap((clipId, n) => (made[n] ? [[clipId, made[n]] as const] : [])));
}

/** What leads from each clip's last picture into the next clip, by the id of the next one. Where a card stands between them there is none. */
async function dissolvesOf(
  { segments }: Timeline,
  footage: ReadonlyMap<string, TakeFootage>,
  folder: string,
  { ffmpegPath, signal }: RenderInput,
): Promise<Map<string, Buffer[]>> {
  const joins = segments.flatMap((to, n) => {
    const from = segments[n - 1];
    return from === undefined || isCard(from) || isCard(to) || from.clipId === to.clipId
      ? []
      : [{ from, to }];
  });
  const cuts = await Promise.all(
    joins.map(async ({ from, to }) => ({
      from: await pictureOf(from, footage),
      to: await pictureOf(to, footage),
    })),
  );
  const made = await dissolves({ cuts, folder, ffmpegPath, signal });
  return new Map(joins.map(({ to }, n) => [to.clipId, made[n] ?? []]));
}

async function pictureOf(
  { takeId, sourceMs }: Segment,
  footage: ReadonlyMap<string, TakeFootage>,
): Promise<Buffer> {
  const take = footage.get(takeId);
  if (take === undefined) throw new InvalidInputError('take_missing', `The take ${takeId} is not there.`);
  return take.jpeg(take.frameAt(sourceMs));
}

async function encode(
  timeline: Timeline,
  pictures: AsyncIterable<Buffer>,
  folder: string,
  input: RenderInput,
): Promise<void> {
  await runFfmpeg({
    program: input.ffmpegPath,
    args: encodeArguments({
      size: timeline.size,
      durationMs: timeline.durationMs,
      fps: input.fps ?? FPS,
      overlay: 'overlay.ass',
      metadata: 'metadata.txt',
      output: 'film.mp4',
    }),
    cwd: folder,
    input: pictures,
    signal: input.signal,
    onProgress: (renderedMs) => input.onProgress?.(Math.min(1, renderedMs / timeline.durationMs)),
  });
}
