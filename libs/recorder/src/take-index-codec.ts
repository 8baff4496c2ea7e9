import { takeFingerprint, type TakeBytes } from './take-bytes';
import type { FrameEntry, TakeGap, TakeIndex } from './take-file.types';

const VERSION = 1;

/**
 * An index as it is stored: JSON, frames by column. Times and places are written as differences (an offset as the distance from the end of
 * the frame before), sizes as numbers into `sizes`.
 */
interface StoredIndex {
  version: typeof VERSION;
  /** The take file that this belongs to: its length and `takeFingerprint`. */
  take: { bytes: number; fingerprint: string };
  facts: Omit<TakeIndex, 'frames'>;
  sizes: [number, number][];
  frames: { tMs: number[]; gap: number[]; length: number[]; size: number[]; changed: number[] };
}

/** The index as bytes to be stored beside its take. */
export async function encodeTakeIndex(index: TakeIndex, take: TakeBytes): Promise<Buffer> {
  const sizes: [number, number][] = [];
  const sizeOf = ({ width, height }: FrameEntry): number => {
    const known = sizes.findIndex((size) => size[0] === width && size[1] === height);
    return known >= 0 ? known : sizes.push([width, height]) - 1;
  };
  const { frames } = index;
  const { startedAtMs, width, height, gaps, framesLost, durationMs, finalised } = index;
  const stored: StoredIndex = {
    version: VERSION,
    take: { bytes: take.bytes, fingerprint: await takeFingerprint(take) },
    facts: { startedAtMs, width, height, gaps, framesLost, durationMs, finalised },
    sizes,
    frames: {
      tMs: frames.map(({ tMs }, n) => tMs - (frames[n - 1]?.tMs ?? 0)),
      gap: frames.map(({ offset }, n) => offset - endOf(frames[n - 1])),
      length: frames.map(({ length }) => length),
      size: frames.map(sizeOf),
      changed: frames.map(({ changed }) => Number(changed)),
    },
  };
  return Buffer.from(JSON.stringify(stored));
}

/**
 * Reads a stored index. Null when it is none of this version, is damaged, or belongs to another take than `take`: then the take is parsed
 * again. Nothing in it is believed that does not lie within the take.
 */
export async function decodeTakeIndex(stored: Buffer, take: TakeBytes): Promise<TakeIndex | null> {
  const index = parsed(stored);
  if (index?.version !== VERSION || index.take?.bytes !== take.bytes || !isFacts(index.facts)) return null;
  const frames = framesOf(index, take.bytes);
  if (frames === null || index.take.fingerprint !== (await takeFingerprint(take))) return null;
  return { ...index.facts, frames };
}

const endOf = (frame: FrameEntry | undefined): number =>
  frame === undefined ? 0 : frame.offset + frame.length;

function parsed(stored: Buffer): Partial<StoredIndex> | null {
  try {
    return JSON.parse(stored.toString('utf8')) as Partial<StoredIndex> | null;
  } catch {
    // Damaged, which is no fault of the take: it can always be parsed again.
    return null;
  }
}

function isFacts(facts: Partial<StoredIndex['facts']> | undefined): facts is StoredIndex['facts'] {
  const numbers = [facts?.startedAtMs, facts?.durationMs, facts?.framesLost];
  return (
    numbers.every((value) => Number.isFinite(value)) &&
    [facts?.width, facts?.height].every((value) => isCount(value) && value > 0) &&
    typeof facts?.finalised === 'boolean' &&
    Array.isArray(facts.gaps) &&
    facts.gaps.every(isGap)
  );
}

function isGap(gap: Partial<TakeGap> | null): boolean {
  return Number.isFinite(gap?.fromMs) && Number.isFinite(gap?.toMs) && typeof gap?.reason === 'string';
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** Null unless the columns are of one length and every frame lies within the take, one behind the other. */
function framesOf({ sizes, frames }: Partial<StoredIndex>, takeBytes: number): FrameEntry[] | null {
  if (!Array.isArray(sizes) || typeof frames !== 'object' || frames === null) return null;
  const { tMs, gap, length, size, changed } = frames;
  const columns = [tMs, gap, length, size, changed];
  if (!columns.every((column) => Array.isArray(column) && column.length === tMs.length)) return null;
  const out: FrameEntry[] = [];
  let at = 0;
  let end = 0;
  for (let n = 0; n < tMs.length; n += 1) {
    const values = [tMs[n], gap[n], length[n], size[n], changed[n]];
    if (!values.every(isCount)) return null;
    const [step = 0, distance = 0, bytes = 0, sizeIndex = 0, change] = values;
    const [width, height] = Array.isArray(sizes[sizeIndex]) ? sizes[sizeIndex] : [];
    if (!isCount(width) || !isCount(height) || bytes === 0) return null;
    at += step;
    const offset = end + distance;
    end = offset + bytes;
    if (end > takeBytes || !Number.isSafeInteger(at)) return null;
    out.push({ tMs: at, offset, length: bytes, width, height, changed: change === 1 });
  }
  return out;
}
