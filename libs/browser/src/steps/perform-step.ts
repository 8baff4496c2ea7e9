import {
  namesCopying,
  stepHolds,
  withNewFirst,
  type ActionRecord,
  type Decider,
  type Decision,
  type Evidence,
  type Feature,
  type Pace,
  type PageSnapshot,
  type SecretValues,
  type Step,
  type Verdict,
} from '@showrunner/contracts';
import { checkedDecision, decidedAction } from '../decide/check-decision';
import { findTarget } from '../decide/find-target';
import type { PageObserver } from '../observer/page-observer';
import type { DialogAnswer } from './dialog-handler';
import { wrongPage } from './failures';
import { wouldLoop, type ExecutedAction } from './loop-detection';
import type { ActResult, PageActor, StartedAction } from './page-actor';
import { PACES, UNWATCHED, type InputPacer } from './pace';
import type { Judgement } from './judge';
import { proveStep, type FirstSeen, type StepToProve } from './prove-step';
import { openedBox, revealedBoxes } from './revealed';
import { waitUntilStable } from './wait-until-stable';
import { watchOutcome, type Watched } from './watch-outcome';

export interface StepInput {
  feature: string;
  /** Of the feature: what it claims decides what speaks against it. */
  kind?: Feature['kind'];
  /** 0-based, -1 for the navigation that starts a feature. */
  stepIndex: number;
  step: Step;
  seq: number;
  attempt: number;
  pace: Pace;
  /** Decided before: nobody is asked. */
  decision?: Decision;
  /** False: the step ends when its outcome is known; whoever wants to look at the page then waits until it is stable. Default true. */
  stable?: boolean;
}

export interface StepContext {
  observer: PageObserver;
  actor: PageActor;
  pacer: InputPacer;
  origin: string;
  secrets: SecretValues;
  /** Decides within a step, so it must be quick; asked again while the page settles. */
  decider: Decider;
  /** Actions carried out in this session, oldest first. */
  executed: (ExecutedAction & { feature: string; step: number })[];
  /** What there was before first attempts, by feature and step: what a retried step compares with. */
  firstSeen: Map<string, FirstSeen>;
  /** What the step under way says to a question of the browser. */
  dialogAnswer?: DialogAnswer;
  /** What the last step claimed and how it was judged; undefined when it claimed nothing or failed before it could be judged. */
  lastProof?: { claim: StepToProve; judged: Judgement };
}

const HELD_BEFORE = 'The success condition held before the action, so the action would prove nothing.';
const LOOPS = 'The same action on the same page was carried out twice already without success: a loop.';
const STUCK = 'It was carried out twice, and the page is as it was before: a loop.';

/**
 * One step of the plan: observe, decide, act by one MCP tool call, wait for the success condition, let the page come to rest, judge. A step whose
 * condition held already proves nothing and fails, unless it is a retry that finds its work done (`skipped`, verified). Throws only when the
 * session is lost.
 */
export const performStep = async (context: StepContext, input: StepInput): Promise<ActionRecord> => {
  const step = context.secrets.mask(input.step);
  const record = await carryOut(context, { ...input, step: context.secrets.exactly(step) });
  return context.secrets.mask(record);
};

async function carryOut(context: StepContext, input: StepInput): Promise<ActionRecord> {
  const { observer, actor, pacer } = context;
  const startMs = Date.now();
  context.lastProof = undefined;
  const [before, messages] = await Promise.all([observer.snapshot(), observer.messages()]);
  const key = `${input.feature}#${input.stepIndex}`;
  const now: FirstSeen = { page: before, messages, atMs: startMs };
  const first = input.attempt > 1 ? (context.firstSeen.get(key) ?? now) : now;
  context.firstSeen.set(key, first);
  const step = withNewFirst(input.step, first.page);
  const record = (outcome: Outcome): ActionRecord => ({
    seq: input.seq,
    feature: input.feature,
    step: input.stepIndex,
    attempt: input.attempt,
    caption: step.caption,
    action: step.action,
    tool: outcome.started?.tool ?? 'none',
    arguments: outcome.started?.arguments ?? {},
    box: outcome.started?.box ?? null,
    ...(outcome.started?.toBox && {
      drag: { to: outcome.started.toBox, ms: pacer.heldMs },
    }),
    ...(outcome.started?.list && { list: outcome.started.list }),
    ...(outcome.after === undefined ? {} : whatCame(before, outcome.after)),
    startMs,
    actMs: outcome.actMs ?? startMs,
    endMs: outcome.endMs ?? Date.now(),
    result: outcome.result,
    verified: outcome.result !== 'failed',
    verdict: outcome.result !== 'failed' ? 'verified' : (outcome.verdict ?? 'unproven'),
    ...(outcome.evidence === undefined ? {} : { evidence: outcome.evidence }),
    ...(outcome.error === undefined ? {} : { error: outcome.error }),
    ...(outcome.decision === undefined ? {} : { decision: outcome.decision }),
    fingerprintBefore: before.fingerprint,
    fingerprintAfter: outcome.after?.fingerprint ?? before.fingerprint,
  });

  const triedBefore = context.executed.some(
    (one) => one.feature === input.feature && one.step === input.stepIndex,
  );
  if (stepHolds(step, before, first.page)) {
    if (first.refused !== undefined && triedBefore)
      return record({ result: 'failed', verdict: 'refuted', error: first.refused });
    // Only an action that this session really carried out can have succeeded late.
    if (input.attempt > 1 && triedBefore) return skipped(context, { ...input, step }, first, before, record);
    return record({ result: 'failed', error: HELD_BEFORE });
  }

  const deadline = startMs + step.timeoutMs;
  const { decision, found } = await findTarget(
    observer,
    async (page) =>
      checkedDecision(input.decision ?? (await context.decider.resolve(page, step)), page, step),
    deadline,
    before,
  );
  if (decision.outcome !== 'resolved')
    return record({ result: 'failed', error: decision.evidence, decision });
  const action = decidedAction(step.action, decision);
  const { success } = step;
  if (wouldLoop(context.executed, { fingerprint: before.fingerprint, action, success }))
    return { ...record({ result: 'failed', error: LOOPS, decision }), loop: true };

  context.dialogAnswer = step.dialog;
  // What lies in the clipboard afterwards has come since.
  if ('target' in action && namesCopying(`${action.target?.name ?? ''} ${step.caption}`))
    await observer.clipboard.empty();
  await observer.attend(true);
  try {
    const seed = `${input.feature}/${input.stepIndex}`;
    const act: ActResult = await actor.act(action, {
      pace: input.pace,
      seed,
      deadline,
      ...(found === undefined ? {} : { found }),
    });
    if ('error' in act) return record({ result: 'failed', error: act.error, decision });
    const { started } = act;

    const watched = await watchOutcome(context, step, first.page, started, started.calledAt);
    const actMs = pacer.actedAt ?? started.calledAt;
    const outcome = await outcomeOf(context, { ...input, step }, first, watched, { actMs, action });
    if (outcome.verdict === 'refuted') first.refused = outcome.error;
    const done = record({ ...outcome, started, actMs, decision });
    const { feature, verified, fingerprintBefore, fingerprintAfter } = done;
    context.executed.push({ feature, step: done.step, action, success, verified, fingerprintBefore });
    const isStuck =
      !verified && wouldLoop(context.executed, { fingerprint: fingerprintAfter, action, success });
    return isStuck ? { ...done, error: `${done.error ?? ''} ${STUCK}`.trim(), loop: true } : done;
  } finally {
    if (!observer.hasCrashed) await observer.attend(false);
  }
}

function whatCame(before: PageSnapshot, after: PageSnapshot): Pick<ActionRecord, 'revealed' | 'opened'> {
  const opened = openedBox(before, after);
  return { revealed: revealedBoxes(before, after), ...(opened && { opened }) };
}

interface Outcome {
  result: ActionRecord['result'];
  verdict?: Verdict;
  evidence?: Evidence[];
  error?: string;
  decision?: Decision;
  started?: StartedAction;
  actMs?: number;
  endMs?: number;
  after?: PageSnapshot;
}

/** Texts that an action brings in: what is typed, and what is chosen from a list. */
const enteredBy = (action: Step['action']): string[] =>
  action.type === 'type'
    ? // What is covered is seen nowhere.
      action.secret === undefined
      ? [action.text]
      : []
    : action.type === 'click' && action.target.role === 'option'
      ? [action.target.name]
      : [];

/** Writing into a field and pointing at something claim nothing yet: that the field holds the text is all that there is to see. */
export const isClaim = ({ action, success }: Step): boolean =>
  !(action.type === 'type' && !action.submit && success.kind === 'value') &&
  success.kind !== 'done' &&
  action.type !== 'hover' &&
  action.type !== 'scroll';

/** The outcome with what the page at rest says of it; with the pace of a person the step ends only then. */
async function outcomeOf(
  context: StepContext,
  input: StepInput,
  first: FirstSeen,
  watched: Watched,
  { actMs, action }: { actMs: number; action: Step['action'] },
): Promise<Outcome> {
  const { observer } = context;
  const { step, pace, stable = true } = input;
  const { holds, error, after, endMs } = watched;
  const failed: Outcome = {
    result: 'failed',
    verdict: 'unproven',
    error: error ?? '',
    endMs,
    ...(after && { after }),
  };
  if (after === undefined) return failed;
  const wrong = wrongPage(observer, context.origin, after);
  if (wrong !== undefined) return { ...failed, verdict: 'refuted', error: wrong };
  if (!isClaim(step)) {
    if (!holds) return failed;
    const rest = stable
      ? await waitUntilStable(observer, after, pace === 'none' ? UNWATCHED : PACES[pace].written)
      : after;
    return { result: 'succeeded', after: rest, endMs: pace === 'none' ? endMs : Date.now() };
  }
  const typed = context.executed
    .filter((one) => one.feature === input.feature)
    .concat({ feature: input.feature, step: input.stepIndex, action, verified: holds, fingerprintBefore: '' })
    .flatMap((one) => enteredBy(one.action));
  const claim: StepToProve = {
    ...{ step, kind: input.kind, typed, first, actMs, holds, seen: after },
    stability: pace === 'none' || !holds ? UNWATCHED : PACES[pace].shown,
  };
  const judged = await proveStep(observer, claim);
  context.lastProof = { claim, judged };
  const { verdict, evidence, reason, rest } = judged;
  const end = { evidence, after: rest, endMs: pace === 'none' && holds ? endMs : Date.now() };
  const left = wrongPage(observer, context.origin, rest);
  if (left !== undefined) return { result: 'failed', verdict: 'refuted', error: left, ...end };
  if (verdict === 'verified') return { result: 'succeeded', verdict, ...end };
  return { result: 'failed', verdict, error: [error, reason].filter(Boolean).join(' '), ...end };
}

/** A retry that finds its work done: it counts as it would have counted then. */
async function skipped(
  { observer, executed }: StepContext,
  { step, kind, feature }: StepInput,
  first: FirstSeen,
  before: PageSnapshot,
  record: (outcome: Outcome) => ActionRecord,
): Promise<ActionRecord> {
  if (!isClaim(step)) return record({ result: 'skipped' });
  const typed = executed.filter((one) => one.feature === feature).flatMap((one) => enteredBy(one.action));
  const { verdict, evidence, reason, rest } = await proveStep(observer, {
    ...{ step, kind, typed, first, actMs: first.atMs, holds: true, seen: before, stability: UNWATCHED },
  });
  return verdict === 'verified'
    ? record({ result: 'skipped', evidence, after: rest })
    : record({ result: 'failed', verdict, evidence, error: reason ?? HELD_BEFORE, after: rest });
}
