import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { AppError } from '@showrunner/contracts';
import { readTakeIndex, type FrameEntry, type TakeIndex } from '@showrunner/recorder';
import { jpegSize } from './jpeg-size';
import type { TakePictures } from './timeline.types';

/** A blinking caret alternates between pictures seen a moment ago: a picture among this many last ones is no change. */
const REMEMBERED_PICTURES = 3;

/** A take on this machine, opened for reading pictures. `close` it. */
export class TakeFootage {
  private constructor(
    readonly takeId: string,
    readonly index: TakeIndex,
    private readonly fd: number,
  ) {}

  /** @throws AppError `take_unreadable`, `take_empty` */
  static open(takeId: string, path: string): TakeFootage {
    const index = readTakeIndex(path);
    index.frames = framesOfOneSize(path, index.frames);
    if (index.frames.length === 0) {
      throw new AppError('take_empty', `The take ${takeId} holds no picture.`, { remedy: 'Film again.' });
    }
    return new TakeFootage(takeId, index, openSync(path, 'r'));
  }

  /** The picture on screen at a moment: the last frame at or before it. */
  frameAt(tMs: number): FrameEntry {
    const { frames } = this.index;
    let low = 0;
    let high = frames.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((frames[middle]?.tMs ?? 0) <= tMs) low = middle;
      else high = middle - 1;
    }
    // `open` refuses takes without a frame.
    return frames[low] as FrameEntry;
  }

  jpeg(frame: FrameEntry): Buffer {
    const bytes = Buffer.allocUnsafe(frame.length);
    readSync(this.fd, bytes, 0, frame.length, frame.offset);
    return bytes;
  }

  /** When the picture really changed: equal pictures, and a caret that blinks, do not count. */
  pictures(): TakePictures {
    const recent: string[] = [];
    const changes: number[] = [];
    for (const frame of this.index.frames) {
      const digest = createHash('sha1').update(this.jpeg(frame)).digest('base64');
      if (recent.includes(digest)) continue;
      changes.push(frame.tMs);
      recent.push(digest);
      if (recent.length > REMEMBERED_PICTURES) recent.shift();
    }
    return { takeId: this.takeId, durationMs: this.index.durationMs, changes };
  }

  close(): void {
    closeSync(this.fd);
  }
}

/** Enough of a JPEG to hold its tables and its size. */
const JPEG_HEAD_BYTES = 1024;

/**
 * The frames of the size that most frames have. While a window gets its size, or the page is replaced, single frames of another size
 * occur; a film has one size. Without a readable size a frame stays.
 */
function framesOfOneSize(path: string, frames: FrameEntry[]): FrameEntry[] {
  const fd = openSync(path, 'r');
  try {
    const head = Buffer.alloc(JPEG_HEAD_BYTES);
    const sizes = frames.map((frame) => {
      const read = readSync(fd, head, 0, Math.min(JPEG_HEAD_BYTES, frame.length), frame.offset);
      const size = jpegSize(head.subarray(0, read));
      return size === null ? '' : `${size.width}x${size.height}`;
    });
    const counts = new Map<string, number>();
    for (const size of sizes) if (size !== '') counts.set(size, (counts.get(size) ?? 0) + 1);
    const commonest = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
    return frames.filter((_, n) => sizes[n] === '' || sizes[n] === commonest);
  } finally {
    closeSync(fd);
  }
}

/** The JPEG of a take at a moment (ms since its first frame), as it was filmed. @throws AppError `take_unreadable`, `take_empty` */
export function thumbnail(takePath: string, tMs: number): Buffer {
  const footage = TakeFootage.open('thumbnail', takePath);
  try {
    return footage.jpeg(footage.frameAt(tMs));
  } finally {
    footage.close();
  }
}
