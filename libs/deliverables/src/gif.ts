import { stat } from 'node:fs/promises';
import { AppError, sizeOfHeight, type FrameSize } from '@showrunner/contracts';
import { runFfmpeg } from '@showrunner/media';
import type { TranscodeInput } from './webm';

/** How a GIF is made. A rate divides 100, since delays are hundredths of a second: with others the film would get longer. */
export interface GifQuality {
  fps: 20 | 10 | 5;
  colours: number;
  /** Share of the height that was asked for. */
  scale: number;
}

/** From the best on; each is smaller than the one before. Motion goes first, sharpness last: text must stay readable. */
export const GIF_QUALITIES: readonly GifQuality[] = [
  { fps: 20, colours: 256, scale: 1 },
  { fps: 10, colours: 256, scale: 1 },
  { fps: 10, colours: 128, scale: 1 },
  { fps: 10, colours: 64, scale: 0.8 },
  { fps: 5, colours: 64, scale: 0.8 },
  { fps: 5, colours: 64, scale: 0.6 },
  { fps: 5, colours: 32, scale: 0.45 },
  { fps: 5, colours: 16, scale: 0.3 },
];

export interface MadeGif {
  bytes: number;
  size: FrameSize;
  fps: number;
  /** What was lowered to keep the limit; empty when nothing was. */
  notes: string[];
}

/**
 * The film as GIF, looping, with a palette of its own. With `maxBytes` rate, colours and size are lowered, in that order, until it fits.
 * @throws AppError `gif_too_large` (422) when the smallest is still larger; `ffmpeg_failed`, `ffmpeg_missing`; the signal's reason
 */
export async function encodeGif(
  input: TranscodeInput & { size: FrameSize; maxBytes?: number },
): Promise<MadeGif> {
  const { size, maxBytes = Infinity, outputPath } = input;
  let bytes = 0;
  for (let n = 0; n < GIF_QUALITIES.length; n = nextQuality(n, bytes / maxBytes)) {
    // The loop's bounds are the list's.
    const quality = GIF_QUALITIES[n] as GifQuality;
    const scaled = sizeOfHeight(size, Math.round((size.height * quality.scale) / 2) * 2);
    await encodeOnce(input, quality, scaled);
    ({ size: bytes } = await stat(outputPath));
    if (bytes <= maxBytes) {
      const told = `${scaled.width}x${scaled.height}, ${quality.fps} frames a second and ${quality.colours} colours`;
      const notes = n === 0 ? [] : [`Lowered to ${told} to stay within ${maxBytes} bytes: ${bytes} bytes.`];
      return { bytes, size: scaled, fps: quality.fps, notes };
    }
  }
  throw new AppError(
    'gif_too_large',
    `The smallest GIF of this film has ${bytes} bytes, more than ${maxBytes}.`,
    {
      status: 422,
      remedy: 'Allow more bytes, or export MP4 or WebM, which need a tenth of them.',
    },
  );
}

/** The next quality that may fit, when quality `n` has `excess` times the bytes allowed. */
export function nextQuality(n: number, excess: number): number {
  const expected = (at: number): number => {
    const quality = GIF_QUALITIES[at] ?? { fps: 5, colours: 16, scale: 0 };
    return quality.scale ** 2 * Math.sqrt(quality.fps) * Math.log2(quality.colours);
  };
  let next = n + 1;
  // A guess is wrong by half at times: what may fit is tried.
  while (next < GIF_QUALITIES.length - 1 && (excess * expected(next)) / expected(n) > 2) next += 1;
  return next;
}

async function encodeOnce(input: TranscodeInput, quality: GifQuality, size: FrameSize): Promise<void> {
  const { videoPath, outputPath, durationMs, ffmpegPath, signal, onProgress } = input;
  const graph = [
    `[0:v]fps=${quality.fps},scale=${size.width}:${size.height}:flags=lanczos,split[a][b]`,
    `[a]palettegen=max_colors=${quality.colours}:stats_mode=full[p]`,
    '[b][p]paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle',
  ].join(';');
  await runFfmpeg({
    program: ffmpegPath,
    args: [
      ...['-v', 'error', '-nostdin', '-nostats', '-progress', 'pipe:1', '-y', '-i', videoPath],
      ...['-filter_complex', graph, '-loop', '0', '-fflags', '+bitexact', '-f', 'gif', outputPath],
    ],
    signal,
    onProgress: (renderedMs) => onProgress?.(Math.min(1, renderedMs / durationMs)),
  });
}
