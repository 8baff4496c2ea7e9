import { CancellationScope, condition } from '@temporalio/workflow';
import { isRecorded, MOST_MARKED_FEATURES, storageKeys } from '@showrunner/contracts';
import type {
  DriveSessionInput,
  ManualAction,
  ManualActionOutcome,
  Mark,
  MarkAnswer,
  Milestone,
  RunFailure,
  RunningApp,
  SandboxRef,
} from '@showrunner/contracts';
import { agent, state } from './activity-options';
import { failureOf, failWorkflow, isLimitReached, isSandboxLost, isSessionLost } from './failure';
import { filmSession } from './film-session';
import type { FilmSession } from './film-session';
import { SessionMarks } from './session-marks';

/** A browser that nobody drives any more goes by itself, should its workflow be gone. */
const GRACE_MS = 60_000;
const noop = (): void => undefined;

/** A browser that somebody drives: one thing at a time, each with a place in the log. */
export class DrivenBrowser {
  readonly marks = new SessionMarks();
  readonly milestones: Milestone[] = [];
  /** Counts what was asked, and what was answered. */
  asked = 0;
  answered = 0;
  /** Why nothing more can be done in it. */
  lost: RunFailure | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private seq = 0;
  private steps = 0;

  private constructor(
    private readonly input: DriveSessionInput,
    readonly session: FilmSession,
    /** Cancelled by a kill. */
    private readonly scope: CancellationScope,
  ) {}

  /** Opens the browser on the app, and the app's first page once it is recorded. @param isStopped asked while no recorder is free */
  static async open(
    input: DriveSessionInput,
    { sandbox, app }: { sandbox: SandboxRef; app: RunningApp },
    scope: CancellationScope,
    isStopped: () => boolean,
  ): Promise<DrivenBrowser> {
    const { runId, size, session: spec } = input;
    // Not taken back while it opens: nobody would know then which process holds it.
    const ref = await CancellationScope.nonCancellable(() =>
      agent.openSession.executeWithOptions({ summary: 'open the browser' }, [
        {
          ...{ ...sandbox, runId, app, size, session: { film: 1, number: 1, opening: 1 } },
          idleMs: spec.idleMs + GRACE_MS,
        },
      ]),
    );
    const browser = new DrivenBrowser(input, filmSession(input, ref, 1), scope);
    try {
      await browser.session.startRecording(isStopped);
      if (!isStopped()) await browser.act({ tool: 'browser_navigate', arguments: { url: app.path } });
    } catch (error) {
      await browser.close();
      throw error;
    }
    return browser;
  }

  get stepsLeft(): number {
    return Math.max(0, this.input.session.maxSteps - this.steps);
  }

  /** What speaks against one more action, if anything does. */
  refusal(): RunFailure | undefined {
    if (this.stepsLeft > 0) return undefined;
    return {
      code: 'session_steps_used_up',
      message: `The session has used all of its ${this.input.session.maxSteps} steps.`,
      stage: 'filming',
      remedy: 'End it with POST /api/sessions/{id}/end, or open one with more `maxSteps`.',
    };
  }

  act(call: ManualAction): Promise<ManualActionOutcome> {
    this.steps += 1;
    return this.inTurn(async () => {
      const { runId, pace } = this.input;
      const seq = this.seq++;
      const replyKey = storageKeys.reply(runId, String(seq));
      const { ref, activities, takeId } = this.session;
      const at = this.marks.next();
      const summary = `${at.feature} ${at.step + 1} · ${call.tool}`;
      const { isError, record } = await activities.useTool.executeWithOptions({ summary }, [
        { sessionId: ref.sessionId, call, ...at, seq, pace, replyKey },
      ]);
      const action = record !== null && isRecorded(record) ? record : null;
      if (action !== null) {
        this.marks.add(action);
        await state.recordAction({ runId, film: 1, sessionId: ref.sessionId, takeId, record: action });
      }
      return { seq, tool: call.tool, isError, replyKey, action, stepsLeft: this.stepsLeft };
    });
  }

  mark(mark: Mark): Promise<Omit<MarkAnswer, 'session_id'>> {
    return this.inTurn(() => (mark.kind === 'start' ? this.begin(mark) : this.succeed(mark)));
  }

  /** Resolves once nothing is being done. */
  settled(): Promise<void> {
    return condition(() => this.asked === this.answered);
  }

  async close(): Promise<void> {
    await this.session.close();
  }

  private async begin(mark: Extract<Mark, { kind: 'start' }>): Promise<Omit<MarkAnswer, 'session_id'>> {
    if (this.marks.find(mark.feature)?.status === 'verified')
      failWorkflow({
        ...{ code: 'feature_marked_already', stage: 'filming' },
        message: `The feature ${mark.feature} has succeeded already.`,
        remedy: 'Give the next feature an id of its own.',
      });
    if (this.marks.find(mark.feature) === undefined && this.marks.count >= MOST_MARKED_FEATURES)
      failWorkflow({
        ...{ code: 'marks_used_up', stage: 'filming' },
        message: `The session has ${MOST_MARKED_FEATURES} features already, as many as a film may have.`,
        remedy: 'End it with POST /api/sessions/{id}/end, and go on in another.',
      });
    const { activities, ref } = this.session;
    const { atMs } = await activities.beginMarked.executeWithOptions({ summary: `${mark.feature} begins` }, [
      { sessionId: ref.sessionId },
    ]);
    const left = this.marks.begin(mark);
    if (left) await this.tell({ feature: left.feature, kind: 'failed', atMs, ...reasonOf(left) });
    await this.tell({ feature: mark.feature, kind: 'started', atMs });
    const { feature, title } = this.marks.find(mark.feature) ?? { feature: mark.feature, title: '' };
    return { feature, title, status: 'open', at: atMs / 1000, evidence: [] };
  }

  private async succeed(mark: Extract<Mark, { kind: 'success' }>): Promise<Omit<MarkAnswer, 'session_id'>> {
    const open = this.marks.open;
    if (open === undefined)
      return failWorkflow({
        ...{ code: 'no_feature_begun', stage: 'filming' },
        message: 'No feature has begun that could have succeeded.',
        remedy: 'Mark its start first: {"kind": "start", "feature": "sign-in"}.',
      });
    const { condition: wanted } = mark;
    const { activities, ref } = this.session;
    const sessionId = ref.sessionId;
    if (wanted === undefined) {
      const { atMs } = await activities.beginMarked.executeWithOptions(
        { summary: `${open.feature} is claimed` },
        [{ sessionId }],
      );
      const claimed = this.marks.succeed(undefined, { isVerified: false });
      await this.tell({ feature: open.feature, kind: 'failed', atMs, ...reasonOf(claimed) });
      return { ...claimed, at: atMs / 1000, evidence: [] };
    }
    const proof = await activities.proveMarked.executeWithOptions(
      { summary: `${open.feature} · look whether it succeeded` },
      [{ sessionId, claim: { condition: wanted, kind: this.marks.kindOf(open.feature) } }],
    );
    const marked = this.marks.succeed(wanted, proof);
    if (marked.status === 'verified')
      await this.tell({ feature: open.feature, kind: 'succeeded', atMs: proof.atMs });
    return { ...marked, at: proof.atMs / 1000, evidence: proof.evidence };
  }

  private async tell(milestone: Milestone): Promise<void> {
    this.milestones.push(milestone);
    await state.recordMilestone({ runId: this.input.runId, milestone });
  }

  /** After what was asked before. What cannot be done is told to who asked, and to the session when it is the end of that. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.asked += 1;
    const next = this.turn
      .then(() => this.scope.run(work))
      .catch((error: unknown) => {
        const failure = failureOf(error, 'filming');
        if (isSessionLost(error) || isSandboxLost(error) || isLimitReached(error)) this.lost ??= failure;
        return failWorkflow(failure);
      });
    this.turn = next.then(noop, noop).then(() => void (this.answered += 1));
    return next;
  }
}

const reasonOf = ({ reason }: { reason?: string }): { reason?: string } =>
  reason === undefined ? {} : { reason };
