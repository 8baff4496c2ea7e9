import { stepHolds, type Feature, type PageSnapshot, type Step } from '@showrunner/contracts';
import { isWrite } from '../observer/caused-requests';
import type { PageMessage } from '../observer/collect-messages';
import type { PageObserver } from '../observer/page-observer';
import { browserFacts } from './browser-evidence';
import { judge, type Judgement } from './judge';
import { UNWATCHED } from './pace';
import { waitUntilStable, type Stability } from './wait-until-stable';
import { pause, waitUntil } from './wait-until';

/** What there was before the first try of a step. */
export interface FirstSeen {
  page: PageSnapshot;
  messages: readonly PageMessage[];
  /** Unix ms. */
  atMs: number;
  /** The action was carried out and refused: what the page then shows is no late success. */
  refused?: string;
}

export interface StepToProve {
  step: Step;
  kind: Feature['kind'] | undefined;
  typed: readonly string[];
  /** What there was before the first try. */
  first: FirstSeen;
  /** Unix ms at which the page had the input. */
  actMs: number;
  /** The condition was seen to hold. */
  holds: boolean;
  /** The last look. */
  seen: PageSnapshot;
  stability: Stability;
}

/** How long an answer to what the action sent is waited for, ms: what is shown before it is only hoped for. */
const ANSWER_MS = { write: 6000, read: 2000 };
/** What was seen and is gone may only be drawn anew. */
const REDRAWN_MS = 1200;

/** Lets the page come to rest, its server answer what the action sent, and judges what there is then. */
export async function proveStep(
  observer: PageObserver,
  { step, kind, typed, first, actMs, holds, seen, stability }: StepToProve,
): Promise<Judgement & { rest: PageSnapshot }> {
  const caused = (): ReturnType<typeof observer.caused.causedSince> =>
    observer.caused.causedSince(first.atMs, typed);
  const isWaiting = (): boolean =>
    caused().some(
      (one) =>
        one.endedAt === undefined &&
        Date.now() - one.sentAt < (isWrite(one) ? ANSWER_MS.write : ANSWER_MS.read),
    );
  let rest = await waitUntilStable(observer, seen, stability);
  if (isWaiting()) {
    while (isWaiting()) await pause(40);
    rest = await waitUntilStable(observer, await observer.snapshot(), UNWATCHED);
  }
  const isMet = (page: PageSnapshot): boolean => stepHolds(step, page, first.page);
  if (holds && !isMet(rest))
    rest =
      (await waitUntil(async () => {
        const page = await observer.snapshot();
        return isMet(page) ? page : undefined;
      }, Date.now() + REDRAWN_MS)) ?? (await observer.snapshot());
  const { success } = step;
  const wanted = success.kind === 'textVisible' ? success.text : undefined;
  const [messages, places, stored] = await Promise.all([
    observer.messages(),
    wanted === undefined ? [] : observer.placesOf(wanted),
    wanted === undefined ? false : observer.storesText(wanted),
  ]);
  const dialogs = observer.dialogs.filter(({ atMs }) => atMs >= first.atMs);
  const said = { before: first.messages, after: messages };
  const told = isMet(rest)
    ? await browserFacts(observer, { step, before: first.page, after: rest, messages: said }, first.atMs)
    : [];
  const judged = judge({
    ...{ step, kind, typed, places, stored, dialogs, told },
    actedAt: actMs,
    seenAt: Date.now(),
    before: first.page,
    after: rest,
    messages: said,
    requests: caused(),
    heldOnce: holds,
  });
  return { ...judged, rest };
}
