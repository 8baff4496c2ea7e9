import type { Viewer } from './live-run';

/** The part of a WebSocket that a viewer is. */
export interface ViewerSocket {
  readonly readyState: number;
  send(data: string | Uint8Array, done: (error?: Error) => void): void;
  close(code: number, reason: string): void;
}

const OPEN = 1;

/**
 * Somebody who looks on. One message is on its way at a time; of what comes meanwhile the newest picture and the newest state wait, and
 * what they replace is left out: a viewer that takes nothing costs one picture of memory, and nobody waits for it.
 */
export class LiveViewer implements Viewer {
  /** Pictures that it was too slow for. */
  dropped = 0;
  private picture: Uint8Array | undefined;
  private state: string | undefined;
  private isSending = false;

  constructor(
    private readonly socket: ViewerSocket,
    private readonly wantsPictures = true,
  ) {}

  showPicture(picture: Uint8Array): void {
    if (!this.wantsPictures) return;
    if (this.picture !== undefined) this.dropped += 1;
    this.picture = picture;
    this.send();
  }

  showState(state: string): void {
    this.state = state;
    this.send();
  }

  /** Nothing follows. */
  end(reason: string): void {
    this.socket.close(1000, reason);
  }

  private send(): void {
    if (this.isSending || this.socket.readyState !== OPEN) return;
    // What is being done explains the picture that follows.
    const next = this.state ?? this.picture;
    if (next === undefined) return;
    if (this.state === undefined) this.picture = undefined;
    else this.state = undefined;
    this.isSending = true;
    this.socket.send(next, () => {
      this.isSending = false;
      this.send();
    });
  }
}
