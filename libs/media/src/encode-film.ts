import type { FrameSize } from '@showrunner/contracts';
import { FPS } from './timeline.types';

export interface EncodeInput {
  size: FrameSize;
  durationMs: number;
  /** Names within the folder that ffmpeg runs in. */
  pictures: string;
  overlay: string;
  metadata: string;
  output: string;
}

/**
 * Arguments of the one pass that makes the film: constant 30 fps, JPEG's full-range BT.601 to limited-range BT.709 exactly once, the
 * overlay, H.264 4:2:0 with the index in front.
 */
export function encodeArguments({
  size,
  durationMs,
  pictures,
  overlay,
  metadata,
  output,
}: EncodeInput): string[] {
  const filters = [
    `scale=${size.width}:${size.height}:in_range=pc:in_color_matrix=bt601:out_range=tv:out_color_matrix=bt709:flags=bicubic+accurate_rnd+full_chroma_int`,
    'format=yuv420p',
    'setsar=1',
    // After the conversion, so that a picture is converted once and not once a frame it is shown.
    `fps=${FPS}:round=near`,
    'tpad=stop_mode=clone:stop_duration=1',
    `ass=${overlay}`,
  ].join(',');
  return [
    ...['-v', 'error', '-nostdin', '-nostats', '-progress', 'pipe:1', '-y'],
    ...['-i', pictures, '-i', metadata, '-map', '0:v:0', '-map_metadata', '1', '-map_chapters', '1'],
    ...['-vf', filters, '-frames:v', String(Math.round((durationMs * FPS) / 1000)), '-an'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-profile:v', 'high', '-pix_fmt', 'yuv420p'],
    ...['-g', String(FPS * 2), '-r', String(FPS), '-fps_mode', 'cfr'],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    ...['-movflags', '+faststart', '-f', 'mp4', output],
  ];
}
