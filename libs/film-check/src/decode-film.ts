import type { FrameSize } from '@showrunner/contracts';
import { rawPictures, rawStreams } from '@showrunner/media';
import type { CheckInput } from './check-film';

/** Black and frozen stretches are seen as well in pictures of this size. */
export const SMALL: FrameSize = { width: 128, height: 72 };

type Decoding = Pick<CheckInput, 'ffmpegPath' | 'videoPath' | 'signal'>;

/**
 * Decodes the film once: all of its pictures small, and some, by their 0-based numbers, in `size`. Luma only. Both are read at the same time.
 */
export function decodeFilm(
  { ffmpegPath, videoPath, signal }: Decoding,
  frames: readonly number[],
  size: FrameSize,
): { all: AsyncGenerator<Buffer>; some: AsyncGenerator<Buffer> } {
  const small = `scale=${SMALL.width}:${SMALL.height}:flags=neighbor`;
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
  const bytes = [SMALL.width * SMALL.height, ...(hasSome ? [size.width * size.height] : [])];
  const [all, some] = rawStreams({ program: ffmpegPath, args, signal }, bytes);
  return { all: all ?? none(), some: some ?? none() };
}

/** Some pictures of the film alone. */
export const decodeSome = (
  { ffmpegPath, videoPath, signal }: Decoding,
  frames: readonly number[],
  size: FrameSize,
): AsyncGenerator<Buffer> =>
  rawPictures(
    {
      program: ffmpegPath,
      args: [
        ...['-v', 'error', '-nostdin', '-i', videoPath, '-map', '0:v:0'],
        ...['-vf', `extractplanes=y,${chosen(frames, size)}`, '-fps_mode', 'passthrough'],
        ...['-f', 'rawvideo', '-pix_fmt', 'gray', '-'],
      ],
      signal,
    },
    size.width * size.height,
  );

const chosen = (frames: readonly number[], { width, height }: FrameSize): string =>
  `select='${[...new Set(frames)].map((frame) => `eq(n\\,${frame})`).join('+')}',scale=${width}:${height}:flags=area`;

async function* none(): AsyncGenerator<Buffer> {
  // No picture was asked for.
}
