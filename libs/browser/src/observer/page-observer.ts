import { SecretValues, SessionLostError, type FrameSize, type PageSnapshot } from '@showrunner/contracts';
import type { CdpClient } from '../cdp/cdp-client';
import type { Obstacle } from '../obstacles/find-obstacles';
import { PageCovers, type Covering } from '../secrets/page-covers';
import { pause, waitUntil } from '../steps/wait-until';
import { withDeadline } from '../steps/with-deadline';
import { CausedRequests, MAX_BODY } from './caused-requests';
import type { PageMessage, TextPlace } from './collect-messages';
import { appNamesOf } from './app-names';
import { Clipboard } from './clipboard';
import { Downloads } from './downloads';
import { pageTroubles } from './page-troubles';
import type { AppNames } from './app-names';
import type { CollectedPage } from './collect-page';
import { fingerprintOf } from './fingerprint';
import type { LocatedNode } from './locate-in-page';
import { NewTabs, type TargetInfo } from './new-tabs';
import { OpenRequests } from './open-requests';
import { OutsideTies } from './outside-ties';
import { PageClock } from './page-clock';
import { PageWorld } from './page-world';
import { serveAssets, type SessionAssets } from './serve-assets';
import { UnreachableFiles } from './unreachable-files';

const MAX_ELEMENTS = 3000;
const MAX_TEXT = 50_000;
/** A page that has not answered by then never will. A server may compile before it answers the first request. */
const LONGEST_ANSWER_MS = 30_000;
const LONGEST_NAVIGATION_MS = 120_000;
const LONGEST_LOAD_MS = 15_000;
const LONGEST_MOVE_MS = 1000;
/** What moves or fades after an input has mostly come to its end by then. */
const LONGEST_TRANSITION_MS = 800;
const CALM_MS = 40;
/** A clock that goes on is seen to after one of these. */
const TICK_MS = 3;
const TICK_TRIES = 10;

/** Waits for it, but not longer. */
const within = (happens: Promise<void>, ms: number): Promise<unknown> =>
  Promise.race([happens, new Promise((resolve) => setTimeout(resolve, ms).unref())]);

export interface OpenDialog {
  type: 'alert' | 'confirm' | 'prompt' | 'beforeunload';
  message: string;
}

export interface ObserverOptions {
  client: CdpClient;
  size: FrameSize;
  /** `http://<sandbox>.preview.localhost:<port>`: the only origin that pages are adopted from. */
  origin: string;
  /** Of the app's other servers, whose answers are the app's own. */
  otherOrigins?: readonly string[];
  onDialog: (dialog: OpenDialog) => void;
  /** Files of other hosts that the page may have. */
  assets?: SessionAssets | undefined;
  /** What is covered in the pages, and taken out of what is told of them; of fields of secrets alone without. */
  secrets?: SecretValues;
  /** Something of the page is covered, moves or is gone. */
  onCovering?: (covering: Covering) => void;
  /** Something worth telling the user, one sentence. */
  onNote: (note: string) => void;
}

/**
 * Watches the session's page as a DevTools client of its own: snapshots, positions, dialogs, crashes, pop-ups. It reads by functions in
 * an isolated world, so the page can neither see nor forge what they do; it never acts for the agent.
 */
export class PageObserver {
  private readonly world: PageWorld;
  private contentLoaded: () => void = () => undefined;
  private movedWithin: () => void = () => undefined;
  private mainFrame = '';
  private documentStatus: number | undefined;
  private loaderId = '';
  private crashed = false;
  private origin = '';
  private dialog: OpenDialog | undefined;
  /** What the page asked of other hosts in vain. */
  readonly unreachable: UnreachableFiles;
  private readonly requests = new OpenRequests();
  private readonly ties = new OutsideTies();
  private readonly clock: PageClock;
  private readonly covers: PageCovers;
  private readonly secrets: SecretValues;
  /** What the page asks of its server, and which of it an action caused. */
  readonly caused: CausedRequests;
  readonly clipboard: Clipboard;
  readonly downloads = new Downloads();
  /** Every dialog of the session, oldest first. */
  readonly dialogs: (OpenDialog & { atMs: number })[] = [];

  private constructor(
    private readonly options: ObserverOptions,
    private readonly session: string,
    targetId: string,
    private readonly newTabs: NewTabs,
  ) {
    this.clock = new PageClock(options.client, targetId, this.ties);
    this.unreachable = new UnreachableFiles(options.origin);
    this.caused = new CausedRequests([options.origin, ...(options.otherOrigins ?? [])]);
    this.secrets = options.secrets ?? new SecretValues();
    this.covers = new PageCovers(
      (method, params) => this.send(method, params),
      this.secrets,
      options.onCovering ?? (() => undefined),
    );
    this.world = new PageWorld(
      (method, params) => this.send(method, params),
      () => this.mainFrame,
      () => this.crashed,
    );
    this.clipboard = new Clipboard(options.client, options.origin, (expression) =>
      this.world.run(expression),
    );
  }

  /** Attaches to the browser's first page and fixes its viewport to `size`. */
  static async attach(options: ObserverOptions): Promise<PageObserver> {
    const { client, size } = options;
    const targetId = await firstPage(client);
    const { sessionId } = await client.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    const newTabs = new NewTabs(options, { targetId, sessionId });
    const observer = new PageObserver(options, sessionId, targetId, newTabs);
    observer.listen();
    observer.unreachable.watch(client, sessionId);
    observer.requests.watch(client, sessionId);
    observer.caused.watch(client, sessionId);
    observer.ties.watch(client, sessionId);
    await Promise.all([
      observer.send('Page.enable').then(() => observer.covers.start(client, sessionId)),
      observer.send('Network.enable', {
        maxTotalBufferSize: 0,
        maxResourceBufferSize: 0,
        maxPostDataSize: MAX_BODY,
      }),
      options.assets && serveAssets(client, sessionId, options.assets),
      observer.send('Inspector.enable'),
      observer.send('Target.setAutoAttach', {
        ...{ autoAttach: true, waitForDebuggerOnStart: false, flatten: true },
      }),
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
      observer.downloads.watch(client),
    ]);
    return observer;
  }

  /** What the page shows now. Throws SessionLostError when page or browser is gone, AppError `page_unreadable` when it does not answer. */
  async snapshot(): Promise<PageSnapshot> {
    const page = await this.world.run<CollectedPage>(`showrunner.collectPage(${MAX_ELEMENTS}, ${MAX_TEXT})`);
    const { path, title, text, elements, theme, viewport, restless } = page;
    this.origin = page.origin;
    return this.untold({
      path,
      title,
      text,
      elements,
      theme,
      viewport,
      fingerprint: fingerprintOf(page),
      status: this.documentStatus,
      ...(restless.length > 0 && { restless }),
    });
  }

  /** What is entered into element `index` of the last snapshot is a secret, and sought texts may be more. */
  async coverField(index: number): Promise<void> {
    await Promise.all([this.world.run(`showrunner.markSecret(${index})`), this.covers.refresh()]);
  }

  /** What is sought may be more than before. */
  coverSought(): Promise<boolean> {
    return this.covers.refresh();
  }

  /** Without the values of secrets. */
  private untold<T>(seen: T): T {
    return this.secrets.sought.length === 0 ? seen : this.secrets.mask(seen);
  }

  /** What the page says to its user now: live regions, refused fields, short texts that look like messages. */
  async messages(): Promise<PageMessage[]> {
    return this.untold(await this.world.run<PageMessage[]>('showrunner.collectMessages()'));
  }

  /** Whether a part of the page fills the screen, as the browser has it. */
  fillsScreen(): Promise<boolean> {
    return this.world.run<boolean>('document.fullscreenElement !== null');
  }

  /** Where a text stands on the page, outside of inputs. */
  placesOf(text: string): Promise<TextPlace[]> {
    return this.world.run<TextPlace[]>(`showrunner.placesOf(${JSON.stringify(text)})`);
  }

  /** Whether the page keeps a text in this browser. */
  storesText(text: string): Promise<boolean> {
    return this.world.run<boolean>(`showrunner.storesText(${JSON.stringify(text)})`);
  }

  /** What the page keeps in this browser by key and value; '' where it may keep nothing. */
  storage(): Promise<string> {
    return this.world.run<string>('showrunner.storageOf()');
  }

  /** Brings back what {@link storage} answered. */
  async putBack(kept: string): Promise<void> {
    if (kept !== '' && (await this.storage()) !== kept)
      await this.world.run(`showrunner.putBack(${JSON.stringify(kept)})`);
  }

  /** Whether somebody acts from now on: what the page changes and asks for meanwhile is not by itself. */
  async attend(isAttended: boolean): Promise<void> {
    this.caused.attend(isAttended);
    await this.world.run(`showrunner.attend(${isAttended})`);
  }

  /** The page is built: what it changes from now on without an input, it changes by itself. */
  async settle(): Promise<void> {
    await this.world.run('showrunner.settle()');
  }

  /** For how many ms the page has been watched with nobody touching it. */
  leftAloneMs(): Promise<number> {
    return this.world.run<number>('showrunner.leftAloneMs()');
  }

  /**
   * Lets so many ms pass for the page at once; false, and nothing is done, where something else than its timers may change it. Afterwards the page
   * can be looked at, and has to be left: its time stands still.
   */
  async forward(ms: number): Promise<boolean> {
    if (ms <= 0) return false;
    const isReady = await waitUntil(
      async () =>
        this.ties.any ||
        (!this.isLoading && (await this.world.run<boolean>('showrunner.livesByTimers()'))) ||
        undefined,
      Date.now() + LONGEST_TRANSITION_MS,
      CALM_MS,
    );
    if (isReady === undefined || this.ties.any) return false;
    await this.clock.forward(ms, () => this.world.run(`showrunner.forwardAnimations(${ms})`));
    return true;
  }

  /** Resolves when so many ms have passed for the page, at the pace of ours. */
  async pass(ms: number): Promise<void> {
    await (this.clock.isHeld ? this.clock.keepPace(ms) : pause(ms));
  }

  /** Leaves a page whose time stands still for a blank one, whose time goes on. Throws SessionLostError when it does not. */
  async release(): Promise<void> {
    if (!this.clock.isHeld) return;
    await this.clock.release();
    await this.load('about:blank');
    // What is kept for the way back would keep its process.
    await this.send('Page.resetNavigationHistory');
    const before = await this.world.run<number>('Date.now()');
    for (let tries = 0; tries < TICK_TRIES; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
      if ((await this.world.run<number>('Date.now()')) !== before) return;
    }
    throw new SessionLostError('The clock of the page stands still.', {
      remedy: 'The film goes on in a new session.',
    });
  }

  /** Where element `index` of the last snapshot is now, and a selector of exactly it; prepares it first as asked. undefined: it left the page. */
  async locate(
    index: number,
    prepare: 'look' | 'scroll' | 'focus' | 'select' | 'words' = 'look',
  ): Promise<LocatedNode | undefined> {
    return (
      (await this.world.run<LocatedNode | null>(`showrunner.locateInPage(${index}, '${prepare}')`)) ??
      undefined
    );
  }

  /** What lies over the page now; `locate` then finds its controls. */
  obstacles(): Promise<Obstacle[]> {
    return this.world.run<Obstacle[]>(
      `(() => { const { elements } = showrunner.collectPage(${MAX_ELEMENTS}, ${MAX_TEXT}); return showrunner.findObstacles(globalThis.showrunnerNodes, elements); })()`,
    );
  }

  appNames(): Promise<AppNames> {
    return appNamesOf(this.world, (method, params) => this.send(method, params));
  }

  /** What its program threw and which of its files did not load, one sentence each. */
  troubles(): Promise<string[]> {
    return pageTroubles(this.options.client, this.session);
  }

  /**
   * Resolves when the page has not changed for so long, nobody has touched it, and nothing moves: true. False when that has not come within `maxMs`, or
   * cannot be seen: then it has to be looked at again and again.
   */
  async whenQuiet(quietMs: number, maxMs: number): Promise<boolean> {
    return (
      !this.clock.isHeld && (await this.world.run<boolean>(`showrunner.whenQuiet(${quietMs}, ${maxMs})`))
    );
  }

  /** Resolves with the next change of the page that can be seen at once, or after so many ms. */
  async whenChanged(maxMs: number): Promise<void> {
    await this.world.run(`showrunner.whenChanged(${maxMs})`);
  }

  /** Whether a transition or animation of the page is under way that will end soon. */
  isMoving(): Promise<boolean> {
    return this.world.run<boolean>('showrunner.isMoving()');
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
    await this.world.run(`location.origin === ${JSON.stringify(origin)} && sessionStorage.clear()`);
    await this.clock.release();
    await this.load('about:blank');
    await Promise.all([
      this.send('Network.clearBrowserCookies'),
      this.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' }),
      this.send('Page.resetNavigationHistory'),
    ]);
  }

  /**
   * Loads a path of the preview. Resolves when the document is there (DOMContentLoaded or an error page), a new one even where only the
   * hash of the address differs.
   */
  async navigate(path: string): Promise<{ status: number | undefined; errorText: string | undefined }> {
    await this.release();
    return this.load(this.options.origin + path);
  }

  private async load(url: string): Promise<{ status: number | undefined; errorText: string | undefined }> {
    this.documentStatus = undefined;
    this.crashed = false;
    let ready = this.nextDocument();
    const sameDocument = new Promise<void>((resolve) => (this.movedWithin = resolve));
    const { errorText, loaderId } = await this.send<{ errorText?: string; loaderId?: string }>(
      'Page.navigate',
      { url },
    );
    if (errorText === undefined) {
      // Another hash of the same document loads nothing, and what was done to the page stays: a load brings a fresh one.
      if (loaderId === undefined) {
        await within(sameDocument, LONGEST_MOVE_MS);
        ready = this.nextDocument();
        await this.send('Page.reload');
      }
      await within(ready, LONGEST_LOAD_MS);
    }
    return { status: this.documentStatus, errorText };
  }

  private nextDocument(): Promise<void> {
    return new Promise((resolve) => (this.contentLoaded = resolve));
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
          message: this.secrets.text(String(params['message'])).slice(0, 500),
        };
        this.dialogs.push({ ...this.dialog, atMs: Date.now() });
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
        this.world.leave();
        this.covers.left();
      }),
    );
    client.on(
      'Page.navigatedWithinDocument',
      own((params) => {
        if (params['frameId'] === this.mainFrame) this.movedWithin();
      }),
    );
    client.on(
      'Page.domContentEventFired',
      own(() => this.contentLoaded()),
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
    this.newTabs.watch();
  }

  private send<T = Record<string, unknown>>(method: string, params: object = {}): Promise<T> {
    const limitMs = method === 'Page.navigate' ? LONGEST_NAVIGATION_MS : LONGEST_ANSWER_MS;
    return withDeadline(
      this.options.client.send<T>(method, params, this.session),
      limitMs,
      () => new SessionLostError(`The page did not answer ${method} within ${limitMs / 1000} s.`),
    );
  }
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
