import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import {
  SessionLostError,
  type ActionRecord,
  type Feature,
  type FrameSize,
  type PageSnapshot,
  type StepAction,
} from '@showrunner/contracts';
import { CdpClient } from '../cdp/cdp-client';
import type { PipeMultiplexer } from '../cdp/pipe-multiplexer';
import { startCdpRelay, type CdpRelay } from '../cdp/relay-server';
import { launchConfinedChromium, type ConfinedChromium } from '../confinement/confined-chromium';
import { makeSocketFolder, sweepSocketFolders } from '../confinement/scratch-folders';
import { McpDriver, type ToolReply } from '../mcp/mcp-driver';
import { PageObserver } from '../observer/page-observer';
import { closeDialog, isAccepted } from '../steps/dialog-handler';
import { InputPacer } from '../steps/pace';
import { PageActor } from '../steps/page-actor';
import { comeToRest } from '../steps/come-to-rest';
import {
  checkBudget,
  FAST_REST,
  performStep,
  wrongPage,
  type StepContext,
  type StepInput,
} from '../steps/perform-step';
import { pause, waitUntil } from '../steps/wait-until';

export interface BrowserSessionOptions {
  sessionId: string;
  chromiumPath: string;
  bwrapPath: string;
  setprivPath?: string;
  nodePath?: string;
  /** Scratch folder; a folder of this session is made in it and removed at the end. */
  workDir: string;
  size: FrameSize;
  /** Address of the preview as the page sees it: `http://<sandbox>.preview.localhost:<port>`. */
  previewUrl: string;
  /** Serves one connection of the page to its preview; `pipeTo(connect)` for a raw stream. */
  serve: (socket: Socket) => void;
  /** Address that the DevTools relay listens on; default 127.0.0.1. */
  host?: string;
  uid?: number;
  limits?: { maxSteps: number; maxMs: number };
}

export interface ActionOutcome {
  /** Set when the action could not be carried out. */
  error: string | undefined;
  after: PageSnapshot;
}

const DEFAULT_LIMITS = { maxSteps: 400, maxMs: 30 * 60_000 };
const FEATURE_START_MS = 15_000;
/** Rest after an action while exploring, and after a feature's page was opened. */
const ACTED = { quietMs: 80, maxMs: 500 };
const OPENED = { quietMs: 240, maxMs: 2500 };
/** Nobody watches: as soon as the page has all that it asked for, and a moment to show it. */
const OPENED_FAST = { ...OPENED, calmMs: 100 };
/** After an action the page gets a moment to send something, and so long to have it sent, before it is left. */
const LEAVING = { sendMs: 40, maxMs: 1000 };

/**
 * One browser confined to one preview, the MCP server that acts in it, and the observer that checks it. Every method throws
 * SessionLostError once browser or server are gone.
 */
export class BrowserSession {
  private readonly openedAt = Date.now();
  private readonly context: StepContext;
  private readonly limits: { maxSteps: number; maxMs: number };
  private lostBecause: string | undefined;
  private closing: Promise<void> | undefined;
  private steps = 0;

  /** @internal use `openBrowserSession` */
  constructor(
    readonly id: string,
    private readonly parts: {
      chromium: ConfinedChromium;
      relay: CdpRelay;
      driver: McpDriver;
      observer: PageObserver;
      pacer: InputPacer;
      origin: string;
      dirs: string[];
    },
    private readonly told: string[],
    limits: { maxSteps: number; maxMs: number } | undefined,
  ) {
    const { observer, driver, pacer, origin } = parts;
    this.limits = limits ?? DEFAULT_LIMITS;
    this.context = {
      observer,
      pacer,
      origin,
      actor: new PageActor(observer, driver, pacer, origin),
      executed: [],
      firstSeen: new Map(),
    };
    void parts.chromium.exited.then(() => {
      this.lostBecause ??= 'The browser of this session ended.';
      return this.close();
    });
  }

  /** DevTools endpoint for the recorder. Secret. */
  get cdpUrl(): string {
    return this.parts.relay.url;
  }

  /** Name of the MCP client's browser session. */
  get browserSession(): string {
    return `mcp-${this.parts.driver.pid ?? 0}`;
  }

  /** Process ids, for supervision and tests. */
  get pids(): { chromium: number; driver: number | null } {
    return { chromium: this.parts.chromium.pid, driver: this.parts.driver.pid };
  }

  /** What is worth telling the user so far, one sentence each. */
  get notes(): readonly string[] {
    const { note } = this.parts.observer.unreachable;
    return note === undefined ? this.told : [...this.told, note];
  }

  get isLost(): boolean {
    return this.lostBecause !== undefined;
  }

  /** Resolves when the browser is gone, whoever ended it. */
  get ended(): Promise<void> {
    return this.parts.chromium.exited.then(() => undefined);
  }

  /** Resolves once a DevTools client acknowledged a screencast frame. */
  get recordingStarted(): Promise<void> {
    return this.parts.relay.recordingStarted;
  }

  snapshot(): Promise<PageSnapshot> {
    return this.alive(() => this.parts.observer.snapshot());
  }

  /** What the page shows once it rests: for a look after a step that did not wait for that. */
  snapshotAtRest(): Promise<PageSnapshot> {
    return this.alive(() => this.settled(FAST_REST));
  }

  /** Whether nothing is being loaded and nothing slides or fades. */
  isCalm(): Promise<boolean> {
    return this.alive(async () => !this.parts.observer.isLoading && !(await this.parts.observer.isMoving()));
  }

  /** Waits, not for long, until the page has sent what the last action made it send: a page that is left too early does not save. */
  finishSending(): Promise<void> {
    return this.alive(async () => {
      const { observer } = this.parts;
      await pause(LEAVING.sendMs);
      await waitUntil(
        () => Promise.resolve(observer.isLoading ? undefined : true),
        Date.now() + LEAVING.maxMs,
        10,
      );
    });
  }

  /** Leaves the app and forgets the visit, so that the session can serve another stage as if it were new. */
  forget(): Promise<void> {
    return this.alive(() => this.parts.observer.forget());
  }

  /** Loads a path without the agent (exploring): not an action, not recorded. */
  navigate(path: string): Promise<{ status: number | undefined; errorText: string | undefined }> {
    return this.alive(() => this.parts.observer.navigate(path));
  }

  /** Carries out one action by one MCP tool call and lets the page settle; no condition, no record (exploring). */
  performAction(
    action: StepAction,
    options: { timeoutMs?: number; fast?: boolean } = {},
  ): Promise<ActionOutcome> {
    return this.alive(async () => {
      this.spend();
      const { actor, observer } = this.context;
      const deadline = Date.now() + (options.timeoutMs ?? 5000);
      const act = await actor.act(action, {
        fast: options.fast ?? true,
        seed: JSON.stringify(action),
        deadline,
      });
      if ('error' in act) return { error: act.error, after: await observer.snapshot() };
      const reply = await act.started.finished;
      return { error: reply.isError ? reply.text.slice(0, 300) : undefined, after: await this.settled() };
    });
  }

  /** One bare MCP tool call, as the server offers it: no finding, no proof, no record. */
  callTool(tool: string, args: Record<string, unknown>): Promise<ToolReply> {
    return this.alive(() => this.context.actor.callTool(tool, args));
  }

  performStep(input: StepInput): Promise<ActionRecord> {
    return this.alive(() => {
      this.spend();
      return performStep(this.context, input);
    });
  }

  /**
   * Brings the page to the feature's start path, or looks where it stands when the feature goes on from the last one. `fast`: nobody
   * watches.
   */
  beginFeature(input: {
    feature: Feature;
    seq: number;
    attempt: number;
    fast?: boolean;
  }): Promise<ActionRecord> {
    return this.alive(async () => {
      this.spend();
      const { actor, observer, origin } = this.context;
      const startMs = Date.now();
      const before = await observer.snapshot();
      const path = input.feature.startPath;
      const base = {
        seq: input.seq,
        feature: input.feature.id,
        step: -1,
        attempt: input.attempt,
        caption: input.feature.title,
        box: null,
        startMs,
      };
      const fail = (error: string, after: PageSnapshot): Partial<ActionRecord> => ({
        result: 'failed',
        verified: false,
        error,
        fingerprintAfter: after.fingerprint,
      });
      const record: ActionRecord = {
        ...base,
        action: { type: 'navigate', path: path ?? (before.path.startsWith('/') ? before.path : '/') },
        tool: path === null ? 'none' : 'browser_navigate',
        arguments: path === null ? {} : { url: path },
        actMs: startMs,
        endMs: startMs,
        result: 'succeeded',
        verified: true,
        fingerprintBefore: before.fingerprint,
        fingerprintAfter: before.fingerprint,
      };
      if (path === null) return { ...record, endMs: Date.now() };
      const act = await actor.act({ type: 'navigate', path }, { fast: true, seed: '', deadline: startMs });
      if ('error' in act) return { ...record, ...fail(act.error, before), endMs: Date.now() };
      const reply = await act.started.finished;
      const actMs = act.started.calledAt;
      if (reply.isError)
        return {
          ...record,
          ...fail(`The page ${path} could not be opened.`, before),
          actMs,
          endMs: Date.now(),
        };
      const shown = await waitUntil(async () => {
        const page = await observer.snapshot();
        return page.text !== '' || page.elements.length > 0 ? page : undefined;
      }, Date.now() + FEATURE_START_MS);
      const after = shown === undefined ? before : await this.settled(input.fast ? OPENED_FAST : OPENED);
      const wrong =
        shown === undefined ? `The page ${path} stayed blank.` : wrongPage(observer, origin, after);
      const missing = after.status === 404 ? `The app has no page ${path} (404).` : undefined;
      const end = { actMs, endMs: Date.now(), fingerprintAfter: after.fingerprint };
      return { ...record, ...((wrong ?? missing) ? fail(wrong ?? missing ?? '', after) : {}), ...end };
    });
  }

  /** Ends browser, MCP server and relay, and removes the session's folder. May be called again. */
  close(): Promise<void> {
    this.lostBecause ??= 'The session was closed.';
    this.closing ??= this.end();
    return this.closing;
  }

  /** @internal Dialogs stop the page: closed through the MCP server, which must not be left with an open one. */
  async dialogOpened(): Promise<void> {
    const { observer } = this.parts;
    const dialog = observer.openDialog;
    if (dialog === undefined) return;
    const closed = await closeDialog(this.context.actor, dialog, () => observer.openDialog !== undefined);
    const done = closed ? (isAccepted(dialog) ? 'accepted' : 'dismissed') : 'left open';
    this.told.push(`The app showed a dialog (${dialog.type}: "${dialog.message}"), which was ${done}.`);
  }

  private async settled(rest = ACTED): Promise<PageSnapshot> {
    const { observer } = this.parts;
    return comeToRest(observer, await observer.snapshot(), rest);
  }

  private spend(): void {
    checkBudget({ steps: this.steps, ms: Date.now() - this.openedAt }, this.limits);
    this.steps += 1;
  }

  private async alive<T>(work: () => Promise<T>): Promise<T> {
    if (this.lostBecause !== undefined)
      throw new SessionLostError(this.lostBecause, { remedy: 'The film goes on in a new session.' });
    return work();
  }

  private async end(): Promise<void> {
    const { chromium, relay, driver, dirs } = this.parts;
    await Promise.all([chromium.close(), driver.close(), relay.close()]);
    await removeFolders(dirs);
  }
}

/**
 * Opens a session: Chromium in its confinement and the MCP server start side by side, then observer and server attach to the page.
 * Whatever was started is ended again when one part fails. Throws EnvironmentError `browser_start_failed`, AppError `driver_start_failed`.
 */
export const openBrowserSession = async (options: BrowserSessionOptions): Promise<BrowserSession> => {
  await mkdir(options.workDir, { recursive: true });
  // Unique: a session of the same name may still be ending.
  const dir = await mkdtemp(join(options.workDir, `browser-${options.sessionId}-`));
  const socketDir = await makeSocketFolder();
  const { origin, port } = new URL(options.previewUrl);
  const pacer = new InputPacer();
  const notes: string[] = [];
  const browser: { multiplexer?: PipeMultiplexer } = {};
  let session: BrowserSession | undefined;
  const relay = await startCdpRelay({
    host: options.host,
    multiplexer: () => browser.multiplexer,
    pace: pacer.delayOf,
    onInput: pacer.note,
  });
  const sweeping = sweepSocketFolders();
  const starting = Promise.allSettled([
    launchConfinedChromium({ ...options, port: Number(port || 80) }),
    McpDriver.start({ cdpUrl: relay.driverUrl, workDir: dir, socketDir, nodePath: options.nodePath }),
  ]);
  const [chromium, driver] = await starting;
  await sweeping;
  const abandon = async (error: unknown): Promise<never> => {
    await Promise.all([
      chromium.status === 'fulfilled' ? chromium.value.close() : undefined,
      driver.status === 'fulfilled' ? driver.value.close() : undefined,
      relay.close(),
    ]);
    await removeFolders([dir, socketDir]);
    throw error;
  };
  if (chromium.status === 'rejected') return abandon(chromium.reason);
  if (driver.status === 'rejected') return abandon(driver.reason);
  browser.multiplexer = chromium.value.multiplexer;
  const client = new CdpClient(browser.multiplexer.connect());
  try {
    const observer = await PageObserver.attach({
      client,
      size: options.size,
      origin,
      onDialog: () => void session?.dialogOpened(),
      onNote: (note) => notes.push(note),
    });
    // The server attaches at its first call; a read-only one, so that the first step does not pay for it.
    const tabs = await driver.value.call('browser_tabs', { action: 'list' });
    if (tabs.isError)
      throw new SessionLostError(
        `The MCP server could not attach to the browser: ${tabs.text.slice(0, 300)}`,
        { retryable: true },
      );
    session = new BrowserSession(
      options.sessionId,
      {
        chromium: chromium.value,
        relay,
        driver: driver.value,
        observer,
        pacer,
        origin,
        dirs: [dir, socketDir],
      },
      notes,
      options.limits,
    );
    return session;
  } catch (error) {
    return abandon(error);
  }
};

const removeFolders = async (dirs: string[]): Promise<void> => {
  await Promise.all(dirs.map((dir) => rm(dir, { recursive: true, force: true })));
};
