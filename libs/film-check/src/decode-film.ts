import type { FrameSize } from '@showrunner/contracts';
import { rawStreams } from '@showrunner/media';
import type { CheckInput } from './check-film';

/** Black and frozen stretches are seen as well in pictures whose shorter side is no longer than this. */
const SMALL_SHORT_SIDE = 90;

/** The size of the pictures in which stretches of a film are found. */
export function smallSize({ width, height }: FrameSize): FrameSize {
  const by = Math.min(1, SMALL_SHORT_SIDE / Math.min(width, height));
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) };
}

type Decoding = Pick<CheckInput, 'ffmpegPath' | 'videoPath' | 'signal'>;

/**
 * Decodes the film once: all of its pictures small, and some, by their 0-based numbers, in `size`. Luma only. Both are read at the same time.
 */
export function decodeFilm(
  { ffmpegPath, videoPath, signal }: Decoding,
  frames: readonly number[],
  size: FrameSize,
): { all: AsyncGenerator<Buffer>; some: AsyncGenerator<Buffer> } {
  const few = smallSize(size);
  const small = `scale=${few.width}:${few.height}:flags=area`;
  const hasSome = frames.length > 0;
  const graph = hasSome
    ? `[0:v:0]extractplanes=y,split[a][b];[a]${small}[all];[b]${chosen(frames, size)}[some]`
    : `[0:v:0]extractplanes=y,${small}[all]`;
  const raw = (name: string, pipe: string): string[] => [
    ...['-map', `[${name}]`, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'gray', pipe],
  ];
  const args = [
    ...['-v', 'error', '-nostdin', '-i', videoPath, '-filter_complex', graph],
    ...raw('all', 'pipe:1'),
    ...(hasSome ? raw('some', 'pipe:3') : []),
  ];
  const bytes = [few.width * few.height, ...(hasSome ? [size.width * size.height] : [])];
  const [all, some] = rawStreams({ program: ffmpegPath, args, signal }, bytes);
  return { all: all ?? none(), some: some ?? none() };
}

const chosen = (frames: readonly number[], { width, height }: FrameSize): string =>
  `select='${[...new Set(frames)].map((frame) => `eq(n\\,${frame})`).join('+')}',scale=${width}:${height}:flags=area`;

async function* none(): AsyncGenerator<Buffer> {
  // No picture was asked for.
}
