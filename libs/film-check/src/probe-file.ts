import { runFfmpeg } from '@showrunner/media';

/** What a file says of itself, and the times of its pictures. */
export interface FileFacts {
  durationMs: number;
  streams: {
    kind: string;
    codec: string;
    width: number;
    height: number;
    pixelFormat: string;
    colours: string[];
    range: string;
  }[];
  /** When each picture is shown, ms, ascending. */
  timesMs: number[];
}

interface Probed {
  format?: { duration?: string };
  streams?: Record<string, string | number | undefined>[];
  packets?: { pts_time?: string; codec_type?: string }[];
}

/** @throws AppError `ffmpeg_failed` when nothing can read it, `ffmpeg_missing`; the signal's reason */
export async function probeFile(
  videoPath: string,
  ffprobePath: string,
  signal?: AbortSignal,
): Promise<FileFacts> {
  const shown =
    'format=duration:packet=pts_time,codec_type:stream=codec_type,codec_name,width,height,pix_fmt,color_space,color_primaries,color_transfer,color_range';
  const args = ['-v', 'error', '-show_entries', shown, '-of', 'json', videoPath];
  const told = JSON.parse((await runFfmpeg({ program: ffprobePath, args, signal })).toString()) as Probed;
  const streams = told.streams ?? [];
  const video = streams.filter(({ codec_type: kind }) => kind === 'video');
  const others = streams.filter(({ codec_type: kind }) => kind !== 'video');
  const text = (value: string | number | undefined): string => String(value ?? '');
  return {
    durationMs: Number(told.format?.duration ?? 0) * 1000,
    streams: [...video, ...others].map((stream) => ({
      kind: text(stream['codec_type']),
      codec: text(stream['codec_name']),
      width: Number(stream['width'] ?? 0),
      height: Number(stream['height'] ?? 0),
      pixelFormat: text(stream['pix_fmt']),
      colours: ['color_space', 'color_primaries', 'color_transfer'].map((name) => text(stream[name])),
      range: text(stream['color_range']),
    })),
    timesMs: (told.packets ?? [])
      .filter(({ codec_type: kind }) => kind === 'video')
      .map(({ pts_time: at }) => Number(at) * 1000)
      .sort((a, b) => a - b),
  };
}
