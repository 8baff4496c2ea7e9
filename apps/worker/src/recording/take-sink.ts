import { existsSync, statSync } from 'node:fs';
import { rm, utimes } from 'node:fs/promises';
import { AppError, type Box, type FrameSize, type Take } from '@showrunner/contracts';
import {
  coveredSpans,
  TakeWriter,
  type CoveredChange,
  type FrameSink,
  type RecordingReport,
  type TakeIndex,
} from '@showrunner/recorder';

type TakeFacts = Pick<
  Take,
  | 'covered'
  | 'startedAtMs'
  | 'durationMs'
  | 'framesPresented'
  | 'framesCaptured'
  | 'framesLost'
  | 'largestGapMs'
  | 'gaps'
>;

/** More than this waiting for the disk, and frames are dropped (and counted) rather than kept in memory. */
const MOST_PENDING_BYTES = 256 * 1024 * 1024;

/** Writes a session's frames into a take file, new or continued, and tells the take's facts at the end. */
export class TakeSink implements FrameSink {
  private writer: TakeWriter | null;
  private creating: Promise<void> | null = null;
  private early: { atMs: number; jpeg: Uint8Array }[] = [];
  private failure: Error | null = null;
  /** Zero of the take's clock, as the session tells it. */
  private clockMs: number | null = null;
  private readonly coverings = new Map<number, CoveredChange>();
  /** Lost frames that the file does not tell of yet. */
  private unwrittenLost = 0;
  private written: number;

  private constructor(
    private readonly path: string,
    private readonly size: FrameSize,
    continued: { writer: TakeWriter; before: TakeIndex; aliveUntilMs: number } | null,
    readonly wasFinalised: boolean,
  ) {
    this.writer = continued?.writer ?? null;
    this.before = continued?.before ?? null;
    this.resumeFromMs = continued?.aliveUntilMs ?? null;
    this.written = continued?.before.frames.length ?? 0;
  }

  private readonly before: TakeIndex | null;
  /** Unix epoch until which an earlier attempt was filming; the gap to the first new frame is told once. */
  private resumeFromMs: number | null;

  /**
   * Goes on with the file at `path`; null when none lies there that holds a picture.
   * @param isFetched the file came from another worker: it was filmed until its last frame, not until it was written here
   */
  static async continued(path: string, size: FrameSize, isFetched = false): Promise<TakeSink | null> {
    if (!existsSync(path)) return null;
    const writtenMs = statSync(path).mtimeMs;
    try {
      const continued = await TakeWriter.openForAppend(path);
      const { frames, finalised, startedAtMs, durationMs } = continued.before;
      const aliveUntilMs = isFetched ? startedAtMs + durationMs : writtenMs;
      if (frames.length > 0) return new TakeSink(path, size, { ...continued, aliveUntilMs }, finalised);
      await continued.writer.close();
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'take_unreadable')) throw error;
    }
    // Cut before its first frame: nothing is lost with it.
    await rm(path);
    return null;
  }

  /** Begins a file with the first frame. */
  static begin(path: string, size: FrameSize): TakeSink {
    return new TakeSink(path, size, null, false);
  }

  get isNew(): boolean {
    return this.before === null;
  }

  get frames(): number {
    return this.written;
  }

  clock(startedAtMs: number): void {
    this.clockMs = startedAtMs;
  }

  /** Marks the file as being filmed now, so that a still page before a crash is not taken for a gap, and notes what was lost so far. */
  touch(): void {
    this.writeLost();
    const now = new Date();
    // Without the mark a gap is merely told too long.
    if (this.writer !== null) utimes(this.path, now, now).catch(() => undefined);
  }

  frame(atMs: number, jpeg: Uint8Array): boolean {
    if (this.failure !== null) throw this.failure;
    if (this.writer === null) {
      this.early.push({ atMs, jpeg });
      this.creating ??= this.create(this.clockMs ?? atMs);
    } else {
      if (this.writer.pendingBytes > MOST_PENDING_BYTES) return false;
      if (this.resumeFromMs !== null) {
        this.gap(this.resumeFromMs, atMs, 'the recorder was restarted');
        this.resumeFromMs = null;
      }
      this.writer.writeFrame(atMs, bufferOf(jpeg));
    }
    this.written += 1;
    return true;
  }

  covered(atMs: number, boxes: readonly Box[]): void {
    this.coverings.set(atMs, { atMs, boxes });
  }

  lost(frames: number): void {
    this.unwrittenLost += frames;
  }

  /** Not with each frame: every note begins a new cluster. */
  private writeLost(): void {
    if (this.writer === null || this.unwrittenLost === 0) return;
    this.writer.writeLost(this.unwrittenLost);
    this.unwrittenLost = 0;
  }

  gap(fromMs: number, toMs: number, reason: string): void {
    if (this.writer !== null) writeGap(this.writer, fromMs, toMs, reason);
  }

  /** Holds the last picture to the end, writes index and duration. `report` null: nothing was filmed by this attempt. */
  async finalise(report: RecordingReport | null): Promise<{ facts: TakeFacts; index: TakeIndex }> {
    await this.creating;
    const writer = this.writer;
    if (writer === null) throw this.failure ?? new AppError('nothing_recorded', 'Nothing was recorded.');
    const endMs = report?.endedAtMs ?? this.earlierEndMs(writer.startedAtMs);
    this.writeLost();
    const index = await writer.finalise(endMs);
    const captured = (this.before?.frames.length ?? 0) + (report?.framesCaptured ?? 0);
    const { durationMs, framesLost, gaps } = index;
    const covered = coveredSpans(this.coverings.values(), { startedAtMs: writer.startedAtMs, durationMs });
    const facts = {
      ...(covered.length > 0 && { covered }),
      startedAtMs: writer.startedAtMs,
      durationMs,
      framesPresented: captured + framesLost,
      framesCaptured: captured,
      framesLost,
      largestGapMs: Math.max(0, ...gaps.map(({ fromMs, toMs }) => toMs - fromMs)),
      gaps,
    };
    return { facts, index };
  }

  /** Leaves the file as it is, to be continued. */
  async close(): Promise<void> {
    await this.creating;
    // A file that `finalise` closed already refuses; the error that led here is the one to tell.
    await this.writer?.close().catch(() => undefined);
  }

  /** Ends this attempt, whose worker shuts down, so that another worker can go on with the file: the last picture is held until `atMs`. */
  async handOver(atMs: number): Promise<void> {
    await this.creating;
    this.writeLost();
    this.writer?.repeatLastFrame(atMs);
    await this.writer?.close();
  }

  /** When an earlier attempt stopped filming. */
  private earlierEndMs(startedAtMs: number): number {
    if (this.wasFinalised) return startedAtMs + (this.before?.durationMs ?? 0);
    return this.resumeFromMs ?? startedAtMs;
  }

  private async create(startedAtMs: number): Promise<void> {
    try {
      const writer = await TakeWriter.create(this.path, { startedAtMs, ...this.size });
      const first = this.early[0];
      if (first !== undefined && first.atMs - startedAtMs >= 1) {
        // The session was being filmed before, by a recorder whose file nobody has any more.
        writer.writeFrame(startedAtMs, bufferOf(first.jpeg));
        writeGap(writer, startedAtMs, first.atMs, 'what was filmed before was lost with its worker');
      }
      for (const { atMs, jpeg } of this.early) writer.writeFrame(atMs, bufferOf(jpeg));
      this.early = [];
      this.writer = writer;
    } catch (error) {
      // Told by the next frame, or by finalise.
      this.failure = error instanceof Error ? error : new AppError('take_unwritable', String(error));
    }
  }
}

/** Both times Unix epoch in ms. */
function writeGap(writer: TakeWriter, fromMs: number, toMs: number, reason: string): void {
  const onTake = (ms: number): number => Math.max(0, Math.round(ms - writer.startedAtMs));
  writer.writeGap({ fromMs: onTake(fromMs), toMs: onTake(toMs), reason });
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
