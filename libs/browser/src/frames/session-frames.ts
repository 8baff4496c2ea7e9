import { SessionLostError, type Box, type FrameNotice, type FrameSize } from '@showrunner/contracts';
import type { CdpClient } from '../cdp/cdp-client';
import { FrameFanOut, type FrameSubscription } from './frame-fan-out';
import { FrameOrder } from './frame-order';
import { Screencast } from './screencast';

/** A recorder that reads slowly costs frames of its take, not our memory. */
const MAX_RECORDER_BYTES = 64 * 1024 * 1024;
const MOST_COVERINGS = 4000;

/**
 * The pictures of a session: one screencast, as long as somebody looks, and any number of consumers. Also the clock of its take, whose zero
 * is the first frame that a recorder was given; recorders may come and go, the zero stays.
 */
export class SessionFrames {
  private readonly screencast: Screencast;
  private readonly fanOut = new FrameFanOut(() => this.rest());
  private readonly order = new FrameOrder(
    (frame) => {
      // The first in order of time, which need not be the first that has come.
      if (this.recorders.size > 0 && this.startedAtMs === undefined) this.begin(frame.swapMs);
      this.fanOut.frame(frame);
    },
    () => this.fanOut.notice({ kind: 'lost', frames: 1 }),
  );
  private readonly recorders = new Set<FrameSubscription>();
  /** All that was covered so far: a recorder that comes later is told, too. */
  private readonly coverings: Extract<FrameNotice, { kind: 'covered' }>[] = [];
  private startedAtMs: number | undefined;
  private endedAtMs: number | undefined;
  private isClosed = false;
  private noteRecording: () => void = () => undefined;

  /** Resolves with the first frame of a recording. */
  readonly recordingStarted = new Promise<void>((resolve) => (this.noteRecording = resolve));

  /** @param client of its own: closed with the frames */
  constructor(
    private readonly client: CdpClient,
    size: FrameSize,
  ) {
    this.screencast = new Screencast({
      client,
      size,
      onFrame: (frame) => this.order.add(frame),
      onPageLost: () => {
        this.order.flush();
        this.fanOut.notice({ kind: 'interrupted', atMs: Date.now(), reason: 'the page was closed' });
      },
    });
  }

  /** Unix epoch in ms of the take's first frame; undefined until a recording has begun. */
  get takeStartedAtMs(): number | undefined {
    return this.startedAtMs;
  }

  /**
   * The frames for a recorder, from the picture as it stands now. One that comes when the recording has been ended is told so at once.
   * @throws SessionLostError
   */
  async record(): Promise<FrameSubscription> {
    return this.subscribe(MAX_RECORDER_BYTES, (one) => {
      this.recorders.add(one);
      if (this.startedAtMs !== undefined) one.notice({ kind: 'clock', startedAtMs: this.startedAtMs });
      for (const covering of this.coverings) one.notice(covering);
      if (this.endedAtMs !== undefined) this.endFor(one, this.endedAtMs);
    });
  }

  /** From now on this is covered in the pictures, and nothing else. */
  cover(covering: { atMs: number; boxes: Box[] }): void {
    const notice = { kind: 'covered' as const, ...covering };
    this.coverings.push(notice);
    // What is long past is known to whoever records.
    if (this.coverings.length > MOST_COVERINGS) this.coverings.splice(1, MOST_COVERINGS / 2);
    for (const recorder of this.recorders) recorder.notice(notice);
  }

  /**
   * The frames for somebody who looks on: of those that he is too slow for he gets only the newest.
   * @throws SessionLostError
   */
  watch(maxQueuedBytes = 0): Promise<FrameSubscription> {
    return this.subscribe(maxQueuedBytes, () => undefined);
  }

  /** Ends the recording, once: recorders get what there is and are told that it is over. Others look on. */
  endRecording(): void {
    if (this.endedAtMs !== undefined) return;
    this.endedAtMs = Date.now();
    this.order.flush();
    for (const recorder of [...this.recorders]) this.endFor(recorder, this.endedAtMs);
  }

  /** The session ends, and with it the recording and every other stream. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.endRecording();
    this.order.flush();
    this.fanOut.end();
    this.client.close();
  }

  private async subscribe(
    maxQueuedBytes: number,
    prepare: (subscription: FrameSubscription) => void,
  ): Promise<FrameSubscription> {
    if (this.isClosed) throw new SessionLostError('The session was closed.');
    const { picture } = this.fanOut;
    const subscription: FrameSubscription = this.fanOut.subscribe(maxQueuedBytes, () =>
      this.recorders.delete(subscription),
    );
    prepare(subscription);
    // A still page sends nothing more: what it shows is what is seen from now on.
    const now = Date.now();
    if (picture !== undefined) {
      if (this.recorders.has(subscription) && this.startedAtMs === undefined) this.begin(now);
      subscription.frame({ ...picture, swapMs: Math.max(picture.swapMs, now) });
    }
    try {
      if (!this.fanOut.isIdle) await this.screencast.start();
    } catch (error) {
      subscription.close();
      throw error;
    }
    return subscription;
  }

  private endFor(recorder: FrameSubscription, atMs: number): void {
    recorder.notice({ kind: 'ended', atMs });
    recorder.end();
  }

  private begin(startedAtMs: number): void {
    this.startedAtMs = startedAtMs;
    for (const recorder of this.recorders) recorder.notice({ kind: 'clock', startedAtMs });
    this.noteRecording();
  }

  private rest(): void {
    this.order.flush();
    // Nobody looks: what is lost with a failure here is nothing.
    this.screencast.stop().catch(() => undefined);
  }
}
