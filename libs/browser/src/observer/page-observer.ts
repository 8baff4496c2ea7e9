import { AppError, SessionLostError, type FrameSize, type PageSnapshot } from '@showrunner/contracts';
import type { CdpClient } from '../cdp/cdp-client';
import { PAGE_FUNCTIONS, type CollectedPage } from './collect-page';
import { fingerprintOf } from './fingerprint';
import type { LocatedNode } from './locate-in-page';
import { OpenRequests } from './open-requests';
import { PAGE_SEMANTICS } from './page-semantics';
import { UnreachableFiles } from './unreachable-files';

const MAX_ELEMENTS = 3000;
const MAX_TEXT = 50_000;
const WORLD = 'showrunner';
/** Bundlers that keep function names wrap inner functions in `__name`. */
const PROGRAM = `globalThis.showrunner ??= (() => { const __name = (value) => value; ${[...PAGE_SEMANTICS, ...PAGE_FUNCTIONS].map(String).join('\n')}
return { collectPage, locateInPage, isMoving }; })();`;

export interface OpenDialog {
  type: 'alert' | 'confirm' | 'prompt' | 'beforeunload';
  message: string;
}

export interface ObserverOptions {
  client: CdpClient;
  size: FrameSize;
  /** `http://<sandbox>.preview.localhost:<port>`: the only origin that pages are adopted from. */
  origin: string;
  onDialog: (dialog: OpenDialog) => void;
  /** Something worth telling the user, one sentence. */
  onNote: (note: string) => void;
}

/**
 * Watches the session's page as a DevTools client of its own: snapshots, positions, dialogs, crashes, pop-ups. It reads by functions in
 * an isolated world, so the page can neither see nor forge what they do; it never acts for the agent.
 */
export class PageObserver {
  private context: Promise<number> | undefined;
  private mainFrame = '';
  private documentStatus: number | undefined;
  private loaderId = '';
  private crashed = false;
  private origin = '';
  private dialog: OpenDialog | undefined;
  /** What the page asked of other hosts in vain. */
  readonly unreachable: UnreachableFiles;
  private readonly requests = new OpenRequests();

  private constructor(
    private readonly options: ObserverOptions,
    private readonly session: string,
    private readonly targetId: string,
  ) {
    this.unreachable = new UnreachableFiles(options.origin);
  }

  /** Attaches to the browser's first page and fixes its viewport to `size`. */
  static async attach(options: ObserverOptions): Promise<PageObserver> {
    const { client, size } = options;
    const targetId = await firstPage(client);
    const { sessionId } = await client.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    const observer = new PageObserver(options, sessionId, targetId);
    observer.listen();
    observer.unreachable.watch(client, sessionId);
    observer.requests.watch(client, sessionId);
    await Promise.all([
      observer.send('Page.enable'),
      observer.send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 }),
      observer.send('Inspector.enable'),
      observer.send('Emulation.setDeviceMetricsOverride', {
        ...size,
        screenWidth: size.width,
        screenHeight: size.height,
        deviceScaleFactor: 1,
        mobile: false,
      }),
      observer.send('Emulation.setFocusEmulationEnabled', { enabled: true }),
      // A namespace with only loopback counts as offline, and apps would say so. Only what is reported changes, not the speed.
      observer.send('Network.overrideNetworkState', {
        offline: false,
        latency: 1,
        downloadThroughput: 1e9,
        uploadThroughput: 1e9,
        connectionType: 'ethernet',
      }),
      observer
        .send<{ frameTree: { frame: { id: string } } }>('Page.getFrameTree')
        .then(({ frameTree }) => (observer.mainFrame = frameTree.frame.id)),
      client.send('Target.setDiscoverTargets', { discover: true }),
      client.send('Browser.setDownloadBehavior', { behavior: 'deny' }),
    ]);
    return observer;
  }

  /** What the page shows now. Throws SessionLostError when page or browser is gone, AppError `page_busy` when the page does not answer. */
  async snapshot(): Promise<PageSnapshot> {
    const page = await this.run<CollectedPage>(`showrunner.collectPage(${MAX_ELEMENTS}, ${MAX_TEXT})`);
    const { path, title, text, elements, theme, viewport } = page;
    this.origin = page.origin;
    return {
      path,
      title,
      text,
      elements,
      theme,
      viewport,
      fingerprint: fingerprintOf(page),
      status: this.documentStatus,
    };
  }

  /** Where element `index` of the last snapshot is now, and a selector of exactly it; prepares it first as asked. undefined: it left the page. */
  async locate(
    index: number,
    prepare: 'look' | 'scroll' | 'focus' | 'select' = 'look',
  ): Promise<LocatedNode | undefined> {
    return (
      (await this.run<LocatedNode | null>(`showrunner.locateInPage(${index}, '${prepare}')`)) ?? undefined
    );
  }

  /** Whether a transition or animation of the page is under way that will end soon. */
  isMoving(): Promise<boolean> {
    return this.run<boolean>('showrunner.isMoving()');
  }

  /** Whether the page waits for an answer that it has asked for, or has only just got one. */
  get isLoading(): boolean {
    return this.requests.isAwaiting;
  }

  /**
   * Leaves the app and forgets the visit: no cookies, no storage, no history, as in a browser that was just opened. What is kept is the
   * cache of files.
   */
  async forget(): Promise<void> {
    const { origin } = this.options;
    // Belongs to the tab, and can be cleared only where it can be read.
    await this.run(`location.origin === ${JSON.stringify(origin)} && sessionStorage.clear()`);
    await this.load('about:blank');
    await Promise.all([
      this.send('Network.clearBrowserCookies'),
      this.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' }),
      this.send('Page.resetNavigationHistory'),
    ]);
  }

  /** Loads a path of the preview. Resolves when the document is there (DOMContentLoaded or an error page). */
  navigate(path: string): Promise<{ status: number | undefined; errorText: string | undefined }> {
    return this.load(this.options.origin + path);
  }

  private async load(url: string): Promise<{ status: number | undefined; errorText: string | undefined }> {
    this.documentStatus = undefined;
    const ready = new Promise<void>((resolve) =>
      this.options.client.on('Page.domContentEventFired', () => resolve()),
    );
    this.crashed = false;
    const { errorText } = await this.send<{ errorText?: string }>('Page.navigate', { url });
    if (errorText === undefined)
      await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, 15_000).unref())]);
    return { status: this.documentStatus, errorText };
  }

  /** The open JavaScript dialog, if any: while it is open the page does not answer. */
  get openDialog(): OpenDialog | undefined {
    return this.dialog;
  }

  /** Origin of the page at the last snapshot; `null` for an error page. */
  get currentOrigin(): string {
    return this.origin;
  }

  get hasCrashed(): boolean {
    return this.crashed;
  }

  private listen(): void {
    const { client, onDialog } = this.options;
    const own =
      (handler: (params: Record<string, unknown>) => void) =>
      (params: Record<string, unknown>, sessionId: string | undefined): void => {
        if (sessionId === this.session) handler(params);
      };
    client.on(
      'Page.javascriptDialogOpening',
      own((params) => {
        this.dialog = {
          type: params['type'] as OpenDialog['type'],
          message: String(params['message']).slice(0, 500),
        };
        onDialog(this.dialog);
      }),
    );
    client.on(
      'Page.javascriptDialogClosed',
      own(() => (this.dialog = undefined)),
    );
    client.on(
      'Page.frameNavigated',
      own((params) => {
        const frame = params['frame'] as { id: string; parentId?: string; loaderId: string };
        if (frame.parentId !== undefined) return;
        this.mainFrame = frame.id;
        this.context = undefined;
      }),
    );
    client.on(
      'Network.requestWillBeSent',
      own((params) => {
        if (params['type'] === 'Document' && params['frameId'] === this.mainFrame)
          this.loaderId = String(params['loaderId']);
      }),
    );
    client.on(
      'Network.responseReceived',
      own((params) => {
        const isMain =
          params['type'] === 'Document' &&
          params['frameId'] === this.mainFrame &&
          params['loaderId'] === this.loaderId;
        if (isMain) this.documentStatus = (params['response'] as { status: number }).status;
      }),
    );
    client.on(
      'Inspector.targetCrashed',
      own(() => (this.crashed = true)),
    );
    client.on('Target.detachedFromTarget', (params) => {
      if (params['sessionId'] === this.session) this.crashed = true;
    });
    client.on('Target.targetCreated', (params) => void this.meetTarget(params['targetInfo'] as TargetInfo));
    client.on(
      'Target.targetInfoChanged',
      (params) => void this.meetTarget(params['targetInfo'] as TargetInfo),
    );
  }

  private readonly popups = new Set<string>();

  /** A page that opens another one: what it shows at the preview goes on in the one page that is filmed; the rest is closed. */
  private async meetTarget(target: TargetInfo): Promise<void> {
    if (
      target.type !== 'page' ||
      target.openerId === undefined ||
      target.targetId === this.targetId ||
      this.popups.has(target.targetId)
    )
      return;
    if (target.url === '' || target.url === 'about:blank') return;
    this.popups.add(target.targetId);
    const isPreview = URL.canParse(target.url) && new URL(target.url).origin === this.options.origin;
    this.options.onNote(
      isPreview
        ? `The app opened ${target.url} in a new tab; it was shown in the same tab.`
        : `The app opened a new tab, which was closed.`,
    );
    try {
      await this.options.client.send('Target.closeTarget', { targetId: target.targetId });
      if (isPreview) await this.send('Page.navigate', { url: target.url });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.options.onNote(`A new tab could not be closed: ${error.message}`);
    }
  }

  private send<T = Record<string, unknown>>(method: string, params: object = {}): Promise<T> {
    return this.options.client.send<T>(method, params, this.session);
  }

  private world(): Promise<number> {
    this.context ??= this.createWorld();
    return this.context;
  }

  private async createWorld(): Promise<number> {
    const { executionContextId } = await this.send<{ executionContextId: number }>(
      'Page.createIsolatedWorld',
      {
        frameId: this.mainFrame,
        worldName: WORLD,
        grantUniveralAccess: false,
      },
    );
    await this.send('Runtime.evaluate', { expression: PROGRAM, contextId: executionContextId });
    return executionContextId;
  }

  /** Evaluates in the isolated world; a navigation that takes the world away is met with a new one. */
  private async run<T>(expression: string): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      if (this.crashed)
        throw new SessionLostError('The page crashed.', { remedy: 'The film goes on in a new session.' });
      try {
        const { result, exceptionDetails } = await this.send<EvaluateResult<T>>('Runtime.evaluate', {
          expression,
          contextId: await this.world(),
          returnByValue: true,
          timeout: 10_000,
        });
        if (exceptionDetails === undefined) return result.value;
        throw new AppError(
          'page_unreadable',
          `The page could not be read: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`,
          { retryable: true },
        );
      } catch (error) {
        if (error instanceof SessionLostError || attempt >= 20) throw error;
        this.context = undefined;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }
  }
}

interface TargetInfo {
  targetId: string;
  type: string;
  url: string;
  openerId?: string;
}
interface EvaluateResult<T> {
  result: { value: T };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}

/** The tab that Chromium opens at its start; it also has short-lived pages of its own interface. */
const firstPage = async (client: CdpClient): Promise<string> => {
  for (let attempt = 0; attempt < 200; attempt++) {
    const { targetInfos } = await client.send<{ targetInfos: TargetInfo[] }>('Target.getTargets');
    const page = targetInfos.find(({ type, url }) => type === 'page' && url === 'about:blank');
    if (page) return page.targetId;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new SessionLostError('The browser opened no page.');
};
