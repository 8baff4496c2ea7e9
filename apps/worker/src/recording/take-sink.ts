import { existsSync, statSync } from 'node:fs';
import { rm, utimes } from 'node:fs/promises';
import { AppError, type FrameSize, type Take } from '@showrunner/contracts';
import { TakeWriter, type FrameSink, type ScreencastReport, type TakeIndex } from '@showrunner/recorder';

type TakeFacts = Pick<
  Take,
  'startedAtMs' | 'durationMs' | 'framesPresented' | 'framesCaptured' | 'framesLost' | 'largestGapMs' | 'gaps'
>;

/** More than this waiting for the disk, and frames are dropped (and counted) rather than kept in memory. */
const MOST_PENDING_BYTES = 256 * 1024 * 1024;

/** Writes a session's frames into a take file, new or continued, and tells the take's facts at the end. */
export class TakeSink implements FrameSink {
  private writer: TakeWriter | null;
  private creating: Promise<void> | null = null;
  private early: { atMs: number; jpeg: Buffer }[] = [];
  private failure: Error | null = null;
  private lostBeginning = false;
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

  /** Goes on with the file at `path`; null when none lies there that holds a picture. */
  static async continued(path: string, size: FrameSize): Promise<TakeSink | null> {
    if (!existsSync(path)) return null;
    const aliveUntilMs = statSync(path).mtimeMs;
    try {
      const continued = await TakeWriter.openForAppend(path);
      const { frames, finalised } = continued.before;
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

  noteLostBeginning(): void {
    this.lostBeginning = true;
  }

  /** Marks the file as being filmed now, so that a still page before a crash is not taken for a gap, and notes what was lost so far. */
  touch(): void {
    this.writeLost();
    const now = new Date();
    // Without the mark a gap is merely told too long.
    if (this.writer !== null) utimes(this.path, now, now).catch(() => undefined);
  }

  frame(atMs: number, jpeg: Buffer): boolean {
    if (this.failure !== null) throw this.failure;
    if (this.writer === null) {
      this.early.push({ atMs, jpeg });
      this.creating ??= this.create(atMs);
    } else {
      if (this.writer.pendingBytes > MOST_PENDING_BYTES) return false;
      if (this.resumeFromMs !== null) {
        this.gap(this.resumeFromMs, atMs, 'the recorder was restarted');
        this.resumeFromMs = null;
      }
      this.writer.writeFrame(atMs, jpeg);
    }
    this.written += 1;
    return true;
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
    const writer = this.writer;
    if (writer === null) return;
    const onTake = (ms: number): number => Math.max(0, Math.round(ms - writer.startedAtMs));
    writer.writeGap({ fromMs: onTake(fromMs), toMs: onTake(toMs), reason });
  }

  /** Holds the last picture to the end, writes index and duration. `report` null: nothing was filmed by this attempt. */
  async finalise(report: ScreencastReport | null): Promise<{ facts: TakeFacts; index: TakeIndex }> {
    await this.creating;
    const writer = this.writer;
    if (writer === null) throw this.failure ?? new AppError('nothing_recorded', 'Nothing was recorded.');
    const endMs = report?.endedAtMs ?? this.earlierEndMs(writer.startedAtMs);
    this.writeLost();
    const index = await writer.finalise(endMs);
    const captured = (this.before?.frames.length ?? 0) + (report?.framesCaptured ?? 0);
    const { durationMs, framesLost } = index;
    const gaps = [...index.gaps];
    if (this.lostBeginning) {
      gaps.unshift({ fromMs: 0, toMs: 0, reason: 'what was filmed before was lost with its worker' });
    }
    const facts = {
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

  /** When an earlier attempt stopped filming. */
  private earlierEndMs(startedAtMs: number): number {
    if (this.wasFinalised) return startedAtMs + (this.before?.durationMs ?? 0);
    return this.resumeFromMs ?? startedAtMs;
  }

  private async create(startedAtMs: number): Promise<void> {
    try {
      const writer = await TakeWriter.create(this.path, { startedAtMs, ...this.size });
      for (const { atMs, jpeg } of this.early) writer.writeFrame(atMs, jpeg);
      this.early = [];
      this.writer = writer;
    } catch (error) {
      // Told by the next frame, or by finalise.
      this.failure = error instanceof Error ? error : new AppError('take_unwritable', String(error));
    }
  }
}
