import { open, type FileHandle } from 'node:fs/promises';
import { EBML_IDS as ID, element, uintElement, voidElement } from './ebml';
import { FrameMuxer } from './frame-muxer';
import { indexTake } from './index-take';
import { SEEK_HEAD_ROOM, TAKE_TAGS } from './parse-take.mjs';
import { PictureChanges, REMEMBERED_PICTURES } from './picture-changes.mjs';
import { seekHeadToCues, tagElement, takeHeader, type TakeHeader } from './take-header';
import type { FrameEntry, ParsedTake, TakeGap, TakeIndex } from './take-file.types';

/**
 * Append-only Matroska file of one take: the JPEGs as they came, ms on the take's clock. It needs no closing to be readable: a file cut
 * at any byte keeps every whole frame. Calls are queued in order; `settled` reports the first write that failed.
 */
export class TakeWriter {
  private readonly muxer = new FrameMuxer();
  private lastMs: number;
  private lastJpeg: Buffer | null = null;
  private queue: Promise<void> = Promise.resolve();
  private queued = 0;

  private constructor(
    private readonly file: FileHandle,
    readonly path: string,
    private readonly layout: ParsedTake['layout'],
    private readonly clusters: ParsedTake['clusters'],
    private position: number,
    /** What has been written, as an index tells it; grows with each frame. */
    private readonly written: TakeIndex,
    private readonly pictures: PictureChanges,
  ) {
    this.lastMs = written.frames.at(-1)?.tMs ?? -1;
  }

  /** Unix epoch in ms of the first frame. */
  get startedAtMs(): number {
    return this.written.startedAtMs;
  }

  /** Starts a new file; `startedAtMs` is the Unix epoch in ms of the first frame. */
  static async create(path: string, header: TakeHeader): Promise<TakeWriter> {
    const head = takeHeader(header);
    const file = await open(path, 'w+');
    await file.write(head.bytes, 0, head.bytes.length, 0);
    const nothing = { frames: [], gaps: [], framesLost: 0, durationMs: 0, finalised: false };
    return new TakeWriter(
      file,
      path,
      head,
      [],
      head.bytes.length,
      { ...header, ...nothing },
      new PictureChanges(),
    );
  }

  /**
   * Goes on with a file that a crash (or `finalise`) left: cuts a partial tail or the index, keeps the clock.
   * Returns also what was in it. @throws AppError `take_unreadable`
   */
  static async openForAppend(path: string): Promise<{ writer: TakeWriter; before: TakeIndex }> {
    const { layout, clusters, contentEnd, ...before } = await indexTake(path);
    const file = await open(path, 'r+');
    await file.truncate(contentEnd);
    if (before.finalised) await unfinalise(file, layout);
    const picture = async ({ offset, length }: FrameEntry): Promise<Buffer> =>
      (await file.read(Buffer.alloc(length), 0, length, offset)).buffer;
    const changes = before.frames.filter(({ changed }) => changed).slice(-REMEMBERED_PICTURES);
    const pictures = new PictureChanges(await Promise.all(changes.map(picture)));
    const written = { ...before, frames: [...before.frames], gaps: [...before.gaps], finalised: false };
    const writer = new TakeWriter(file, path, layout, [...clusters], contentEnd, written, pictures);
    const last = before.frames.at(-1);
    if (last !== undefined) writer.lastJpeg = await picture(last);
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

  /** Shows the last frame once more at `atMs` (Unix epoch): until then it was what was to be seen. */
  repeatLastFrame(atMs: number): void {
    if (this.lastJpeg !== null) this.writeFrame(atMs, this.lastJpeg);
  }

  /** Notes a stretch without a recorder, on the take's clock. */
  writeGap(gap: TakeGap): void {
    this.write(tagElement(TAKE_TAGS.gap, JSON.stringify(gap)));
    this.muxer.endCluster();
    this.written.gaps.push(gap);
  }

  /** Notes that so many more frames were presented and not kept. */
  writeLost(frames: number): void {
    this.write(tagElement(TAKE_TAGS.lost, String(frames)));
    this.muxer.endCluster();
    this.written.framesLost += frames;
  }

  /** Resolves when everything handed over is written; rejects with the first failure. */
  settled(): Promise<void> {
    return this.queue;
  }

  /** Holds the last frame until `atMs` (Unix epoch), writes cues and duration, closes the file. Returns the whole take's index. */
  async finalise(atMs: number): Promise<TakeIndex> {
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
      return { ...this.written, durationMs, finalised: true };
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
    const { parts, beginsCluster } = this.muxer.frame(at, jpeg);
    if (beginsCluster) this.clusters.push({ tMs: at, offset: this.position });
    const offset = this.position + parts.reduce((sum, part) => sum + part.length, 0) - jpeg.length;
    this.written.frames.push({ tMs: at, offset, length: jpeg.length, ...this.pictures.add(jpeg) });
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
async function unfinalise(file: FileHandle, layout: ParsedTake['layout']): Promise<void> {
  const room = voidElement(SEEK_HEAD_ROOM);
  await file.write(room, 0, room.length, layout.seekHeadAt);
  await file.write(Buffer.alloc(8), 0, 8, layout.durationAt);
}
