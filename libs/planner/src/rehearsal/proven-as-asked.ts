import { claims, foldText, textIsVisible } from '@showrunner/contracts';
import type { CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { namesMoment } from '../intent/moments';
import { rowsOf } from '../intent/rows';
import { PageView } from '../page-view';
import { isCalled, neighbourOf, unlikeAsked } from './as-asked';
import { insertedText, runsInserted } from './inserted-text';
import type { RehearsalPerformer } from './performer';
import type { Failed, ProvenStep } from './step-outcome';

/** What was put away is proven by its absence beside others, where the page says nothing of it. */
export async function goneAsAsked(
  { action, caption, timeoutMs, asks, dialog }: CandidateStep,
  { verdict, before }: Failed,
  performer: RehearsalPerformer,
): Promise<ProvenStep | undefined> {
  if (asks?.kind !== 'row' || asks.effect !== 'changes' || verdict === 'refuted' || before === undefined)
    return undefined;
  const after = await performer.snapshot();
  const beside = neighbourOf(before, after, asks.title);
  const isGone = textIsVisible(before, asks.title) && !textIsVisible(after, asks.title);
  if (!isGone || beside === undefined || unlikeAsked(asks, { start: before, before, after }) !== undefined)
    return undefined;
  const success = { kind: 'textHidden', text: asks.title, beside } as const;
  return {
    step: { action, caption, timeoutMs, success, ...(dialog && { dialog }) },
    claimsToLast: false,
    before,
  };
}

/** A sign before the title may be all that tells: the star that was empty and is full. */
export async function signedAsAsked(
  { action, caption, timeoutMs, asks, dialog }: CandidateStep,
  { verdict, before, sent }: Failed,
  performer: RehearsalPerformer,
  start: PageSnapshot | undefined,
): Promise<ProvenStep | undefined> {
  if (asks?.kind !== 'row' || asks.effect !== 'changes' || verdict === 'refuted' || before === undefined)
    return undefined;
  const after = await performer.snapshot();
  const rows = rowsOf(new PageView({ path: after.path, snapshot: after, revealedBy: [] }));
  const text = rows.find((row) => isCalled(row, asks.title))?.text.slice(0, asks.title.length) ?? '';
  if (text === '' || !textIsVisible(after, text) || textIsVisible(before, text)) return undefined;
  if (unlikeAsked(asks, { start: start ?? before, before, after }) !== undefined) return undefined;
  return {
    step: {
      ...{ action, caption, timeoutMs, success: { kind: 'textVisible', text } },
      ...(dialog && { dialog }),
    },
    claimsToLast: false,
    ...(sent !== undefined && { sent }),
    before,
  };
}

const LONGEST_SAID = 80;

/** A day and a time that the page names are mostly what passes by itself; these were asked for, and came with the step. */
export async function saidAsAsked(
  { action, caption, timeoutMs, asks, dialog }: CandidateStep,
  { verdict, before, sent }: Failed,
  performer: RehearsalPerformer,
  start: PageSnapshot | undefined,
): Promise<ProvenStep | undefined> {
  if (asks?.kind !== 'moment' || verdict === 'refuted' || before === undefined) return undefined;
  const after = await performer.snapshot();
  const said = runsInserted(before, after)
    .find((run) => namesMoment(run, asks))
    ?.slice(0, LONGEST_SAID);
  if (said === undefined || !textIsVisible(after, said) || textIsVisible(before, said)) return undefined;
  if (unlikeAsked(asks, { start: start ?? before, before, after }) !== undefined) return undefined;
  const success = { kind: 'textVisible', text: said } as const;
  return {
    step: { action, caption, timeoutMs, success, ...(dialog && { dialog }) },
    claimsToLast: sent === true || claims(insertedText(before, after).replace(BOOKED, ' ')),
    ...(sent !== undefined && { sent }),
    before,
  };
}

const BOOKED =
  /(?<!\p{L})(?:booked|reserved|scheduled|confirmed|gebucht|reserviert|bestätigt|réservée?|confirmée?|reservad[oa]|confirmad[oa]|prenotat[oa]|confermat[oa])(?!\p{L})/giu;

/** That something is booked is its state, as that it is done: only who says that it was kept has to have kept it. */
export const saysOnlyBooked = (before: PageSnapshot, after: PageSnapshot): boolean => {
  const said = insertedText(before, after);
  return said.search(BOOKED) >= 0 && !claims(said.replace(BOOKED, ' '));
};

/** While the page offers to take it back, it does not say that it was kept. */
export const mayBeUndone = (before: PageSnapshot, after: PageSnapshot): boolean => {
  const offers = ({ elements }: PageSnapshot): number =>
    elements.filter(
      ({ role, name }) => ['button', 'link', 'generic'].includes(role) && UNDO.test(foldText(name)),
    ).length;
  return offers(after) > offers(before);
};
const UNDO =
  /^(?:undo|rückgängig(?: machen)?|annuler|deshacer|desfazer|annulla|تراجع|元に戻す|撤销)(?:[\s.!]|$)/iu;
