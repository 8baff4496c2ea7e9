import { runFfmpeg } from '@showrunner/media';

export interface TranscodeInput {
  /** The finished film. */
  videoPath: string;
  outputPath: string;
  durationMs: number;
  ffmpegPath: string;
  signal?: AbortSignal;
  /** What is heard, of a film that is not silent. */
  soundPath?: string;
  /** 0 to 1. */
  onProgress?: (share: number) => void;
}

/**
 * The film as WebM (VP9) of the same size, rate and colours, with its chapters. The same film gives the same bytes: no row threads and no
 * tiles, whose results depend on who is first, and no random segment id (`bitexact`).
 * @throws AppError `ffmpeg_failed`, `ffmpeg_missing`; the signal's reason
 */
export async function encodeWebm(input: TranscodeInput): Promise<void> {
  const { videoPath, soundPath, outputPath, durationMs, ffmpegPath, signal, onProgress } = input;
  await runFfmpeg({
    program: ffmpegPath,
    args: [
      ...['-v', 'error', '-nostdin', '-nostats', '-progress', 'pipe:1', '-y', '-i', videoPath],
      ...(soundPath === undefined
        ? []
        : ['-i', soundPath, '-map', '1:a:0', '-c:a', 'libopus', '-b:a', '96k']),
      ...['-map', '0:v:0', '-map_metadata', '0', '-map_chapters', '0'],
      ...['-c:v', 'libvpx-vp9', '-crf', '26', '-b:v', '0', '-deadline', 'good', '-cpu-used', '5'],
      ...['-row-mt', '0', '-tile-columns', '0', '-g', '120', '-pix_fmt', 'yuv420p'],
      ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
      ...['-fflags', '+bitexact', '-flags:v', '+bitexact', '-f', 'webm', outputPath],
    ],
    signal,
    onProgress: (renderedMs) => onProgress?.(Math.min(1, renderedMs / durationMs)),
  });
}
