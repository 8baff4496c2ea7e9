import {
  SessionLostError,
  type ActionRecord,
  type Condition,
  type Decider,
  type Decision,
  type GivenSecrets,
  type Pace,
  type PageSnapshot,
  type PerformedAction,
  type ProvenMark,
  type SecretValues,
  type StepAction,
  type StepToDecide,
  type SuccessClaim,
} from '@showrunner/contracts';
import { MarkedActions } from '../by-hand/marked-actions';
import { proveMark } from '../by-hand/prove-mark';
import { useTool, type ByHandParts, type ToolUseInput } from '../by-hand/use-tool';
import { CdpClient } from '../cdp/cdp-client';
import type { CdpRelay } from '../cdp/relay-server';
import type { ConfinedChromium } from '../confinement/confined-chromium';
import type { SessionFrames } from '../frames/session-frames';
import { WayClearer } from '../obstacles/clear-the-way';
import { removeFolders } from '../confinement/scratch-folders';
import { checkedDecision } from '../decide/check-decision';
import { ruleDecider } from '../decide/rule-decider';
import type { McpDriver, ToolReply } from '../mcp/mcp-driver';
import type { AppNames } from '../observer/app-names';
import type { PageObserver } from '../observer/page-observer';
import { waitUntilStable, type Stability } from '../steps/wait-until-stable';
import { closeDialog, isAccepted } from '../steps/dialog-handler';
import { PACES, UNWATCHED, type InputPacer } from '../steps/pace';
import type { Judgement } from '../steps/judge';
import { PageActor } from '../steps/page-actor';
import { checkBudget } from '../steps/check-budget';
import { performStep, type StepContext, type StepInput } from '../steps/perform-step';
import { proveStep } from '../steps/prove-step';
import { pause, waitUntil } from '../steps/wait-until';
import { beginFeature, type FeatureStart } from './begin-feature';
import { pictureOf } from './picture-of';
import { onTakeClock } from './take-time';

export interface ActionOutcome {
  /** Set when the action could not be carried out. */
  error: string | undefined;
  after: PageSnapshot;
}

const DEFAULT_LIMITS = { maxSteps: 400, maxMs: 30 * 60_000 };
/** What a page does within this time may be the effect of the last input. */
const LEFT_AFTER_INPUT_MS = 1500;
/** Waited for after an action while exploring. */
const ACTED: Stability = { stableMs: 80, maxMs: 500, unwatched: true };
/** While exploring, of a page that was opened or changed: what is seen is planned with. */
const EXPLORED: Stability = { stableMs: 360, idleMs: 120, maxMs: 1800, unwatched: true };
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
  private readonly way: WayClearer;
  private readonly byHand: ByHandParts;
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
      secrets: SecretValues;
      dirs: string[];
      frames: SessionFrames;
    },
    private readonly told: string[],
    limits: { maxSteps: number; maxMs: number } | undefined,
  ) {
    const { observer, driver, pacer, origin, secrets } = parts;
    this.limits = limits ?? DEFAULT_LIMITS;
    const actor = new PageActor(observer, driver, pacer, origin, () => this.way.clear(), secrets);
    this.way = new WayClearer(observer, actor, (note) => this.told.push(note));
    this.context = {
      observer,
      pacer,
      origin,
      secrets,
      decider: ruleDecider,
      actor,
      executed: [],
      firstSeen: new Map(),
    };
    this.byHand = { context: this.context, driver, actions: new MarkedActions() };
    void parts.chromium.exited.then(() => {
      this.lostBecause ??= 'The browser of this session ended.';
      return this.close();
    });
  }

  /** The pictures of the session, for its recorder and for whoever looks on; also the clock of its take. */
  get frames(): SessionFrames {
    return this.parts.frames;
  }

  /** A DevTools client of the browser for whoever measures it. Its holder closes it. */
  connectDevTools(): CdpClient {
    return new CdpClient(this.parts.chromium.multiplexer.connect());
  }

  /** What this session knows of secrets, with those that were typed in it into fields of secrets. */
  get secrets(): SecretValues {
    return this.parts.secrets;
  }

  /** These are typed by name and covered from now on, too. */
  learnSecrets(values: GivenSecrets): Promise<void> {
    return this.alive(async () => {
      this.parts.secrets.learn(values);
      await this.parts.observer.coverSought();
    });
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

  /** Other servers of the app itself that its pages asked for data in vain. */
  get unreachableAddresses(): string[] {
    return this.parts.observer.unreachable.ownAddresses;
  }

  get isLost(): boolean {
    return this.lostBecause !== undefined;
  }

  /** Resolves when the browser is gone, whoever ended it. */
  get ended(): Promise<void> {
    return this.parts.chromium.exited.then(() => undefined);
  }

  snapshot(): Promise<PageSnapshot> {
    return this.alive(() => this.parts.observer.snapshot());
  }

  /** What the page's head and its web manifest call the app. */
  appNames(): Promise<AppNames> {
    return this.alive(() => this.parts.observer.appNames());
  }

  /** What the page's program and its files said went wrong, one sentence each. */
  troubles(): Promise<string[]> {
    return this.alive(() => this.parts.observer.troubles());
  }

  /** What the page shows once it is stable: for a look after a step that did not wait for that. */
  snapshotWhenStable(): Promise<PageSnapshot> {
    return this.alive(() => this.settled(UNWATCHED));
  }

  /** What the page shows once what it has asked for is there. */
  snapshotWhenLoaded(): Promise<PageSnapshot> {
    return this.alive(() => this.settled(PACES.none.opened));
  }

  /** What the page shows once it is at rest (exploring). */
  snapshotAtRest(): Promise<PageSnapshot> {
    return this.alive(() => this.settled(EXPLORED));
  }

  /** Whether nothing is being loaded and nothing slides or fades. */
  isIdle(): Promise<boolean> {
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
    return this.alive(() => {
      this.way.forget();
      // What was done for another stage is no loop of this one.
      this.context.executed.length = 0;
      this.context.firstSeen.clear();
      this.context.lastProof = undefined;
      return this.parts.observer.forget();
    });
  }

  /** Leaves what lies over the page: consent banners, tours, offers. Not an action, not recorded; answers whether there was anything. */
  clearTheWay(): Promise<boolean> {
    return this.alive(() => this.way.clear());
  }

  /** Loads a path without the agent (exploring): not an action, not recorded. */
  navigate(path: string): Promise<{ status: number | undefined; errorText: string | undefined }> {
    return this.alive(() => this.parts.observer.navigate(path));
  }

  /** Carries out one action by one MCP tool call and lets the page settle; no condition, no record (exploring). */
  performAction(
    action: StepAction,
    options: { timeoutMs?: number; pace?: Pace } = {},
  ): Promise<ActionOutcome> {
    return this.alive(async () => {
      this.spend();
      const { actor, observer } = this.context;
      const deadline = Date.now() + (options.timeoutMs ?? 5000);
      const act = await actor.act(action, {
        pace: options.pace ?? 'none',
        seed: JSON.stringify(action),
        deadline,
      });
      if ('error' in act) return { error: act.error, after: await observer.snapshot() };
      const reply = await act.started.finished;
      return {
        error: reply.isError ? this.secrets.text(reply.text).slice(0, 300) : undefined,
        after: await this.settled(),
      };
    });
  }

  /** One bare MCP tool call, as the server offers it: no finding, no proof, no record. */
  callTool(tool: string, args: Record<string, unknown>): Promise<ToolReply> {
    return this.alive(() => this.context.actor.callTool(tool, args));
  }

  performStep(input: StepInput): Promise<PerformedAction> {
    return this.alive(async () => {
      this.spend();
      return this.timed(await performStep(this.context, input));
    });
  }

  /**
   * One tool of the MCP server that somebody asked for: what it answers, and what it did. Looks have no record.
   * @param input its call is one that `manualToolCall` let through
   */
  useTool(
    input: ToolUseInput,
  ): Promise<{ reply: ToolReply; picture?: Uint8Array; record: PerformedAction | null }> {
    return this.alive(async () => {
      this.spend();
      if (input.call.tool === 'browser_take_screenshot') {
        const picture = await pictureOf(this.connectDevTools());
        const reply = { isError: picture === undefined, text: picture ? '' : 'The page shows nothing now.' };
        return { reply, ...(picture && { picture }), record: null };
      }
      const { reply, record } = this.secrets.mask(await useTool(this.byHand, input));
      return { reply, record: record === null ? null : this.timed(record) };
    });
  }

  /** A feature begins: from now on what is done counts for its success. Answers the time on the take's clock, ms. */
  beginMarked(): Promise<number> {
    return this.alive(() => {
      this.byHand.actions.begin();
      return Promise.resolve(this.takeMs());
    });
  }

  /** Whether what a feature was marked for can be seen, and was brought about since it began. */
  proveMarked(claim: SuccessClaim): Promise<ProvenMark> {
    return this.alive(async () => ({
      ...this.secrets.mask(await proveMark(this.byHand, this.secrets.mask(claim))),
      atMs: this.takeMs(),
    }));
  }

  /** What the last step is held for, and whether it claims to last; undefined when it claimed nothing. */
  get lastJudgement(): Judgement | undefined {
    return this.context.lastProof?.judged;
  }

  /**
   * Judges the last step once more, by what page and server have said since; undefined when it claimed nothing. Nothing is done to the page.
   * @param success what it is held to have brought about, which may have been learned from what it did
   */
  lookAgain(success: Condition): Promise<Judgement | undefined> {
    return this.alive(async () => {
      const { lastProof } = this.context;
      if (lastProof === undefined) return undefined;
      const { observer } = this.parts;
      return proveStep(observer, {
        ...lastProof.claim,
        step: { ...lastProof.claim.step, success },
        ...{ holds: true, seen: await observer.snapshot(), stability: UNWATCHED },
      });
    });
  }

  /**
   * Resolves when nobody has touched the page for so many ms: what it changes meanwhile, it changes by itself.
   * @param isLeft the page is only looked at afterwards, then another one is loaded: a page that lives by its timers alone has its time at once
   * @returns whether it had: then its time stands still, and it can only be looked at
   */
  leaveAlone(ms: number, isLeft = false): Promise<boolean> {
    return this.alive(async () => {
      const { observer } = this.parts;
      await observer.settle();
      const due = async (): Promise<number> => ms - (await observer.leftAloneMs());
      // A page that is loaded again meanwhile begins anew; it is not waited for longer than twice.
      const deadline = Date.now() + 2 * ms + LEFT_AFTER_INPUT_MS;
      const isForwarded = isLeft && (await observer.forward(await due()));
      for (let left = await due(); left > 0 && Date.now() < deadline; left = await due())
        await observer.pass(Math.min(left, 250));
      return isForwarded;
    });
  }

  /** Unix ms at which an action last made the page ask its server for something; undefined when none has. */
  get lastAskedAt(): number | undefined {
    return this.parts.observer.caused.lastAskedAt;
  }

  /** Remembers what the app keeps in this browser; calling the answer brings that back, where it has changed. */
  keepStorage(): Promise<() => Promise<void>> {
    return this.alive(async () => {
      const { observer } = this.parts;
      const kept = await observer.storage();
      return () => this.alive(() => observer.putBack(kept));
    });
  }

  /** Asks a decider, which may take its time, about the page as it is now. Nothing is done to the page. */
  decide(decider: Decider, step: StepToDecide): Promise<Decision> {
    return this.alive(async () => {
      const page = await this.parts.observer.snapshot();
      const look = { picture: () => pictureOf(this.connectDevTools()) };
      return checkedDecision(await decider.resolve(page, step, look), page, step);
    });
  }

  /**
   * Brings the page to the feature's start path, or looks where it stands when the feature goes on from the last one.
   */
  beginFeature(input: FeatureStart): Promise<PerformedAction> {
    return this.alive(async () => {
      this.spend();
      return this.timed(await beginFeature(this.context, input, () => this.way.clear()));
    });
  }

  /** Ends browser, MCP server and relay, and removes the session's folder. May be called again. */
  close(): Promise<void> {
    this.lostBecause ??= 'The session was closed.';
    this.frames.close();
    this.closing ??= this.end();
    return this.closing;
  }

  /** @internal Dialogs stop the page: closed through the MCP server, which must not be left with an open one. */
  async dialogOpened(): Promise<void> {
    const { observer } = this.parts;
    const dialog = observer.openDialog;
    if (dialog === undefined) return;
    const { actor, dialogAnswer } = this.context;
    const isOpen = (): boolean => observer.openDialog !== undefined;
    const closed = await closeDialog(actor, dialog, isOpen, dialogAnswer).catch((error: unknown) => {
      // Nobody waits for this: whoever acts next is told that the session is lost.
      this.lostBecause ??= error instanceof Error ? error.message : String(error);
      return undefined;
    });
    if (closed === undefined) return;
    const done = closed ? (isAccepted(dialog, dialogAnswer) ? 'accepted' : 'dismissed') : 'left open';
    this.told.push(`The app showed a dialog (${dialog.type}: "${dialog.message}"), which was ${done}.`);
    if (closed) return;
    // Nothing more can be seen or done in a page that stands still.
    this.lostBecause ??= `A dialog of the app could not be closed (${dialog.type}).`;
    await this.close();
  }

  private async settled(stability = ACTED): Promise<PageSnapshot> {
    const { observer } = this.parts;
    return waitUntilStable(observer, await observer.snapshot(), stability);
  }

  private takeMs(): number {
    return Math.round(Date.now() - (this.frames.takeStartedAtMs ?? Date.now()));
  }

  private timed(record: ActionRecord): PerformedAction {
    return onTakeClock(record, this.frames.takeStartedAtMs);
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
