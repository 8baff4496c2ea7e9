import { open, type FileHandle } from 'node:fs/promises';
import {
  EBML_IDS as ID,
  UNKNOWN_SIZE,
  element,
  encodeId,
  encodeSize,
  uintElement,
  voidElement,
} from './ebml';
import {
  GAP_TAG,
  LOST_TAG,
  SEEK_HEAD_ROOM,
  seekHeadToCues,
  tagElement,
  takeHeader,
  type TakeHeader,
} from './take-header';
import { readTakeIndex } from './take-reader';
import type { TakeGap, TakeIndex } from './take-file.types';

/** A cluster spans at most this long: block times are 16 bit and a seek lands at a cluster. */
const CLUSTER_MS = 5000;

/**
 * Append-only Matroska file of one take: the JPEGs as they came, ms on the take's clock. It needs no closing to be readable: a file cut
 * at any byte keeps every whole frame. Calls are queued in order; `settled` reports the first write that failed.
 */
export class TakeWriter {
  private clusterMs: number | null = null;
  private lastMs: number;
  private lastJpeg: Buffer | null = null;
  private queue: Promise<void> = Promise.resolve();
  private queued = 0;

  private constructor(
    private readonly file: FileHandle,
    readonly path: string,
    readonly startedAtMs: number,
    private readonly layout: TakeIndex['layout'],
    private readonly clusters: TakeIndex['clusters'],
    private position: number,
    lastMs: number,
  ) {
    this.lastMs = lastMs;
  }

  /** Starts a new file; `startedAtMs` is the Unix epoch in ms of the first frame. */
  static async create(path: string, header: TakeHeader): Promise<TakeWriter> {
    const head = takeHeader(header);
    const file = await open(path, 'w+');
    await file.write(head.bytes, 0, head.bytes.length, 0);
    return new TakeWriter(file, path, header.startedAtMs, head, [], head.bytes.length, -1);
  }

  /**
   * Goes on with a file that a crash (or `finalise`) left: cuts a partial tail or the index, keeps the clock.
   * Returns also what was in it. @throws AppError `take_unreadable`
   */
  static async openForAppend(path: string): Promise<{ writer: TakeWriter; before: TakeIndex }> {
    const before = readTakeIndex(path);
    const file = await open(path, 'r+');
    await file.truncate(before.contentEnd);
    if (before.finalised) await unfinalise(file, before.layout);
    const last = before.frames.at(-1);
    const writer = new TakeWriter(
      file, path, before.startedAtMs, before.layout, [...before.clusters], before.contentEnd, last?.tMs ?? -1,
    ); // prettier-ignore
    if (last !== undefined) {
      writer.lastJpeg = Buffer.alloc(last.length);
      await file.read(writer.lastJpeg, 0, last.length, last.offset);
    }
    return { writer, before };
  }

  /** Bytes handed over and not yet written. */
  get pendingBytes(): number {
    return this.queued;
  }

  /** Stores a frame taken at `atMs` (Unix epoch). Times never run backwards: an earlier one is stored at the last one. */
  writeFrame(atMs: number, jpeg: Buffer): void {
    this.append(Math.round(atMs - this.startedAtMs), jpeg);
  }

  /** Notes a stretch without a recorder, on the take's clock. */
  writeGap(gap: TakeGap): void {
    this.write(tagElement(GAP_TAG, JSON.stringify(gap)));
    // A tag ends the cluster of unknown size it follows.
    this.clusterMs = null;
  }

  /** Notes that so many more frames were presented and not kept. */
  writeLost(frames: number): void {
    this.write(tagElement(LOST_TAG, String(frames)));
    this.clusterMs = null;
  }

  /** Resolves when everything handed over is written; rejects with the first failure. */
  settled(): Promise<void> {
    return this.queue;
  }

  /** Holds the last frame until `atMs` (Unix epoch), writes the index and the duration, closes the file. */
  async finalise(atMs: number): Promise<{ durationMs: number }> {
    try {
      const durationMs = Math.max(this.lastMs, Math.round(atMs - this.startedAtMs), 1);
      if (this.lastJpeg !== null && durationMs > this.lastMs) this.append(durationMs, this.lastJpeg);
      const cuesAt = this.position - this.layout.segmentStart;
      this.write(this.cues());
      await this.queue;
      const duration = Buffer.alloc(8);
      duration.writeDoubleBE(durationMs);
      await this.file.write(duration, 0, 8, this.layout.durationAt);
      const seekHead = seekHeadToCues(cuesAt);
      await this.file.write(seekHead, 0, seekHead.length, this.layout.seekHeadAt);
      await this.file.datasync();
      return { durationMs };
    } finally {
      await this.file.close();
    }
  }

  /** Closes without finalising; the file can be continued. */
  async close(): Promise<void> {
    try {
      await this.queue;
    } finally {
      await this.file.close();
    }
  }

  private append(tMs: number, jpeg: Buffer): void {
    const at = Math.max(tMs, this.lastMs, 0);
    const parts: Buffer[] = [];
    if (this.clusterMs === null || at - this.clusterMs >= CLUSTER_MS) {
      this.clusterMs = at;
      this.clusters.push({ tMs: at, offset: this.position });
      parts.push(encodeId(ID.cluster), UNKNOWN_SIZE, uintElement(ID.clusterTimestamp, at));
    }
    const head = Buffer.from([0x81, 0, 0, 0x80]);
    head.writeInt16BE(at - this.clusterMs, 1);
    parts.push(encodeId(ID.simpleBlock), encodeSize(jpeg.length + 4, 4), head, jpeg);
    this.lastMs = at;
    this.lastJpeg = jpeg;
    this.write(...parts);
  }

  private write(...parts: Buffer[]): void {
    const at = this.position;
    const bytes = parts.reduce((sum, part) => sum + part.length, 0);
    this.position += bytes;
    this.queued += bytes;
    const next = this.queue.then(async () => {
      await this.file.writev(parts, at);
      this.queued -= bytes;
    });
    this.queue = next;
    // The failure stays in `queue` and is thrown by `settled`, `close` and `finalise`.
    next.catch(() => undefined);
  }

  private cues(): Buffer {
    return element(
      ID.cues,
      ...this.clusters.map((cluster) =>
        element(
          ID.cuePoint,
          uintElement(ID.cueTime, cluster.tMs),
          element(
            ID.cueTrackPositions,
            uintElement(ID.cueTrack, 1),
            uintElement(ID.cueClusterPosition, cluster.offset - this.layout.segmentStart),
          ),
        ),
      ),
    );
  }
}

/** Takes back what `finalise` wrote into the head, so that it does not point at an index that is gone. */
async function unfinalise(file: FileHandle, layout: TakeIndex['layout']): Promise<void> {
  const room = voidElement(SEEK_HEAD_ROOM);
  await file.write(room, 0, room.length, layout.seekHeadAt);
  await file.write(Buffer.alloc(8), 0, 8, layout.durationAt);
}
