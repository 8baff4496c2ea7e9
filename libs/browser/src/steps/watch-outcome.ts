import {
  evaluateCondition,
  stepHolds,
  SessionLostError,
  type PageSnapshot,
  type Step,
} from '@showrunner/contracts';
import { isWrite, refusalOf } from '../observer/caused-requests';
import type { PageObserver } from '../observer/page-observer';
import { explain, toolFailure } from './failures';
import type { StartedAction } from './page-actor';
import type { InputPacer } from './pace';
import { pause } from './wait-until';

/** What was seen while a condition was waited for. */
export interface Watched {
  /** The condition was seen to hold. */
  holds: boolean;
  /** Why it is not, or why it counts for nothing. */
  error?: string;
  endMs: number;
  /** The last look at the page, if there was one. */
  after?: PageSnapshot;
}

const POLL_MS = 50;
/** Actions whose input is delivered before their tool call answers: their condition is watched meanwhile. */
const WATCHED_EARLY = new Set(['click', 'press']);
/** So long after a refusal nothing better is to be expected. */
const AFTER_REFUSAL_MS = 800;

/**
 * Waits for the condition, the tool's failure, a refusal, a crash, or the time-out.
 * @param since Unix ms from which what the page asks for is the action's
 * @throws SessionLostError
 */
export async function watchOutcome(
  { observer, pacer }: { observer: PageObserver; pacer: InputPacer },
  step: Step,
  reference: PageSnapshot,
  started: StartedAction,
  since: number,
): Promise<Watched> {
  let reply: { isError: boolean; text: string } | undefined;
  let lost: Error | undefined;
  const answered = started.finished.then(
    (value) => void (reply = value),
    (error: unknown) => void (lost = error instanceof Error ? error : new SessionLostError(String(error))),
  );
  let latest: PageSnapshot | undefined;
  let deadline = Number.POSITIVE_INFINITY;
  const early = WATCHED_EARLY.has(step.action.type);
  const isRefused = (): boolean =>
    observer.caused
      .causedSince(since)
      .some(
        (one) =>
          isWrite(one) && refusalOf(one) !== undefined && Date.now() - (one.endedAt ?? 0) > AFTER_REFUSAL_MS,
      );
  try {
    for (;;) {
      if (!early) await answered;
      if (lost !== undefined) throw lost;
      // Once the page has had its input, a tool that then stumbles (a tab that opened and is gone) proves nothing: the condition decides.
      // A click alone uploads nothing, whatever it brings about.
      if (reply?.isError && (!pacer.isDelivered || step.action.type === 'upload'))
        return { holds: false, error: toolFailure(reply.text), endMs: Date.now() };
      if (reply !== undefined) deadline = Math.min(deadline, Date.now() + step.timeoutMs);
      if (reply !== undefined || pacer.isDelivered) {
        latest = await observer.snapshot();
        const endMs = Date.now();
        if (stepHolds(step, latest, reference)) return { holds: true, endMs, after: latest };
      }
      if (Date.now() >= deadline || isRefused()) break;
      if (reply === undefined && !pacer.isDelivered)
        await Promise.race([answered, pacer.delivered, pause(POLL_MS)]);
      else await observer.whenChanged(POLL_MS);
    }
  } catch (error) {
    if (error instanceof SessionLostError && observer.hasCrashed && lost === undefined)
      return { holds: false, error: 'The page crashed.', endMs: Date.now() };
    throw error;
  }
  const stumbled = reply?.isError ? toolFailure(reply.text) : undefined;
  const seen = latest;
  const missing = [step.success, ...(step.also ?? [])].find(
    (one) => seen === undefined || !evaluateCondition(one, seen, reference),
  );
  const unmet = `Within ${step.timeoutMs} ms ${explain(missing ?? step.success)}.`;
  return { holds: false, error: stumbled ?? unmet, endMs: Date.now(), after: latest };
}
