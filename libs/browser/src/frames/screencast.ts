import type { Frame, FrameSize } from '@showrunner/contracts';
import { AppError } from '@showrunner/contracts';
import type { CdpClient } from '../cdp/cdp-client';

export interface ScreencastOptions {
  /** A client of its own: closed with the screencast. */
  client: CdpClient;
  size: FrameSize;
  /** JPEG quality, 0 to 100. 90 is visually lossless for text and costs no frames; pixels do, quality does not. */
  quality?: number;
  /** How many frames may be on their way; Chromium skips frames beyond. A second's worth rides out a busy machine. */
  maxFramesInFlight?: number;
  onFrame: (frame: Frame) => void;
  /** The page was closed; pictures come again when there is another one. */
  onPageLost: () => void;
}

export const MAX_FRAMES_IN_FLIGHT = 60;
const QUALITY = 90;

interface FrameParams {
  data: string;
  sessionId: number;
  metadata: { timestamp?: number };
}

/** The pictures of a browser's first page, as Chromium presents them; follows to another page when that one closes. */
export class Screencast {
  private pageSession: string | null = null;
  private following: Promise<void> | null = null;
  private running = false;

  constructor(private readonly options: ScreencastOptions) {
    const { client } = options;
    client.on('Page.screencastFrame', (params, session) => {
      if (session === this.pageSession) this.receive(params as unknown as FrameParams);
    });
    client.on('Target.detachedFromTarget', ({ sessionId }) => {
      if (sessionId !== this.pageSession || sessionId === undefined) return;
      this.pageSession = null;
      if (!this.running) return;
      options.onPageLost();
      this.follow();
    });
    client.on('Target.targetCreated', () => {
      if (this.running && this.pageSession === null) this.follow();
    });
  }

  /** Begins to take pictures; without a page, of the next one there is. @throws SessionLostError, AppError `cdp_error` */
  async start(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      await this.options.client.send('Target.setDiscoverTargets', { discover: true });
      await this.attach();
    } catch (error) {
      if (error instanceof AppError && error.code === 'no_page') return;
      this.running = false;
      throw error;
    }
  }

  /** Stops, so that the browser does no work for nobody. */
  async stop(): Promise<void> {
    this.running = false;
    const sessionId = this.pageSession;
    this.pageSession = null;
    // Also of a browser that has just ended, whose page needs no stopping.
    if (sessionId !== null)
      await this.options.client.send('Target.detachFromTarget', { sessionId }).catch(() => undefined);
  }

  private receive(frame: FrameParams): void {
    this.options.client
      .send('Page.screencastFrameAck', { sessionId: frame.sessionId }, this.pageSession ?? undefined)
      // The page closed in this moment: the next one brings pictures of its own.
      .catch(() => undefined);
    const arrivedMs = Date.now();
    const swapMs = frame.metadata.timestamp === undefined ? arrivedMs : frame.metadata.timestamp * 1000;
    this.options.onFrame({ swapMs, arrivedMs, jpeg: Buffer.from(frame.data, 'base64') });
  }

  /** Attaches to whatever page there is; when there is none yet, the next `targetCreated` tries again. */
  private follow(): void {
    this.following ??= this.attach()
      // No page at the moment, or the browser is gone, which its session tells.
      .catch(() => undefined)
      .finally(() => {
        this.following = null;
      });
  }

  private async attach(): Promise<void> {
    const { client, size, quality = QUALITY, maxFramesInFlight = MAX_FRAMES_IN_FLIGHT } = this.options;
    const { targetInfos } = await client.send<{ targetInfos: { targetId: string; type: string }[] }>(
      'Target.getTargets',
    );
    const page = targetInfos.find(({ type }) => type === 'page');
    if (page === undefined)
      throw new AppError('no_page', 'The browser has no page open.', { retryable: true });
    const { sessionId } = await client.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId: page.targetId,
      flatten: true,
    });
    await client.send('Page.enable', {}, sessionId);
    // Before the reply: the first frame can overtake it.
    this.pageSession = sessionId;
    await client.send(
      'Page.startScreencast',
      {
        format: 'jpeg',
        quality,
        maxWidth: size.width,
        maxHeight: size.height,
        everyNthFrame: 1,
        // Since Chromium 154; older ones ignore it and allow three.
        maxFramesInFlight,
      },
      sessionId,
    );
    if (!this.running) await this.stop();
  }
}
