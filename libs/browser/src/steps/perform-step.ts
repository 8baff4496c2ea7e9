import {
  AppError,
  evaluateCondition,
  SessionLostError,
  type ActionRecord,
  type Condition,
  type Decider,
  type Decision,
  type Pace,
  type PageSnapshot,
  type Step,
} from '@showrunner/contracts';
import { checkedDecision, decidedAction } from '../decide/check-decision';
import { findTarget } from '../decide/find-target';
import type { PageObserver } from '../observer/page-observer';
import type { DialogAnswer } from './dialog-handler';
import { waitUntilStable } from './wait-until-stable';
import { wouldLoop, type ExecutedAction } from './loop-detection';
import type { ActResult, PageActor, StartedAction } from './page-actor';
import { PACES, UNWATCHED, type InputPacer } from './pace';
import { revealedBoxes } from './revealed';
import { pause } from './wait-until';

export interface StepInput {
  feature: string;
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
  /** Decides within a step, so it must be quick; asked again while the page settles. */
  decider: Decider;
  /** Actions carried out in this session, oldest first. */
  executed: (ExecutedAction & { feature: string; step: number })[];
  /** Pages before first attempts, by feature and step: what a retried step compares with. */
  firstSeen: Map<string, PageSnapshot>;
  /** What the step under way says to a question of the browser. */
  dialogAnswer?: DialogAnswer;
}

const POLL_MS = 50;
const HELD_BEFORE = 'The success condition held before the action, so the action would prove nothing.';
const LOOPS = 'The same action on the same page was carried out twice already without success: a loop.';
const STUCK = 'It was carried out twice, and the page is as it was before: a loop.';
/** Actions whose input is delivered before their tool call answers: their condition is watched meanwhile. */
const WATCHED_EARLY = new Set(['click', 'press']);

/**
 * One step of the plan: observe, decide, act by one MCP tool call, verify by the success condition, settle. A step whose condition held already proves
 * nothing and fails, unless it is a retry that finds its work done (`skipped`, verified). Throws only when the session is lost.
 */
export const performStep = async (context: StepContext, input: StepInput): Promise<ActionRecord> => {
  const { observer, actor, pacer } = context;
  const { step } = input;
  const startMs = Date.now();
  const before = await observer.snapshot();
  const key = `${input.feature}#${input.stepIndex}`;
  const reference = input.attempt > 1 ? (context.firstSeen.get(key) ?? before) : before;
  context.firstSeen.set(key, reference);
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
    ...(outcome.after === undefined ? {} : { revealed: revealedBoxes(before, outcome.after) }),
    startMs,
    actMs: outcome.actMs ?? startMs,
    endMs: outcome.endMs ?? Date.now(),
    result: outcome.result,
    verified: outcome.result !== 'failed',
    ...(outcome.error === undefined ? {} : { error: outcome.error }),
    ...(outcome.decision === undefined ? {} : { decision: outcome.decision }),
    fingerprintBefore: before.fingerprint,
    fingerprintAfter: outcome.after?.fingerprint ?? before.fingerprint,
  });

  const triedBefore = context.executed.some(
    (one) => one.feature === input.feature && one.step === input.stepIndex,
  );
  if (evaluateCondition(step.success, before, reference)) {
    // Only an action that this session really carried out can have succeeded late.
    if (input.attempt > 1 && triedBefore) return record({ result: 'skipped' });
    return record({ result: 'failed', error: HELD_BEFORE });
  }

  const deadline = startMs + step.timeoutMs;
  const { decision, found } = await findTarget(
    observer,
    async (page) =>
      checkedDecision(input.decision ?? (await context.decider.resolve(page, step)), page, step),
    deadline,
  );
  if (decision.outcome !== 'resolved')
    return record({ result: 'failed', error: decision.evidence, decision });
  const action = decidedAction(step.action, decision);
  const { success } = step;
  if (wouldLoop(context.executed, { fingerprint: before.fingerprint, action, success }))
    return { ...record({ result: 'failed', error: LOOPS, decision }), loop: true };

  context.dialogAnswer = step.dialog;
  const seed = `${input.feature}/${input.stepIndex}`;
  const act: ActResult = await actor.act(action, {
    pace: input.pace,
    seed,
    deadline,
    ...(found === undefined ? {} : { found }),
  });
  if ('error' in act) return record({ result: 'failed', error: act.error, decision });
  const { started } = act;

  const seen = await watch(context, input, reference, started);
  const actMs = pacer.actedAt ?? started.calledAt;
  const done = record({ started, actMs, decision, ...(await onceStable(observer, input, seen)) });
  const { feature, verified, fingerprintBefore, fingerprintAfter } = done;
  context.executed.push({ feature, step: done.step, action, success, verified, fingerprintBefore });
  const isStuck =
    !verified && wouldLoop(context.executed, { fingerprint: fingerprintAfter, action, success });
  return isStuck ? { ...done, error: `${done.error ?? ''} ${STUCK}`.trim(), loop: true } : done;
};

interface Outcome {
  result: ActionRecord['result'];
  error?: string;
  decision?: Decision;
  started?: StartedAction;
  actMs?: number;
  endMs?: number;
  after?: PageSnapshot;
}

/** The outcome once the page is stable; with the pace of a person the step ends only then. */
const onceStable = async (
  observer: PageObserver,
  { step, pace, stable = true }: StepInput,
  seen: Outcome,
): Promise<Outcome> => {
  if (seen.after === undefined || !stable) return seen;
  if (pace === 'none' || seen.result !== 'succeeded')
    return { ...seen, after: await waitUntilStable(observer, seen.after, UNWATCHED) };
  const writes = (step.action.type === 'type' && !step.action.submit) || step.action.type === 'hover';
  const after = await waitUntilStable(observer, seen.after, PACES[pace][writes ? 'written' : 'shown']);
  return { ...seen, after, endMs: Date.now() };
};

/** Waits for the condition, the tool's failure, a crash, or the time-out. */
const watch = async (
  context: StepContext,
  { step }: StepInput,
  reference: PageSnapshot,
  started: StartedAction,
): Promise<Outcome> => {
  const { observer, pacer } = context;
  let reply: { isError: boolean; text: string } | undefined;
  let lost: Error | undefined;
  const answered = started.finished.then(
    (value) => void (reply = value),
    (error: unknown) => void (lost = error instanceof Error ? error : new SessionLostError(String(error))),
  );
  let latest: PageSnapshot | undefined;
  let deadline = Number.POSITIVE_INFINITY;
  const early = WATCHED_EARLY.has(step.action.type);
  try {
    for (;;) {
      if (!early) await answered;
      if (lost !== undefined) throw lost;
      // Once the page has had its input, a tool that then stumbles (a tab that opened and is gone) proves nothing: the condition decides.
      if (reply?.isError && !pacer.isDelivered) return failed(toolFailure(reply.text));
      if (reply !== undefined) deadline = Math.min(deadline, Date.now() + step.timeoutMs);
      if (reply !== undefined || pacer.isDelivered) {
        latest = await observer.snapshot();
        const endMs = Date.now();
        if (evaluateCondition(step.success, latest, reference)) {
          const wrong = wrongPage(observer, context.origin, latest);
          return wrong === undefined
            ? { result: 'succeeded', endMs, after: latest }
            : { result: 'failed', error: wrong, endMs, after: latest };
        }
      }
      if (Date.now() >= deadline) break;
      await (reply === undefined ? Promise.race([answered, pause(POLL_MS)]) : pause(POLL_MS));
    }
  } catch (error) {
    if (error instanceof SessionLostError && observer.hasCrashed && lost === undefined) {
      return failed('The page crashed.');
    }
    throw error;
  }
  const wrong = latest && wrongPage(observer, context.origin, latest);
  const stumbled = reply?.isError ? toolFailure(reply.text) : undefined;
  const unmet = `Within ${step.timeoutMs} ms ${explain(step.success)}.`;
  return { ...failed(wrong ?? stumbled ?? unmet), after: latest };
};

const failed = (error: string): Outcome => ({ result: 'failed', error, endMs: Date.now() });

/** Why what is shown is not a page of the app, if so. */
export const wrongPage = (observer: PageObserver, origin: string, page: PageSnapshot): string | undefined => {
  if (observer.currentOrigin !== origin) return `The page left the app (${observer.currentOrigin}).`;
  return page.status !== undefined && page.status >= 500 ? `The app answered ${page.status}.` : undefined;
};

/** With the first telling line of an MCP error reply. */
const toolFailure = (text: string): string => {
  const line = text
    .split('\n')
    .map((one) => one.replace(/\u001b\[[0-9;]*m/g, '').trim())
    .find((one) => one !== '' && !one.startsWith('#'));
  const reason = (line ?? 'no reason given').replace(/^Error: /, '').slice(0, 300);
  return `The browser could not do it: ${reason}`;
};

/** The condition that did not come true, as the end of a sentence. */
export const explain = (condition: Condition): string => {
  switch (condition.kind) {
    case 'textVisible':
      return `the text "${condition.text}" did not appear`;
    case 'textHidden':
      return `the text "${condition.text}" did not disappear`;
    case 'elementVisible':
      return `${condition.target.role} "${condition.target.name}" did not appear`;
    case 'elementHidden':
      return `${condition.target.role} "${condition.target.name}" did not disappear`;
    case 'url':
      return `the address did not become ${condition.path ?? condition.pattern ?? ''}`;
    case 'count':
      return `the number of ${condition.role} elements did not become ${condition.equals ?? condition.change ?? ''}`;
    case 'value':
      return `${condition.target.role} "${condition.target.name}" did not get the value "${condition.equals}"`;
    case 'state':
      return `${condition.target.role} "${condition.target.name}" did not become ${condition.equals ? '' : 'not '}${condition.state}`;
    case 'themeChanged':
      return 'the look of the page did not change';
    case 'inViewport':
      return `${condition.target.role} "${condition.target.name}" did not come into view`;
    case 'under':
      return `${condition.target.role} "${condition.target.name}" did not come under "${condition.heading.name}"`;
    case 'textOrder':
      return `"${condition.first}" did not come before "${condition.then}"`;
  }
};

/** Throws AppError when the session has used up its steps or its time. */
export const checkBudget = (
  used: { steps: number; ms: number },
  limits: { maxSteps: number; maxMs: number },
): void => {
  if (used.steps >= limits.maxSteps) {
    throw new AppError('step_limit', `The session reached its limit of ${limits.maxSteps} steps.`, {
      remedy: 'Plan fewer features or raise the limit.',
    });
  }
  if (used.ms >= limits.maxMs) {
    throw new AppError(
      'time_limit',
      `The session reached its limit of ${Math.round(limits.maxMs / 1000)} s of browser time.`,
      {
        remedy: 'Plan fewer features or raise the limit.',
      },
    );
  }
};
