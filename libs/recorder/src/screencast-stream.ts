import { setTimeout as delay } from 'node:timers/promises';
import { AppError, type FrameSize } from '@showrunner/contracts';
import { CdpConnection, type CdpEvent } from './cdp-connection';

/** A frame as Chromium sent it. */
export interface ScreencastFrame {
  /** Unix epoch in ms at which Chromium swapped the frame in. */
  swapMs: number;
  /** Unix epoch in ms at which it arrived here and was acknowledged. */
  arrivedMs: number;
  jpeg: Buffer;
}

export interface StreamOptions {
  cdpUrl: string;
  size: FrameSize;
  quality: number;
  maxFramesInFlight: number;
  onFrame: (frame: ScreencastFrame) => void;
  /** The page being filmed went away (true) and another one took its place (false). */
  onPageLost: (lost: boolean) => void;
}

interface TargetInfo {
  targetId: string;
  type: string;
}
interface FrameParams {
  data: string;
  sessionId: number;
  metadata: { timestamp?: number };
}

const CONNECT_TIMEOUT_MS = 3000;

/** One connection to one browser: attaches to its first page and streams it; follows to another page when that one closes. */
export class ScreencastStream {
  private pageSession: string | null = null;
  private attaching: Promise<void> | null = null;

  private constructor(
    private readonly cdp: CdpConnection,
    private readonly options: StreamOptions,
  ) {}

  /** @throws AppError `cdp_unreachable`, `cdp_lost`, `cdp_failed` */
  static async open(options: StreamOptions): Promise<ScreencastStream> {
    const cdp = await CdpConnection.connect(options.cdpUrl, CONNECT_TIMEOUT_MS);
    const stream = new ScreencastStream(cdp, options);
    try {
      cdp.on((event) => stream.handle(event));
      await cdp.send('Target.setDiscoverTargets', { discover: true });
      await stream.attachToPage();
      return stream;
    } catch (error) {
      cdp.close();
      throw error;
    }
  }

  get closed(): Promise<void> {
    return this.cdp.closed;
  }

  /** Stops the screencast, so that the browser does no work for nobody, and closes the connection. */
  async stop(): Promise<void> {
    const session = this.pageSession;
    this.pageSession = null;
    if (session !== null) {
      const stopped = this.cdp.send('Page.stopScreencast', {}, session).catch(() => undefined);
      await Promise.race([stopped, delay(500, undefined, { ref: false })]);
    }
    this.cdp.close();
  }

  private handle(event: CdpEvent): void {
    if (event.method === 'Page.screencastFrame' && event.sessionId === this.pageSession) {
      this.receiveFrame(event.params as unknown as FrameParams);
    } else if (
      event.method === 'Target.detachedFromTarget' &&
      event.params['sessionId'] === this.pageSession
    ) {
      this.pageSession = null;
      this.options.onPageLost(true);
      this.follow();
    } else if (event.method === 'Target.targetCreated' && this.pageSession === null) {
      this.follow();
    }
  }

  private receiveFrame(frame: FrameParams): void {
    this.cdp.post('Page.screencastFrameAck', { sessionId: frame.sessionId }, this.pageSession ?? undefined);
    const arrivedMs = Date.now();
    const swapMs = frame.metadata.timestamp === undefined ? arrivedMs : frame.metadata.timestamp * 1000;
    this.options.onFrame({ swapMs, arrivedMs, jpeg: Buffer.from(frame.data, 'base64') });
  }

  /** Attaches to whatever page there is; when there is none yet, the next `targetCreated` tries again. */
  private follow(): void {
    this.attaching ??= this.attachToPage()
      .then(
        () => this.options.onPageLost(false),
        (error: unknown) => {
          // No page at the moment: wait for one. Anything else ends the stream, which the recorder sees as a lost session.
          if (!(error instanceof AppError && error.code === 'no_page')) this.cdp.close();
        },
      )
      .finally(() => {
        this.attaching = null;
      });
  }

  private async attachToPage(): Promise<void> {
    const { targetInfos } = (await this.cdp.send('Target.getTargets')) as { targetInfos: TargetInfo[] };
    const page = targetInfos.find((target) => target.type === 'page');
    if (page === undefined)
      throw new AppError('no_page', 'The browser has no page open.', { retryable: true });
    const attached = await this.cdp.send('Target.attachToTarget', { targetId: page.targetId, flatten: true });
    const session = attached['sessionId'] as string;
    await this.cdp.send('Page.enable', {}, session);
    // Before the reply: the first frame can overtake it.
    this.pageSession = session;
    await this.startScreencast(session);
  }

  private async startScreencast(session: string): Promise<void> {
    const { size, quality, maxFramesInFlight } = this.options;
    await this.cdp.send(
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
      session,
    );
  }
}
