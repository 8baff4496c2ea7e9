import type { FilmFormat, FilmCheck, FilmOutline, FrameSize } from '@showrunner/contracts';
import type { Span } from '@showrunner/timeline';
import { failed, passed, skipped } from './outcomes';
import type { FileFacts } from './probe-file';

/** What the file must be. */
export interface Expected {
  format: FilmFormat;
  size: FrameSize;
  fps: number;
  /** What is said in it, and when, ms of the film; absent: it is silent. */
  spoken?: readonly Span[];
}

const CODECS: Record<FilmFormat, string> = { mp4: 'h264', webm: 'vp9', gif: 'gif' };
const SOUND_CODECS: Record<FilmFormat, string> = { mp4: 'aac', webm: 'opus', gif: '' };
/** Times in WebM are whole milliseconds, delays of a GIF hundredths of a second. */
const CLOCK_MS: Record<FilmFormat, number> = { mp4: 1, webm: 1.1, gif: 10 };

/** Checks that need the file's own words and the times of its pictures. */
export function fileChecks(facts: FileFacts, outline: FilmOutline, expected: Expected): FilmCheck[] {
  return [
    streams(facts, expected),
    size(facts, expected),
    colours(facts, expected),
    duration(facts, outline, expected),
    rate(facts, expected),
  ];
}

function streams({ streams: all }: FileFacts, { format, spoken }: Expected): FilmCheck {
  // MP4 keeps the titles of chapters as a track of text.
  const seen = all.filter(({ kind }) => kind !== 'data' && kind !== 'subtitle');
  const told = seen.map(({ kind, codec }) => `${kind} ${codec}`.trim()).join(', ');
  const wanted = [CODECS[format], ...(spoken === undefined ? [] : [SOUND_CODECS[format]])];
  const isRight = seen.length === wanted.length && seen.every(({ codec }, n) => codec === wanted[n]);
  return isRight
    ? passed('streams', `${wanted.length === 1 ? 'One stream' : 'Two streams'}: ${told}.`)
    : failed(
        'streams',
        `${wanted.length === 1 ? 'One stream' : 'Streams'} of ${wanted.join(' and ')} ${wanted.length === 1 ? 'is' : 'are'} wanted; there is ${told || 'none'}.`,
      );
}

function size({ streams: [video] }: FileFacts, { size: wanted }: Expected): FilmCheck {
  const told = `${video?.width ?? 0}x${video?.height ?? 0}`;
  return video?.width === wanted.width && video.height === wanted.height
    ? passed('size', `${told}.`)
    : failed('size', `${wanted.width}x${wanted.height} is wanted; the picture has ${told}.`);
}

function colours({ streams: [video] }: FileFacts, { format }: Expected): FilmCheck {
  if (format === 'gif') return skipped('colours', 'A GIF has a palette.');
  const told = [video?.pixelFormat, ...(video?.colours ?? []), video?.range].join(' ');
  return told === 'yuv420p bt709 bt709 bt709 tv'
    ? passed('colours', `${told}.`)
    : failed('colours', `yuv420p, tagged bt709 with limited range, is wanted; the file says "${told}".`);
}

function duration({ durationMs }: FileFacts, outline: FilmOutline, { fps, format }: Expected): FilmCheck {
  const most = 1000 / fps + CLOCK_MS[format];
  const told = `${Math.round(durationMs)} ms of ${Math.round(outline.durationMs)} ms`;
  return Math.abs(durationMs - outline.durationMs) <= most
    ? passed('duration', `${told}.`)
    : failed('duration', `The film lasts ${told}.`);
}

function rate({ timesMs }: FileFacts, { fps, format }: Expected): FilmCheck {
  const step = 1000 / fps;
  const [first = 0] = timesMs;
  const wrong = timesMs.findIndex((atMs, n) => Math.abs(atMs - first - n * step) > CLOCK_MS[format]);
  return wrong === -1
    ? passed('rate', `${timesMs.length} pictures, one every ${step.toFixed(2)} ms.`)
    : failed(
        'rate',
        `Picture ${wrong} comes at ${(timesMs[wrong] ?? 0).toFixed(1)} ms instead of ${(first + wrong * step).toFixed(1)} ms.`,
      );
}
