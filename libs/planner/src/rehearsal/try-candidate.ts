import { evaluateCondition, findTargets, foldText, textIsVisible } from '@showrunner/contracts';
import type {
  Candidate,
  CandidateStep,
  Feature,
  PageElement,
  PageSnapshot,
  Planner,
  Step,
  Target,
} from '@showrunner/contracts';
import { withoutNotes } from '../candidate';
import { anyChange, learnCondition, learnEffect, namedBy, rowChange } from '../learn';
import { quotedTexts } from '../rules-context';
import { findRow, rowLooks } from '../tell-apart';
import { counterEvidence } from './counter-evidence';
import { insertedText } from './inserted-text';
import type { PerformedStep, RehearsalPerformer } from './performer';

/** Longest wait for a condition while rehearsing; a film waits longer. */
const REHEARSAL_TIMEOUT_MS = 2500;
/** As many as a feature may have. */
const MOST_STEPS = 30;
/** A guess needs no long wait: what happened is read off the page. A field holds what was typed at once, or never. */
const GUESS_TIMEOUT_MS = 900;
/** What answers with something else each time. */
const CHANCE =
  /\b(random|surprise|shuffle|generate|roll|spin|flip|draw|deal|scramble|inspire|another|new (quote|joke|fact|colou?r|number|game|word|advice|tip|idea|password))/i;
/** Share of a list that stands in the order in which it was seen before, for its order to be one. */
const MOSTLY = 0.7;
/** How long a page is looked at without an action: what changes in that time changes by itself. */
const CONTROL_MS = 1000;

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

interface Failed extends Pick<PerformedStep, 'verdict' | 'refusedByServer'> {
  error: string;
  /** The condition may well hold; it was seen that this proves nothing. */
  isDisproven?: boolean;
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
    const outcome = await tryStep(feature, done, step, performer, controlled);
    if ('error' in outcome) return outcome;
    done.push(outcome.step);
    claimsToLast ||= outcome.claimsToLast;
    if (step.continues === undefined) continue;
    const following = { ...candidate, continues: step.continues };
    const more = await planner.proposeSteps(following, await performer.snapshot(), before);
    if (more.length === 0) return { error: `${step.caption}: nothing that could be chosen came up.` };
    if (done.length + more.length + todo.length > MOST_STEPS) return { error: 'It takes too many steps.' };
    todo.unshift(...more);
  }
  return { feature: { ...feature, steps: done }, claimsToLast };
}

async function tryStep(
  feature: Feature,
  done: readonly Step[],
  planned: CandidateStep,
  performer: RehearsalPerformer,
  controlled: Set<string>,
): Promise<{ step: Step; claimsToLast: boolean } | Failed> {
  const { action, caption, timeoutMs } = planned;
  const typed = [...done, planned].flatMap(enteredBy);
  const perform = (step: Step): Promise<PerformedStep> =>
    performer.perform({ ...feature, steps: [...done, step] }, done.length);
  await typeAlone(planned, perform);
  const before = await control(planned, typed, performer, controlled);
  // What was typed and stands there before it was sent proves nothing; then a place is looked for that names it only afterwards.
  const mirrored =
    planned.success.kind === 'textVisible' &&
    typed.includes(planned.success.text) &&
    evaluateCondition(planned.success, before, before);
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
  const answer = (proof: Step['success']): { step: Step; claimsToLast: boolean } => ({
    step: { ...kept, success: proof },
    claimsToLast: outcome.claimsToLast === true,
  });
  const failed = (why: string, isDisproven = false): Failed => ({
    error: `${caption}: ${why}`,
    isDisproven,
    verdict: outcome.verdict,
    refusedByServer: outcome.refusedByServer,
  });
  if (step.needsEffect && outcome.verdict !== 'refuted') {
    const after = await performer.snapshot();
    const against = counterEvidence(step, before, after);
    if (against !== undefined) return failed(against, true);
    const effect = effectOf(step, before, after);
    return effect === undefined ? failed('nothing else on the page followed', true) : answer(effect);
  }
  if (!outcome.verified && (outcome.verdict === 'refuted' || !(learn || isEntry)))
    return failed(outcome.error ?? 'the success condition did not hold', outcome.byItself);
  const isClear =
    !learn && !shown && !ordered && !mayGo && success.kind !== 'state' && step.leavesOut === undefined;
  if (outcome.verified && isClear && rowTarget(action) === undefined) return answer(success);
  const after = await performer.snapshot();
  const against = counterEvidence(step, before, after);
  if (against !== undefined) return failed(against, true);
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
      return failed('nothing of the list stepped aside', true);
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
    if (!isAboutRow(before, after, row)) return failed('nothing changed where it was clicked', true);
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

/** What is typed, and the looks of the whole page, do not come by themselves. */
const isOwn = ({ action, success }: CandidateStep, typed: readonly string[]): boolean =>
  (success.kind === 'value' && action.type === 'type') ||
  success.kind === 'themeChanged' ||
  (success.kind === 'textVisible' && typed.includes(success.text));

const pathOf = ({ path }: PageSnapshot): string => path.split(/[?#]/)[0] ?? '';

/**
 * The control look at a page as it was loaded, which most pages need once: nobody has touched it yet, so its time may pass at once. Answers
 * whether the page has to be loaded anew.
 */
async function controlAtStart(performer: RehearsalPerformer, controlled: Set<string>): Promise<boolean> {
  if (controlled.has(pathOf(await performer.snapshot()))) return false;
  const isForwarded = await performer.leaveAlone(CONTROL_MS, true);
  const later = await performer.snapshot();
  if (later.restless === undefined) controlled.add(pathOf(later));
  return isForwarded;
}

/** The page before the step, after a look of equal length without it where something else than what was typed is to prove it. */
async function control(
  step: CandidateStep,
  typed: readonly string[],
  performer: RehearsalPerformer,
  controlled: Set<string>,
): Promise<PageSnapshot> {
  const page = await performer.snapshot();
  const path = pathOf(page);
  if (isOwn(step, typed) || (controlled.has(path) && page.restless === undefined)) return page;
  await performer.leaveAlone(CONTROL_MS);
  const later = await performer.snapshot();
  if (later.restless === undefined) controlled.add(path);
  return later;
}

const inAnItem = (text: string): Step['success'] => ({
  kind: 'elementVisible',
  target: { role: 'listitem', name: text, exact: false },
});

/** The target of an action on one of equal things, which has to be proven by its row. */
const rowTarget = (
  action: Step['action'],
): Extract<Step['action'], { type: 'click' }>['target'] | undefined =>
  action.type === 'click' && action.target.within !== undefined ? action.target : undefined;

/** Whether something changed in the row of a target, it went away, or what is new names it. */
function isAboutRow(
  before: PageSnapshot,
  after: PageSnapshot,
  { within }: NonNullable<ReturnType<typeof rowTarget>>,
): boolean {
  const was = within && findRow(before.elements, within);
  const is = within && findRow(after.elements, within);
  if (!within || !was || !is || before.path !== after.path) return true;
  return (
    rowLooks(before.elements, was) !== rowLooks(after.elements, is) ||
    insertedText(before, after).includes(within.name) ||
    opensOver(before, after, was) ||
    asksAboutRow(before, after, `${within.name} ${was.name} ${was.text ?? ''}`)
  );
}

/** A form has come up that is filled in with what the row says. */
const asksAboutRow = (before: PageSnapshot, after: PageSnapshot, row: string): boolean => {
  const words = new Set(
    foldText(row)
      .toLowerCase()
      .match(/[\p{L}\p{N}@.]{3,}/gu) ?? [],
  );
  return after.elements.some(
    ({ role, name, value }) =>
      ['textbox', 'combobox', 'spinbutton'].includes(role) &&
      findTargets(before.elements, { role, name, exact: true }).length === 0 &&
      (value.toLowerCase().match(/[\p{L}\p{N}@.]{3,}/gu) ?? []).some((word) => words.has(word)),
  );
};

/** Something has come up that lies over the whole row: a question, a sheet, a page drawn over this one. */
const opensOver = (before: PageSnapshot, after: PageSnapshot, { box }: PageElement): boolean =>
  after.elements.some(
    (one) =>
      foldText(one.name) !== '' &&
      one.box.x <= box.x &&
      one.box.y <= box.y &&
      one.box.x + one.box.width >= box.x + box.width &&
      one.box.y + one.box.height >= box.y + box.height &&
      findTargets(before.elements, { role: one.role, name: one.name, exact: true }).length === 0 &&
      !foldText(one.name).includes(foldText(before.elements.find((other) => other.box === box)?.name ?? '')),
  );

/** What else on the page has followed. */
function effectOf(
  step: CandidateStep,
  before: PageSnapshot,
  after: PageSnapshot,
): Step['success'] | undefined {
  const { action } = step;
  const target = 'target' in action && action.target ? action.target : undefined;
  const control = target && findTargets(after.elements, target)[0];
  const own = { name: control?.name ?? '', value: control?.value ?? '' };
  const learned = reordered(before, after, step.ordered ?? []) ?? learnEffect(before, after, own);
  return learned !== undefined && evaluateCondition(learned, after, before) ? learned : undefined;
}

/** The first text that was there and is gone, when another of them stayed. */
function vanished(
  before: PageSnapshot,
  after: PageSnapshot,
  shown: readonly string[],
): Step['success'] | undefined {
  const there = shown.filter((text) => textIsVisible(before, text));
  const gone = there.find((text) => !textIsVisible(after, text));
  const stays = there.find((text) => textIsVisible(after, text));
  return gone !== undefined && stays !== undefined
    ? { kind: 'textHidden', text: gone, beside: stays }
    : undefined;
}

/** Texts that no part of the page shows that changes by itself: that such a text went proves nothing. */
const steady = (texts: readonly string[], ...pages: readonly PageSnapshot[]): string[] =>
  texts.filter(
    (text) =>
      !pages.some((page) =>
        page.elements.some(({ restless, name }) => restless === true && foldText(name).includes(text)),
      ),
  );

/** That something went away, or that the page says something else, proves less than what came. */
function moreTelling(
  before: PageSnapshot,
  after: PageSnapshot,
  success: Step['success'],
  typed: readonly string[],
  about: readonly string[],
): Step['success'] | undefined {
  if (success.kind !== 'elementHidden' && success.kind !== 'textChanged') return undefined;
  const learned = learnCondition(before, after, typed, about);
  return learned && !evaluateCondition(learned, before, before) ? learned : undefined;
}

/**
 * Two neighbours of the list that have changed places. A list that stands in another order already is in a new one each time it is loaded:
 * then none can be named.
 */
function reordered(
  before: PageSnapshot,
  after: PageSnapshot,
  ordered: readonly string[],
): Step['success'] | undefined {
  const swaps = ordered.flatMap((then, at) => {
    const first = ordered[at + 1];
    return first === undefined ? [] : [{ kind: 'textOrder', first, then } as const];
  });
  const inOrder = swaps.filter(({ first, then }) =>
    evaluateCondition({ kind: 'textOrder', first: then, then: first }, before),
  );
  if (inOrder.length < swaps.length * MOSTLY) return undefined;
  return inOrder.find((swapped) => evaluateCondition(swapped, after));
}

/** The field whose value a step sets by itself. */
const setBy = ({ action }: Step): Target[] =>
  action.type === 'type' || action.type === 'select' ? [action.target] : [];

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
    (plain(shown).startsWith(plain(action.text)) ||
      // A mask may take fewer digits; words that were cut off are not what was to be entered.
      (!/\p{L}/u.test(action.text) && plain(action.text).startsWith(plain(shown))));
  return isMadeOf ? { kind: 'value', target: action.target, equals: shown } : undefined;
}
