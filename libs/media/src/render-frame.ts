import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError, type FrameSize } from '@showrunner/contracts';
import { FrameMuxer, takeHeader } from '@showrunner/recorder';
import { DISSOLVE_FRAMES, FPS, type Timeline } from '@showrunner/timeline';
import { COMPOSITION_FILES, compositionOf, writeComposition, type Composition } from './composition';
import { runFfmpeg } from './ffmpeg';
import type { PlateCache } from './plate-cache';
import { pictureAt } from './picture-stream';
import { backdropsOf, dissolvesOf } from './prepared-pictures';
import { scheduleOf } from './schedule';
import type { TakeFootage } from './take-footage';

export interface FrameInput {
  timeline: Timeline;
  /** Ms of the film; behind its end its last frame. */
  atMs: number;
  /** By take id; those that the moment shows must be there. */
  footage: ReadonlyMap<string, TakeFootage>;
  /** Of the picture; as the film unless given. */
  size?: FrameSize;
  /** Of frames before. */
  plates?: PlateCache;
  ffmpegPath: string;
  signal?: AbortSignal;
}

/**
 * One frame of the film as a JPEG, composed as the film's are, without rendering what is before it.
 * @throws AppError `take_missing`, `take_unreadable`, `ffmpeg_failed`, `ffmpeg_missing`; the signal's reason
 */
export async function renderFrame(input: FrameInput): Promise<Buffer> {
  const { timeline, footage, ffmpegPath, signal } = input;
  const folder = await mkdtemp(join(tmpdir(), 'film-frame-'));
  try {
    const schedule = scheduleOf(timeline, input.size);
    const composition = withPlateOf(input.plates, compositionOf(schedule));
    const { n, atMs, shown, left } = placeOf(schedule, input.atMs);
    const preparing = { footage, folder, ffmpegPath, signal, only: (segment: number) => segment === n };
    const [backdrops, dissolves] = await Promise.all([
      backdropsOf(schedule, preparing),
      shown < DISSOLVE_FRAMES ? dissolvesOf(schedule, preparing) : new Map<number, Buffer[]>(),
      writeComposition(composition, folder),
    ]);
    const picture = pictureAt(schedule, n, { atMs, shown, left }, { footage, backdrops, dissolves });
    if (picture === null) throw missing(schedule.segments[n]?.takeId ?? '');
    const graph = join(folder, COMPOSITION_FILES.graph);
    await writeFile(graph, `${composition.graph};${TO_JPEG}`);
    return await runFfmpeg({
      program: ffmpegPath,
      args: frameArguments(composition.plate === null ? null : schedule.size),
      ...{ cwd: folder, signal, input: pictureOf(await picture.jpeg(), Math.round(atMs), timeline.page) },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same composition; what is around the page is drawn once for all frames that look the same. */
function withPlateOf(plates: PlateCache | undefined, composition: Composition): Composition {
  const { plate, schedule } = composition;
  if (plate === null || plates === undefined) return composition;
  const { page, theme, look } = schedule.timeline;
  const key = JSON.stringify([schedule.size, page, theme, look]);
  return { ...composition, plate: () => plates.get(key, plate) };
}

/** JPEG is full-range BT.601, the film limited-range BT.709. */
const TO_JPEG =
  '[film]scale=in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=pc,format=yuvj420p[jpeg]';

function frameArguments(plate: FrameSize | null): string[] {
  const raw =
    plate === null
      ? []
      : [
          ...['-f', 'rawvideo', '-pix_fmt', 'yuva420p', '-s', `${plate.width}x${plate.height}`],
          ...['-r', String(FPS), '-i', COMPOSITION_FILES.plate],
        ];
  return [
    // What is drawn depends on the time: it must stay what it is. The second input is the metadata's, which a frame has none of.
    ...['-v', 'error', '-nostdin', '-copyts', '-f', 'matroska', '-i', 'pipe:0'],
    ...['-f', 'lavfi', '-i', 'nullsrc=s=16x16:d=0.04', ...raw],
    ...['-filter_complex_script', COMPOSITION_FILES.graph, '-map', '[jpeg]', '-frames:v', '1'],
    ...['-c:v', 'mjpeg', '-q:v', '3', '-f', 'image2pipe', 'pipe:1'],
  ];
}

function placeOf({ segments, durationMs }: ReturnType<typeof scheduleOf>, wantedMs: number) {
  const last = Math.max(0, Math.round((durationMs * FPS) / 1000) - 1);
  const frame = Math.min(last, Math.max(0, Math.floor((wantedMs * FPS) / 1000 + 1e-6)));
  const frameOf = (ms: number): number => Math.round((ms * FPS) / 1000);
  const n = Math.max(
    0,
    segments.findIndex(({ endMs }) => frame < frameOf(endMs)),
  );
  const { startMs = 0, endMs = 0 } = segments[n] ?? {};
  return { n, atMs: (frame * 1000) / FPS, shown: frame - frameOf(startMs), left: frameOf(endMs) - frame };
}

async function* pictureOf(jpeg: Buffer, tMs: number, page: FrameSize): AsyncGenerator<Buffer> {
  yield takeHeader({ startedAtMs: 0, ...page }).bytes;
  const muxer = new FrameMuxer();
  // How long a picture is shown is known by the next one.
  for (const atMs of [tMs, tMs + 100]) yield* muxer.frame(atMs, jpeg).parts;
}

const missing = (takeId: string): AppError =>
  new AppError('take_missing', `The take ${takeId} is not there.`, { status: 400 });
