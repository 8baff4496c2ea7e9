import { setTimeout as pause } from 'node:timers/promises';
import { LIVE_HEAD_BYTES, TERMINAL_RUN_STATES } from '@showrunner/contracts';
import type { FrameMessage, LiveState, ShowrunnerEvent } from '@showrunner/contracts';
import type { FramesConnection } from '@showrunner/frame-stream';
import { afterEvent, NOTHING_DONE } from './live-state';

export interface LiveSources {
  /** Events of the run from its beginning, until the signal aborts. */
  events: (signal: AbortSignal) => AsyncIterable<Pick<ShowrunnerEvent, 'type' | 'data'>>;
  /** Connects with the browser session that the run has now; null while it has none. */
  connect: (onMessage: (message: FrameMessage) => void) => Promise<FramesConnection | null>;
  onNote: (error: unknown) => void;
}

/** Who looks on. */
export interface Viewer {
  /** @param picture 8 bytes of time, then a JPEG */
  showPicture(picture: Uint8Array): void;
  /** @param state `LiveState` as JSON */
  showState(state: string): void;
  /** Nothing follows. */
  end(reason: string): void;
}

/** How often it is asked whether there is a browser (again). */
const LOOK_EVERY_MS = 700;

/**
 * One run that is watched: its pictures are fetched once for all who look on, and only while there is somebody. Who comes late is shown the
 * last picture at once.
 */
export class LiveRun {
  private readonly viewers = new Set<Viewer>();
  private readonly over = new AbortController();
  private state: LiveState = NOTHING_DONE;
  private picture: Uint8Array | undefined;

  /** @param onIdle nobody looks on any more; the run is of no use then */
  constructor(
    private readonly sources: LiveSources,
    private readonly onIdle: () => void,
  ) {
    void this.followEvents().catch(sources.onNote);
    void this.followPictures().catch(sources.onNote);
  }

  add(viewer: Viewer): void {
    this.viewers.add(viewer);
    viewer.showState(JSON.stringify(this.state));
    if (this.picture !== undefined) viewer.showPicture(this.picture);
  }

  remove(viewer: Viewer): void {
    if (this.viewers.delete(viewer) && this.viewers.size === 0) this.close('');
  }

  close(reason: string): void {
    if (this.over.signal.aborted) return;
    this.over.abort();
    for (const viewer of this.viewers) viewer.end(reason);
    this.viewers.clear();
    this.onIdle();
  }

  private async followEvents(): Promise<void> {
    for await (const event of this.sources.events(this.over.signal)) {
      const next = afterEvent(this.state, event);
      if (next === this.state) continue;
      this.state = next;
      const text = JSON.stringify(next);
      for (const viewer of this.viewers) viewer.showState(text);
      if (TERMINAL_RUN_STATES.includes(next.state)) return this.close('the run is over');
    }
  }

  /** A browser that dies is followed by another: it is looked for until nobody looks on. */
  private async followPictures(): Promise<void> {
    const { signal } = this.over;
    while (!signal.aborted) {
      const connection = await this.sources
        .connect((message) => this.show(message))
        .catch((error: unknown) => {
          this.sources.onNote(error);
          return null;
        });
      if (connection !== null) {
        const close = (): void => connection.close();
        signal.addEventListener('abort', close, { once: true });
        if (signal.aborted) close();
        await connection.closed;
        signal.removeEventListener('abort', close);
      }
      await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private show(message: FrameMessage): void {
    if (message.kind !== 'frame') return;
    const { swapMs, jpeg } = message.frame;
    const picture = new Uint8Array(LIVE_HEAD_BYTES + jpeg.byteLength);
    new DataView(picture.buffer).setFloat64(0, swapMs, true);
    picture.set(jpeg, LIVE_HEAD_BYTES);
    this.picture = picture;
    for (const viewer of this.viewers) viewer.showPicture(picture);
  }
}
