import { foldText } from '@showrunner/contracts';
import type { Candidate, CandidateStep, Feature, PageSnapshot, Planner, Step } from '@showrunner/contracts';
import { withoutNotes } from '../candidate';
import { enteredElsewhere, stateBesideNumber, waitsFor } from './contradictions';
import { controlAtStart, enteredBy, isOwn } from './control-look';
import type { RehearsalPerformer } from './performer';
import { tryStep } from './try-step';
import type { Failed } from './step-outcome';

/** How often, and after how many ms each, a page is looked at once more that offers nothing yet to go on with. */
const LATE_LOOKS = 4;
const LATE_MS = 250;
/** What counts by itself may do so at intervals of some seconds. */
const COUNTING_MS = 3200;
const LEAVING_MS = 2000;
/** As many as a feature may have. */
const MOST_STEPS = 30;
/** What a candidate that worked claims. */
export interface Tried {
  feature: Feature;
  /** Page or server said that it was kept. */
  claimsToLast: boolean;
}

/** Carries out a candidate, and its variants when it fails; answers the steps that worked, with what was learned, or why none did. */
export async function tryCandidate(
  candidate: Candidate,
  planner: Pick<Planner, 'proposeSteps'>,
  performer: RehearsalPerformer,
  /** Pages that were seen to stay as they are while nobody acts. */
  controlled = new Set<string>(),
  /** Others will go on from where it ends, on the same page. */
  isFollowed = false,
): Promise<Tried | { error: string; isDisproven: boolean }> {
  let error = '';
  let isDisproven = false;
  const { steps: first, startPath } = candidate.feature;
  const ways = [first, ...candidate.variants];
  let again = candidate.variants.length === 0;
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const outcome = await trySteps(
      { ...candidate, feature: { ...candidate.feature, steps: way } },
      planner,
      performer,
      controlled,
      isFollowed,
    );
    if ('feature' in outcome) return outcome;
    error ||= outcome.error;
    isDisproven ||= outcome.verdict === 'refuted' || outcome.isDisproven === true;
    // What cannot be found at all is not found in another way either; a page that stays has no way back.
    if (startPath === null) break;
    // An app may fail once: from a clean page it is tried once more, unless it said itself that this cannot be.
    if (again && (outcome.refusedByServer || outcome.verdict !== 'refuted')) ways.unshift(way);
    again = false;
  }
  return { error, isDisproven };
}

/** The steps that follow on the page as it is now; what comes late (suggestions that wait for the end of typing) is waited for. */
async function following(
  candidate: Candidate,
  planner: Pick<Planner, 'proposeSteps'>,
  performer: RehearsalPerformer,
  before?: PageSnapshot,
): Promise<CandidateStep[]> {
  let more = await planner.proposeSteps(candidate, await performer.snapshot(), before);
  for (let look = 0; more.length === 0 && look < LATE_LOOKS; look += 1) {
    await performer.until(Date.now() + LATE_MS);
    more = await planner.proposeSteps(candidate, await performer.snapshot(), before);
  }
  return more;
}

async function trySteps(
  candidate: Candidate,
  planner: Pick<Planner, 'proposeSteps'>,
  performer: RehearsalPerformer,
  controlled: Set<string>,
  isFollowed: boolean,
): Promise<Tried | Failed> {
  const { feature } = candidate;
  const begun = await performer.begin(withoutNotes(candidate));
  if (begun.error !== undefined) return { error: begun.error };
  const isDue = isFollowed || feature.steps.some((step) => !isOwn(step, enteredBy(step)));
  if (feature.startPath !== null && isDue && (await controlAtStart(performer, controlled))) {
    const again = await performer.begin(withoutNotes(candidate));
    if (again.error !== undefined) return { error: again.error };
  }
  const todo: CandidateStep[] = [...feature.steps];
  const done: Step[] = [];
  let extended = candidate.continues === undefined;
  let claimsToLast = false;
  /** The page before what had to be opened on the way was opened. */
  let start: PageSnapshot | undefined;
  let lastBefore: PageSnapshot | undefined;
  for (;;) {
    const step = todo.shift();
    if (step === undefined) {
      if (extended) break;
      extended = true;
      const more = await following(candidate, planner, performer);
      if (more.length === 0) return { error: 'What opens holds nothing that could be filled in.' };
      todo.push(...more);
      continue;
    }
    const opens = step.continues !== undefined || (!extended && todo.length === 0);
    const before = opens ? await performer.snapshot() : undefined;
    start ??= before;
    const outcome = await tryStep(feature, done, step, performer, controlled, start);
    if ('error' in outcome) return outcome;
    done.push(outcome.step);
    lastBefore = outcome.before;
    claimsToLast ||= outcome.claimsToLast;
    if (step.continues === undefined) continue;
    const more = await following({ ...candidate, continues: step.continues }, planner, performer, before);
    if (more.length === 0) return { error: `${step.caption}: nothing that could be chosen came up.` };
    if (done.length + more.length + todo.length > MOST_STEPS) return { error: 'It takes too many steps.' };
    todo.unshift(...more);
  }
  const whole = { ...feature, steps: done };
  const last = done[done.length - 1];
  const against = last && !isFollowed ? await notDone(whole, last, lastBefore, performer) : undefined;
  if (against !== undefined) return { error: `${last?.caption ?? ''}: ${against}`, isDisproven: true };
  if (!(await countsByItself(whole, performer))) return { feature: whole, claimsToLast };
  const other = last && lastBefore && stateBesideNumber(last, lastBefore, await performer.snapshot());
  return last === undefined || other === undefined
    ? { error: 'It goes on changing while nobody acts, so it proves nothing.', isDisproven: true }
    : { feature: { ...whole, steps: [...done.slice(0, -1), { ...last, success: other }] }, claimsToLast };
}

/** Why a feature that ends with a value that was set has not done it: it waits for its dialog to be saved, or is another one once its field is left. */
async function notDone(
  feature: Feature,
  last: Step,
  before: PageSnapshot | undefined,
  performer: RehearsalPerformer,
): Promise<string | undefined> {
  const { action, success } = last;
  if (before === undefined || !('target' in action) || !['value', 'state'].includes(success.kind))
    return undefined;
  const waiting = waitsFor(last, await performer.snapshot());
  if (waiting !== undefined) return `it is only set, and waits for “${waiting}”`;
  if (action.type !== 'type' || action.submit || action.target.role === 'combobox') return undefined;
  const leaving: Step = {
    action: { type: 'press', key: 'Tab' },
    caption: last.caption,
    success: { kind: 'done' },
    timeoutMs: LEAVING_MS,
  };
  const steps = [...feature.steps, leaving];
  await performer.perform({ ...feature, steps }, steps.length - 1);
  return enteredElsewhere(last, before, await performer.snapshot());
}

/** Of a control that no rule knows a number may be all that proves it: one that counts by itself is another one a moment later. */
async function countsByItself({ kind, steps }: Feature, performer: RehearsalPerformer): Promise<boolean> {
  const last = steps[steps.length - 1];
  if (last === undefined || !['use', 'open', 'toggle'].includes(kind)) return false;
  const { action, success } = last;
  const own = action.type === 'click' ? action.target.name : '';
  const said =
    success.kind === 'textVisible' || success.kind === 'textHidden'
      ? success.text
      : success.kind === 'elementVisible' || success.kind === 'elementHidden'
        ? success.target.name
        : success.kind === 'textChanged' || success.kind === 'pictureChanged'
          ? own
          : '';
  if (!/\d/u.test(said)) return false;
  const words = (text: string): string => foldText(text.replace(/\d+/gu, ' '));
  const alike = ({ elements }: PageSnapshot): string =>
    elements
      .filter(({ name }) => /\d/u.test(name) && words(name) === words(said))
      .map(({ name }) => name)
      .join('\n');
  const then = await performer.snapshot();
  await performer.leaveAlone(COUNTING_MS, false);
  const now = await performer.snapshot();
  // That the old number went is true for ever: what stands in its place must not go on by itself.
  const isTicking = alike(now) !== alike(then);
  return isTicking || !(await performer.lookAgain(success)).verified;
}
