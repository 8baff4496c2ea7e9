import { claims, foldText, textIsVisible } from '@showrunner/contracts';
import type { Asked, CandidateStep, PageSnapshot, Step } from '@showrunner/contracts';
import { namesMoment } from '../intent/moments';
import { rowsOf } from '../intent/rows';
import { PageView } from '../page-view';
import { isCalled, neighbourOf, unlikeAsked } from './as-asked';
import type { Looks } from './as-asked';
import { insertedText, runsInserted } from './inserted-text';
import type { RehearsalPerformer } from './performer';
import type { Failed, ProvenStep } from './step-outcome';

/** What a failed step of an intent has brought about all the same, as it was asked for: a condition that proves it. */
interface Proof {
  success: Step['success'];
  claimsToLast: boolean;
}

/** A step whose condition did not come true, proven by what was asked of it; undefined when nothing of it is to be seen. */
export async function provenAsAsked(
  { action, caption, timeoutMs, asks, dialog }: CandidateStep,
  { verdict, before, sent }: Failed,
  performer: RehearsalPerformer,
  start: PageSnapshot | undefined,
): Promise<ProvenStep | undefined> {
  const isProvable = (asks?.kind === 'row' && asks.effect === 'changes') || asks?.kind === 'moment';
  if (!isProvable || verdict === 'refuted' || before === undefined) return undefined;
  const looks = { start: start ?? before, before, after: await performer.snapshot() };
  const proof =
    asks.kind === 'row'
      ? (goneAsAsked(asks, looks) ?? signedAsAsked(asks, looks))
      : saidAsAsked(asks, looks, sent === true);
  return (
    proof && {
      step: { action, caption, timeoutMs, success: proof.success, ...(dialog && { dialog }) },
      claimsToLast: proof.claimsToLast,
      ...(sent !== undefined && { sent }),
      before,
    }
  );
}

/** What was put away is proven by its absence beside others, where the page says nothing of it. */
function goneAsAsked(asks: Extract<Asked, { kind: 'row' }>, { before, after }: Looks): Proof | undefined {
  const beside = neighbourOf(before, after, asks.title);
  const isGone = textIsVisible(before, asks.title) && !textIsVisible(after, asks.title);
  if (!isGone || beside === undefined || unlikeAsked(asks, { start: before, before, after }) !== undefined)
    return undefined;
  return { success: { kind: 'textHidden', text: asks.title, beside }, claimsToLast: false };
}

/** A sign before the title may be all that tells: the star that was empty and is full. */
function signedAsAsked(asks: Extract<Asked, { kind: 'row' }>, looks: Looks): Proof | undefined {
  const { before, after } = looks;
  const rows = rowsOf(PageView.of(after));
  const text = rows.find((row) => isCalled(row, asks.title))?.text.slice(0, asks.title.length) ?? '';
  if (text === '' || !textIsVisible(after, text) || textIsVisible(before, text)) return undefined;
  if (unlikeAsked(asks, looks) !== undefined) return undefined;
  return { success: { kind: 'textVisible', text }, claimsToLast: false };
}

const LONGEST_SAID = 80;

/** A day and a time that the page names are mostly what passes by itself; these were asked for, and came with the step. */
function saidAsAsked(
  asks: Extract<Asked, { kind: 'moment' }>,
  looks: Looks,
  sent: boolean,
): Proof | undefined {
  const { before, after } = looks;
  const text = runsInserted(before, after)
    .find((run) => namesMoment(run, asks))
    ?.slice(0, LONGEST_SAID);
  if (text === undefined || !textIsVisible(after, text) || textIsVisible(before, text)) return undefined;
  if (unlikeAsked(asks, looks) !== undefined) return undefined;
  return {
    success: { kind: 'textVisible', text },
    claimsToLast: sent || claims(insertedText(before, after).replace(BOOKED, ' ')),
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
