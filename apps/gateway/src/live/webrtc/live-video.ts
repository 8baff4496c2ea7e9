import { LIVE_HEAD_BYTES, newId, NotFoundError } from '@showrunner/contracts';
import type { Viewer } from '../live-run';
import { VideoPeer } from './video-peer';
import type { WebRtcAddress } from './video-peer';
import { Vp8Encoder } from './vp8-encoder';
import { vp8Payloads } from './vp8-payloads';

export interface LiveVideoOptions {
  ffmpegPath: string;
  address: WebRtcAddress;
  /** Nobody takes it any more. */
  onIdle: () => void;
  onNote: (error: unknown) => void;
}

/** The pictures of a run as one video for all players that take it by WebRTC: encoded once, and only while there is one. */
export class LiveVideo implements Viewer {
  private readonly peers = new Map<string, VideoPeer>();
  private readonly encoder: Vp8Encoder;
  private isOver = false;

  constructor(private readonly options: LiveVideoOptions) {
    this.encoder = new Vp8Encoder({
      ffmpegPath: options.ffmpegPath,
      onFrame: (frame) => {
        const payloads = vp8Payloads(frame);
        for (const peer of this.peers.values()) peer.send(payloads);
      },
      onFailure: (error) => {
        options.onNote(error);
        this.end();
      },
    });
  }

  get size(): number {
    return this.peers.size;
  }

  /** @throws {AppError} `bad_sdp` (400) */
  async add(offer: string): Promise<{ viewerId: string; answer: string }> {
    const viewerId = newId();
    const { peer, answer } = await VideoPeer.answer(offer, this.options.address, {
      onKeyFrameWanted: () => this.encoder.askForKeyFrame(),
      onEnd: () => this.forget(viewerId),
    }).catch((error: unknown) => {
      if (this.peers.size === 0) this.end();
      throw error;
    });
    if (this.isOver) peer.close();
    else this.peers.set(viewerId, peer);
    return { viewerId, answer };
  }

  /** @throws {NotFoundError} */
  remove(viewerId: string): void {
    const peer = this.peers.get(viewerId);
    if (peer === undefined) throw new NotFoundError('viewer', viewerId);
    peer.close();
  }

  showPicture(picture: Uint8Array): void {
    this.encoder.show(picture.subarray(LIVE_HEAD_BYTES));
  }

  /** What is done is told beside the video, over the WebSocket. */
  showState(): void {}

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.encoder.close();
    for (const peer of this.peers.values()) peer.close();
    this.options.onIdle();
  }

  private forget(viewerId: string): void {
    if (this.peers.delete(viewerId) && this.peers.size === 0 && !this.isOver) this.end();
  }
}
