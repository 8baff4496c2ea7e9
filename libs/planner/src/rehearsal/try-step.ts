import { claims, evaluateCondition, textIsVisible } from '@showrunner/contracts';
import type { Asked, CandidateStep, Feature, PageSnapshot, Step } from '@showrunner/contracts';
import { anyChange, learnCondition, namedBy, rowChange } from '../learn';
import { quotedTexts } from '../rules-context';
import { TO_ORDER } from '../rules/checkout';
import { unlikeAsked } from './as-asked';
import { onlyPressed, stateBesideNumber, underAnother } from './contradictions';
import { control, enteredBy } from './control-look';
import { counterEvidence } from './counter-evidence';
import { fieldMade } from './field-made';
import { insertedText } from './inserted-text';
import { madeTwice, nothingNew } from './new-entries';
import type { PerformedStep, RehearsalPerformer } from './performer';
import { mayBeUndone, provenAsAsked, saysOnlyBooked } from './proven-as-asked';
import type { Failed, ProvenStep } from './step-outcome';
import {
  countsOneMore,
  effectOf,
  formatted,
  inAnItem,
  isAboutRow,
  isFilling,
  moreTelling,
  reordered,
  rowTarget,
  setBy,
  steady,
  vanished,
} from './seen-change';

/** Longest wait for a condition while rehearsing; a film waits longer. */
const REHEARSAL_TIMEOUT_MS = 2500;

/** A guess needs no long wait: what happened is read off the page. A field holds what was typed at once, or never. */
const GUESS_TIMEOUT_MS = 900;
/** What answers with something else each time. */
const CHANCE =
  /\b(random|surprise|shuffle|generate|roll|spin|flip|draw|deal|scramble|inspire|another|new (quote|joke|fact|colou?r|number|game|word|advice|tip|idea|password))/i;

/**
 * Carries out a step and says what proves it, or why nothing does.
 * @param start the page before what had to be opened for it was opened; undefined when nothing had to be
 */
export async function tryStep(
  feature: Feature,
  done: readonly Step[],
  planned: CandidateStep,
  performer: RehearsalPerformer,
  controlled: Set<string>,
  start?: PageSnapshot,
): Promise<ProvenStep | Failed> {
  const outcome = await proveStep(feature, done, planned, performer, controlled);
  const { asks, caption } = planned;
  if (asks === undefined) return outcome;
  if ('error' in outcome) return (await provenAsAsked(planned, outcome, performer, start)) ?? outcome;
  const { before } = outcome;
  const after = await performer.snapshot();
  const against =
    unlikeAsked(asks, { start: start ?? before, before, after }) ?? underAnother(planned, before, after);
  if (against !== undefined) return { error: `${caption}: ${against}`, isDisproven: true };
  const isState =
    outcome.sent !== true &&
    (saysOnlyBooked(before, after) ||
      mayBeUndone(before, after) ||
      isOnlySaid(asks, insertedText(before, after)));
  return isState ? { ...outcome, claimsToLast: false } : outcome;
}

async function proveStep(
  feature: Feature,
  done: readonly Step[],
  planned: CandidateStep,
  performer: RehearsalPerformer,
  controlled: Set<string>,
): Promise<ProvenStep | Failed> {
  const { action, caption, timeoutMs } = planned;
  const typed = [...done, planned].flatMap(enteredBy);
  const perform = (step: Step): Promise<PerformedStep> =>
    performer.perform({ ...feature, steps: [...done, step] }, done.length);
  await typeAlone(planned, perform);
  const before = await control(planned, typed, performer, controlled);
  // What was typed and stands there before it was sent proves nothing; then a place is looked for that names it only afterwards.
  const mirrored = isMaking(planned, typed) && evaluateCondition(planned.success, before, before);
  const step: CandidateStep =
    mirrored && planned.success.kind === 'textVisible'
      ? { ...planned, learn: true, success: inAnItem(planned.success.text) }
      : planned;
  const { success, learn, shown, mayGo, ordered, dialog } = step;
  const isEntry = isFilling(step);
  const outcome = await perform({
    ...{ action, caption, success, ...(dialog && { dialog }) },
    timeoutMs: learn || isEntry ? GUESS_TIMEOUT_MS : REHEARSAL_TIMEOUT_MS,
  });
  const kept = { action, caption, timeoutMs, ...(dialog && { dialog }) };
  const answer = (proof: Step['success']): ProvenStep => ({
    step: { ...kept, success: proof },
    claimsToLast: outcome.claimsToLast === true,
    sent: outcome.sent === true,
    before,
  });
  const failed = (why: string, isDisproven = false): Failed => ({
    error: `${caption}: ${why}`,
    isDisproven,
    verdict: outcome.verdict,
    refusedByServer: outcome.refusedByServer,
    sent: outcome.sent === true,
    before,
  });
  if (step.needsEffect && outcome.verdict !== 'refuted') {
    const after = await performer.snapshot();
    const against = counterEvidence(step, before, after);
    if (against !== undefined) return failed(against, true);
    const effect = effectOf(step, before, after);
    return effect === undefined ? failed('nothing else on the page followed', true) : answer(effect);
  }
  if (!outcome.verified && outcome.verdict !== 'refuted' && isMaking(planned, typed)) {
    const after = await performer.snapshot();
    const made = fieldMade(planned.success.text, before, after, [...done, planned].flatMap(setBy));
    if (made !== undefined && counterEvidence(step, before, after) === undefined) return answer(made);
  }
  if (!outcome.verified && (outcome.verdict === 'refuted' || !(learn || isEntry)))
    return failed(outcome.error ?? 'the success condition did not hold', outcome.byItself);
  const isClear =
    !learn && !shown && !ordered && !mayGo && success.kind !== 'state' && step.leavesOut === undefined;
  const isProven = outcome.verified && isClear && rowTarget(action) === undefined;
  const made = feature.kind === 'create' && isMaking(step, typed) ? step.success.text : undefined;
  if (isProven && made === undefined && action.type !== 'click') return answer(success);
  const after = await performer.snapshot();
  if (made !== undefined && madeTwice(made, before, after)) return failed('it stands there twice', true);
  const against = isProven
    ? (nothingNew(step, before, after) ?? onlyPressed(step, before, after))
    : counterEvidence(step, before, after);
  if (isProven && against === undefined) return answer(success);
  if (against !== undefined) return failed(against, true);
  // A number in its name may count by itself: that it is on now is what was brought about.
  const on = learn ? stateBesideNumber(step, before, after) : undefined;
  if (on !== undefined) return answer(on);
  if (isEntry && !outcome.verified) {
    const entered = formatted(step, after);
    return entered === undefined
      ? failed(outcome.error ?? 'the field did not take the text')
      : answer(entered);
  }
  if (shown && shown.length > 1) {
    // What only lights up a button has not chosen anything.
    const gone = vanished(before, after, shown);
    if (gone !== undefined) return answer(gone);
    if (
      shown.filter((text) => textIsVisible(before, text)).length > 1 &&
      !('beside' in success && outcome.verified)
    )
      return failed(
        shown.some((text) => textIsVisible(after, text))
          ? 'nothing of the list stepped aside'
          : 'nothing is left in the list',
        true,
      );
  }
  const isChance =
    ['use', 'calculate'].includes(feature.kind) &&
    (CHANCE.test(caption) || (mayGo ?? []).some((text) => !textIsVisible(before, text)));
  const moved =
    reordered(before, after, ordered ?? []) ?? vanished(before, after, steady(mayGo ?? [], before, after));
  if (moved !== undefined) return answer(moved);
  // What it shows this time it will not show the next time.
  const chance = isChance && learn && !outcome.verified ? anyChange(before, after) : undefined;
  if (chance !== undefined) return answer(chance);
  const row = rowTarget(action);
  if (row !== undefined) {
    const proof = rowChange(before, after, row);
    if (proof !== undefined && (learn || !outcome.verified)) return answer(proof);
    // What is put into a cart is seen in there, once it is opened.
    const isCounted = planned.continues?.startsWith(`${TO_ORDER} `) === true && countsOneMore(before, after);
    if (!isCounted && !isAboutRow(before, after, row))
      return failed('nothing changed where it was clicked', true);
  }
  const about = quotedTexts(caption);
  if (outcome.verified)
    return answer((learn ? moreTelling(before, after, success, typed, about) : undefined) ?? success);
  const learned = mirrored
    ? namedBy(typed[typed.length - 1] ?? '', before, after)
    : (learnCondition(before, after, typed, about, [...done, planned].flatMap(setBy)) ??
      (feature.kind === 'use' ? anyChange(before, after) : undefined));
  // A condition that holds before would prove nothing, one that does not hold now is none.
  const isProof =
    learned !== undefined &&
    evaluateCondition(learned, after, before) &&
    !evaluateCondition(learned, before, before);
  // The guess was wrong, and nothing else came: should it hold some other time, that is chance.
  const isContradicted =
    isProof && counterEvidence({ ...step, success: learned }, before, after) !== undefined;
  return isProof && !isContradicted
    ? answer(learned)
    : failed('nothing on the page changed that would prove it', mirrored || learn === true);
}

/** What is read in what was opened, and what somebody has written, promises nothing of the app's. */
const isOnlySaid = (asks: Asked, inserted: string): boolean =>
  (asks.kind === 'row' && asks.effect === 'opens') ||
  (asks.kind === 'written' && !claims(inserted.split(asks.text).join(' ')));

/** A step that is to show what was entered. */
const isMaking = (
  planned: CandidateStep,
  typed: readonly string[],
): planned is CandidateStep & { success: { kind: 'textVisible' } } =>
  planned.success.kind === 'textVisible' && typed.includes(planned.success.text);

/** What typing alone already shows is seen before Enter is pressed: a preview or a suggestion is no effect of sending. */
async function typeAlone(
  { action, caption, success }: CandidateStep,
  perform: (step: Step) => Promise<PerformedStep>,
): Promise<void> {
  if (action.type !== 'type' || !action.submit || success.kind !== 'textVisible') return;
  const { target, text } = action;
  await perform({
    action: { ...action, submit: false },
    caption,
    success: { kind: 'value', target, equals: text },
    timeoutMs: GUESS_TIMEOUT_MS,
  });
}
