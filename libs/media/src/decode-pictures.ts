import { runFfmpeg } from './ffmpeg';

/** A picture in memory: RGBA, 8 bits each, row by row. */
export interface DecodedPicture {
  width: number;
  height: number;
  rgba: Uint8Array;
}

/**
 * Decodes JPEGs of one size, in order.
 * @throws AppError `ffmpeg_failed`, `ffmpeg_missing`; the signal's reason
 */
export async function decodePictures(
  jpegs: readonly Buffer[],
  { width, height }: { width: number; height: number },
  { ffmpegPath, signal }: { ffmpegPath: string; signal?: AbortSignal },
): Promise<DecodedPicture[]> {
  const raw = await runFfmpeg({
    program: ffmpegPath,
    args: [
      ...['-v', 'error', '-f', 'image2pipe', '-c:v', 'mjpeg', '-i', 'pipe:0'],
      ...['-vf', `scale=${width}:${height}`, '-f', 'rawvideo', '-pix_fmt', 'rgba', 'pipe:1'],
    ],
    input: each(jpegs),
    signal,
  });
  const bytes = width * height * 4;
  // Copies: who compares reads whole numbers, which must lie where memory is aligned.
  return jpegs.map((_, n) => ({
    width,
    height,
    rgba: new Uint8Array(raw.subarray(n * bytes, (n + 1) * bytes)),
  }));
}

async function* each(jpegs: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* jpegs;
}
