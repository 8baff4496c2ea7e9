import { AppError } from '@showrunner/contracts';
import {
  indexTake,
  openTakeFile,
  type FrameEntry,
  type TakeBytes,
  type TakeIndex,
} from '@showrunner/recorder';
import type { TakePictures } from '@showrunner/timeline';

/** The pictures of a take, wherever its file lies. What opened the file closes it. */
export class TakeFootage {
  readonly durationMs: number;
  /** Those of the take's one size, in order; never none. */
  readonly frames: readonly FrameEntry[];

  /** @throws AppError `take_empty` */
  constructor(
    readonly takeId: string,
    private readonly take: TakeBytes,
    index: Pick<TakeIndex, 'frames' | 'durationMs'>,
  ) {
    this.durationMs = index.durationMs;
    this.frames = framesOfOneSize(index.frames);
    if (this.frames.length === 0) {
      throw new AppError('take_empty', `The take ${takeId} holds no picture.`, { remedy: 'Film again.' });
    }
  }

  /** The picture on screen at a moment: the last frame at or before it. */
  frameAt(tMs: number): FrameEntry {
    const { frames } = this;
    let low = 0;
    let high = frames.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((frames[middle]?.tMs ?? 0) <= tMs) low = middle;
      else high = middle - 1;
    }
    // The constructor refuses takes without a frame.
    return frames[low] as FrameEntry;
  }

  /** The JPEG of a frame, as it was filmed. @throws AppError `take_unreadable` when there is none at its place */
  async jpeg(frame: FrameEntry): Promise<Buffer> {
    const bytes = await this.take.read(frame.offset, frame.length);
    if (bytes.length === frame.length && bytes[0] === 0xff && bytes[1] === 0xd8) return bytes;
    throw new AppError('take_unreadable', `The take ${this.takeId} has no picture at byte ${frame.offset}.`, {
      remedy: 'Film again: the recording was cut or changed after it was stored.',
    });
  }

  /** When the picture really changed: equal pictures, and a caret that blinks, do not count. */
  pictures(): TakePictures {
    return { takeId: this.takeId, durationMs: this.durationMs, changes: changesOf(this.frames) };
  }
}

/** What an edit must know of a take's pictures, out of its index alone. */
export const takePictures = (
  takeId: string,
  { frames, durationMs }: Pick<TakeIndex, 'frames' | 'durationMs'>,
): TakePictures => ({ takeId, durationMs, changes: changesOf(framesOfOneSize(frames)) });

const changesOf = (frames: readonly FrameEntry[]): number[] =>
  frames.filter(({ changed }) => changed).map(({ tMs }) => tMs);

/**
 * Opens a take file on this machine. Without `index` the file is parsed, in a thread of its own. `close` it.
 * @throws AppError `take_unreadable`, `take_empty`; the signal's reason
 */
export async function openFootage(
  takeId: string,
  path: string,
  { index, signal }: { index?: TakeIndex; signal?: AbortSignal } = {},
): Promise<{ footage: TakeFootage; close: () => Promise<void> }> {
  const known = index ?? (await indexTake(path, signal));
  const file = await openTakeFile(path);
  try {
    return { footage: new TakeFootage(takeId, file, known), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * The frames of the size that most frames have. While a window gets its size, or the page is replaced, single frames of another size
 * occur; a film has one size. Without a readable size a frame stays.
 */
function framesOfOneSize(frames: readonly FrameEntry[]): FrameEntry[] {
  const counts = new Map<string, number>();
  const nameOf = ({ width, height }: FrameEntry): string => (width === 0 ? '' : `${width}x${height}`);
  for (const frame of frames) {
    const name = nameOf(frame);
    if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const commonest = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  return frames.filter((frame) => ['', commonest].includes(nameOf(frame)));
}
