import { evaluateCondition, findTargets, textIsVisible } from '@showrunner/contracts';
import type { Candidate, CandidateStep, Feature, PageSnapshot, Planner, Step } from '@showrunner/contracts';
import { withoutNotes } from '../candidate';
import { learnCondition, learnEffect } from '../learn';
import { quotedTexts } from '../rules-context';
import type { RehearsalPerformer } from './performer';

/** Longest wait for a condition while rehearsing; a film waits longer. */
const REHEARSAL_TIMEOUT_MS = 2500;
/** As many as a feature may have. */
const MOST_STEPS = 30;
/** A guess needs no long wait: what happened is read off the page. */
const GUESS_TIMEOUT_MS = 900;

/** Carries out a candidate, and its variants when it fails; answers the steps that worked, with what was learned, or why none did. */
export async function tryCandidate(
  candidate: Candidate,
  planner: Pick<Planner, 'proposeSteps'>,
  performer: RehearsalPerformer,
): Promise<{ feature: Feature } | { error: string }> {
  let error = '';
  for (const steps of [candidate.feature.steps, ...candidate.variants]) {
    const outcome = await trySteps(
      { ...candidate, feature: { ...candidate.feature, steps } },
      planner,
      performer,
    );
    if ('feature' in outcome) return outcome;
    error ||= outcome.error;
    // What cannot be found at all is not found in another way either; a page that stays has no way back.
    if (candidate.feature.startPath === null) break;
  }
  return { error };
}

async function trySteps(
  candidate: Candidate,
  planner: Pick<Planner, 'proposeSteps'>,
  performer: RehearsalPerformer,
): Promise<{ feature: Feature } | { error: string }> {
  const { feature } = candidate;
  const begun = await performer.begin(withoutNotes(candidate));
  if (begun.error !== undefined) return { error: begun.error };
  const todo: CandidateStep[] = [...feature.steps];
  const done: Step[] = [];
  let extended = candidate.continues === undefined;
  for (;;) {
    const step = todo.shift();
    if (step === undefined) {
      if (extended) break;
      extended = true;
      const more = await planner.proposeSteps(candidate, await performer.snapshot());
      if (more.length === 0) return { error: 'What opens holds nothing that could be filled in.' };
      todo.push(...more);
      continue;
    }
    const before = step.continues === undefined ? undefined : await performer.snapshot();
    const outcome = await tryStep(feature, done, step, performer);
    if ('error' in outcome) return outcome;
    done.push(outcome.step);
    if (step.continues === undefined) continue;
    const following = { ...candidate, continues: step.continues };
    const more = await planner.proposeSteps(following, await performer.snapshot(), before);
    if (more.length === 0) return { error: `${step.caption}: nothing that could be chosen came up.` };
    if (done.length + more.length + todo.length > MOST_STEPS) return { error: 'It takes too many steps.' };
    todo.unshift(...more);
  }
  return { feature: { ...feature, steps: done } };
}

async function tryStep(
  feature: Feature,
  done: readonly Step[],
  step: CandidateStep,
  performer: RehearsalPerformer,
): Promise<{ step: Step } | { error: string }> {
  const { action, caption, success, timeoutMs, learn, shown, ordered } = step;
  const before = await performer.snapshot();
  const quick: Step = {
    action,
    caption,
    success,
    timeoutMs: learn || isFilling(step) ? GUESS_TIMEOUT_MS : REHEARSAL_TIMEOUT_MS,
  };
  const outcome = await performer.perform({ ...feature, steps: [...done, quick] }, done.length);
  const kept = { action, caption, timeoutMs, ...(step.dialog && { dialog: step.dialog }) };
  const about = quotedTexts(caption);
  const typed = [...done, quick].flatMap(enteredBy);
  if (step.needsEffect) return effectOf(step, before, await performer.snapshot(), kept);
  if (outcome.verified) {
    const page = learn || shown || ordered ? await performer.snapshot() : undefined;
    const better =
      page &&
      (vanished(before, page, shown ?? []) ??
        reordered(page, ordered ?? []) ??
        (learn ? moreTelling(before, page, success, typed, about) : undefined));
    return { step: { ...kept, success: better ?? success } };
  }
  if (isFilling(step) && !step.needsEffect) {
    const shownValue = formatted(step, await performer.snapshot());
    if (shownValue) return { step: { ...kept, success: shownValue } };
  }
  if (!learn) return { error: `${caption}: ${outcome.error ?? 'the success condition did not hold'}` };
  const after = await performer.snapshot();
  const learned =
    reordered(after, ordered ?? []) ??
    vanished(before, after, shown ?? []) ??
    learnCondition(before, after, typed, about);
  // A condition that holds before would prove nothing, one that does not hold now is none.
  const isProof =
    learned !== undefined &&
    evaluateCondition(learned, after, before) &&
    !evaluateCondition(learned, before, before);
  return isProof
    ? { step: { ...kept, success: learned } }
    : { error: `${caption}: nothing on the page changed that would prove it` };
}

/** The step with what else on the page has followed. */
function effectOf(
  step: CandidateStep,
  before: PageSnapshot,
  after: PageSnapshot,
  kept: Omit<Step, 'success'>,
): { step: Step } | { error: string } {
  const { action } = step;
  const target = 'target' in action && action.target ? action.target : undefined;
  const control = target && findTargets(after.elements, target)[0];
  const own = { name: control?.name ?? '', value: control?.value ?? '' };
  const learned = reordered(after, step.ordered ?? []) ?? learnEffect(before, after, own);
  return learned !== undefined && evaluateCondition(learned, after, before)
    ? { step: { ...kept, success: learned } }
    : { error: `${step.caption}: nothing else on the page followed` };
}

/** The first text that was there and is gone, when another of them stayed. */
function vanished(
  before: PageSnapshot,
  after: PageSnapshot,
  shown: readonly string[],
): Step['success'] | undefined {
  const there = shown.filter((text) => textIsVisible(before, text));
  const gone = there.find((text) => !textIsVisible(after, text));
  return gone !== undefined && there.some((text) => textIsVisible(after, text))
    ? { kind: 'textHidden', text: gone }
    : undefined;
}

/** That something went away proves less than that something came. */
function moreTelling(
  before: PageSnapshot,
  after: PageSnapshot,
  success: Step['success'],
  typed: readonly string[],
  about: readonly string[],
): Step['success'] | undefined {
  if (success.kind !== 'elementHidden') return undefined;
  const learned = learnCondition(before, after, typed, about);
  return learned && !evaluateCondition(learned, before, before) ? learned : undefined;
}

/** Two neighbours of the list before that have changed places. */
function reordered(after: PageSnapshot, ordered: readonly string[]): Step['success'] | undefined {
  for (const [at, then] of ordered.entries()) {
    const first = ordered[at + 1];
    if (first === undefined) break;
    const swapped = { kind: 'textOrder', first, then } as const;
    if (evaluateCondition(swapped, after)) return swapped;
  }
  return undefined;
}

const isFilling = ({ action, success }: CandidateStep): boolean =>
  action.type === 'type' && !action.submit && success.kind === 'value';

/** Texts that a step brings in: what is typed, and what is chosen from a list. */
const enteredBy = ({ action }: Step): string[] =>
  action.type === 'type'
    ? [action.text]
    : action.type === 'click' && action.target.role === 'option'
      ? [action.target.name]
      : [];

/** A field that formats what is typed shows it in its own way: the value as shown counts, when it is made of what was typed. */
function formatted({ action, success }: CandidateStep, page: PageSnapshot): Step['success'] | undefined {
  if (action.type !== 'type' || success.kind !== 'value') return undefined;
  const shown = findTargets(page.elements, action.target)[0]?.value ?? '';
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const isMadeOf =
    plain(shown) !== '' &&
    (plain(action.text).startsWith(plain(shown)) || plain(shown).startsWith(plain(action.text)));
  return isMadeOf ? { kind: 'value', target: action.target, equals: shown } : undefined;
}
