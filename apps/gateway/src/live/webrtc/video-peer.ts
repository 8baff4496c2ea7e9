import type { MediaStreamTrack, RTCPeerConnection, RTCRtpSender } from 'werift';
import { badOffer, tellAddresses, withoutAddresses } from './offer';

type Werift = typeof import('werift');

/** A browser that never comes, or has gone without a word, is given up after this. */
const UNREACHED_MS = 20_000;
const CLOCK_PER_MS = 90;
const PAYLOAD_TYPE = 96;
const LOOPBACK = '127.0.0.1';

export interface WebRtcAddress {
  /** Only browsers on this machine are served. */
  loopbackOnly: boolean;
  /** Told instead of our own addresses, as seen from outside. */
  host?: string;
  /** UDP ports to choose from; any when missing. */
  ports?: [number, number];
}

export interface PeerEvents {
  /** It has lost its way, or has just come: it needs a key frame. */
  onKeyFrameWanted: () => void;
  onEnd: () => void;
}

/** One player that takes the video by WebRTC. */
export class VideoPeer {
  private isOver = false;
  private timer: NodeJS.Timeout | undefined;
  private sequenceNumber = 0;
  private readonly from = performance.now();

  private constructor(
    private readonly werift: Werift,
    private readonly connection: RTCPeerConnection,
    private readonly track: MediaStreamTrack,
    private readonly events: PeerEvents,
  ) {}

  /**
   * @returns the player, and the answer for its offer
   * @throws {AppError} `bad_sdp` (400)
   */
  static async answer(
    offer: string,
    { loopbackOnly, host, ports }: WebRtcAddress,
    events: PeerEvents,
  ): Promise<{ peer: VideoPeer; answer: string }> {
    const sdp = withoutAddresses(offer);
    const werift = await import('werift');
    const connection = new werift.RTCPeerConnection({
      codecs: {
        video: [
          new werift.RTCRtpCodecParameters({
            mimeType: 'video/VP8',
            clockRate: 90_000,
            payloadType: PAYLOAD_TYPE,
            rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
          }),
        ],
        audio: [],
      },
      iceServers: [],
      iceUseTcp: false,
      iceUseIpv6: !loopbackOnly,
      ...(ports ? { icePortRange: ports } : {}),
      ...(loopbackOnly
        ? { iceAdditionalHostAddresses: [LOOPBACK], iceInterfaceAddresses: { udp4: LOOPBACK } }
        : {}),
      // No other than where it called from is ever asked.
      iceFilterCandidatePair: ({ remoteCandidate }) => remoteCandidate.type === 'prflx',
    });
    const track = new werift.MediaStreamTrack({ kind: 'video' });
    const { sender } = connection.addTransceiver(track, { direction: 'sendonly' });
    const peer = new VideoPeer(werift, connection, track, events);
    try {
      await connection.setRemoteDescription({ type: 'offer', sdp });
      await connection.setLocalDescription(await connection.createAnswer());
    } catch (error) {
      peer.close();
      throw badOffer(error);
    }
    peer.follow(sender);
    const own = connection.localDescription?.sdp ?? '';
    return { peer, answer: tellAddresses(own, loopbackOnly ? new Set([LOOPBACK]) : undefined, host) };
  }

  /** @param payloads of one frame */
  send(payloads: readonly Buffer[]): void {
    if (this.connection.connectionState !== 'connected') return;
    const timestamp = Math.round((performance.now() - this.from) * CLOCK_PER_MS) >>> 0;
    for (const [index, payload] of payloads.entries()) {
      this.sequenceNumber = (this.sequenceNumber + 1) & 0xffff;
      const header = new this.werift.RtpHeader({
        version: 2,
        payloadType: PAYLOAD_TYPE,
        sequenceNumber: this.sequenceNumber,
        timestamp,
        ssrc: 1,
        marker: index === payloads.length - 1,
      });
      this.track.writeRtp(new this.werift.RtpPacket(header, payload));
    }
  }

  close(): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.timer);
    void this.connection.close().catch(() => undefined);
    this.events.onEnd();
  }

  private follow(sender: RTCRtpSender): void {
    sender.onPictureLossIndication.subscribe(() => this.events.onKeyFrameWanted());
    this.giveUpLater();
    this.connection.connectionStateChange.subscribe((state) => {
      if (state === 'connected') {
        clearTimeout(this.timer);
        this.events.onKeyFrameWanted();
      } else if (state === 'disconnected') this.giveUpLater();
      else if (state === 'failed' || state === 'closed') this.close();
    });
  }

  private giveUpLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.close(), UNREACHED_MS);
    this.timer.unref();
  }
}
