import { claims, evaluateCondition, findTargets, foldText, saysDone } from '@showrunner/contracts';
import type { Condition, Feature, PageSnapshot } from '@showrunner/contracts';
import { ENTRY_ROLES } from '../items';
import type { RehearsalPerformer } from './performer';
import type { Tried } from './try-candidate';

/** After this time without a touch, a page that was going to take something back has mostly done so. */
const LATE_MS = 1500;
/** Some apps take back later, ms. */
const LATEST_MS = 7000;
/** Kinds that bring something about, which may be taken back a moment later. */
const CHANGING = new Set<Feature['kind']>(['create', 'edit', 'toggle', 'calculate', 'signIn']);
/** Of these, what page or server say to have kept has to be there when the page is loaded again. */
const LASTING = new Set<Feature['kind']>(['create', 'edit', 'toggle']);

export const needsSecondLook = ({ kind }: Feature): boolean => CHANGING.has(kind);

const PASSING = new Set(['status', 'alert', 'dialog', 'alertdialog', 'tooltip']);
/** What a message offers goes with it. */
const OFFERED = /^(?:undo|dismiss|close|view|show|retry|ok|×|✕|rückgängig|annuler|deshacer)\b/iu;

/** Whether a condition is of how a thing stands: what is said in passing goes by itself, and may. */
function isState(claimed: Condition, page: PageSnapshot): boolean {
  switch (claimed.kind) {
    case 'state':
    case 'value':
      return true;
    case 'elementVisible': {
      const [element] = findTargets(page.elements, claimed.target);
      const { name } = claimed.target;
      if (element === undefined || element.restless === true || OFFERED.test(name)) return false;
      return (
        ENTRY_ROLES.includes(element.role) || !(PASSING.has(element.role) || claims(name) || saysDone(name))
      );
    }
    case 'textVisible':
      return page.elements.some(
        ({ role, name, text = '' }) =>
          ENTRY_ROLES.includes(role) &&
          `${foldText(name)} ${foldText(text)}`.includes(foldText(claimed.text)),
      );
    default:
      return false;
  }
}

export interface Settled {
  /** What was seen of those that stand, with `lasts`. */
  features: Feature[];
  /** Why the others do not, in the order of the claims. */
  dropped: { feature: Feature; reason: string }[];
}

/** What a page shows a while after it was claimed. */
interface SeenAgain {
  settled: Settled;
  /** What has to be there, too, when the page is loaded again. */
  due: Tried[];
  /** Where it was seen. */
  path: string;
}

/**
 * A second, longer look at what features have claimed, one after the other on one page, at the page as it is: what was taken back is dropped.
 * @param isLeft another page is loaded then: this one can only be looked at afterwards
 */
export async function lookAgain(
  claims: readonly Tried[],
  performer: RehearsalPerformer,
  isLeft: boolean,
): Promise<SeenAgain> {
  const hasOwnTime = await performer.leaveAlone(LATE_MS, isLeft);
  const last = claims[claims.length - 1];
  const claimed = last?.feature.steps[last.feature.steps.length - 1]?.success;
  const again = claimed === undefined ? { verified: true } : await performer.lookAgain(claimed);
  const page = await performer.snapshot();
  if (last !== undefined && !again.verified) {
    const reasons = new Map([[last.feature.id, again.error ?? 'it was taken back']]);
    return { settled: withoutFollowers(claims, reasons), due: [], path: page.path };
  }
  if (last !== undefined && hasOwnTime && claimed !== undefined && isState(claimed, page)) {
    // The page is left anyway, and its time passes at once: what is taken back later than that is seen, too.
    await performer.leaveAlone(LATEST_MS, true);
    if (!holds(claimed, await performer.snapshot())) {
      const reasons = new Map([[last.feature.id, 'It was taken back some seconds later.']]);
      return { settled: withoutFollowers(claims, reasons), due: [], path: page.path };
    }
  }
  const due = claims.filter(({ feature }) => LASTING.has(feature.kind) && holds(factOf(feature), page));
  const settled = withoutFollowers(claims, new Map());
  return { settled: { ...settled, features: settled.features.map(toldTruly) }, due, path: page.path };
}

/**
 * Loads the page again, with the app's storage as it is: what page or server said to have kept and have not is dropped. An app that says nothing of
 * keeping and forgets is honest: that is noted (`lasts`).
 */
export async function whatLasts(
  claims: readonly Tried[],
  due: readonly Tried[],
  performer: RehearsalPerformer,
  path: string,
): Promise<Settled> {
  const lost = await lostAfterReload(due, performer, path);
  const reasons = new Map(
    lost
      .filter(({ claimsToLast, feature }) => claimsToLast || /\b(save|store|keep)/i.test(feature.title))
      .map(({ feature }) => [
        feature.id,
        'It is said to be kept, and is gone when the page is loaded again.',
      ]),
  );
  const settled = withoutFollowers(claims, reasons);
  return {
    ...settled,
    features: settled.features.map((feature) =>
      toldTruly(
        due.some((one) => one.feature === feature)
          ? { ...feature, lasts: !lost.some((one) => one.feature === feature) }
          : feature,
      ),
    ),
  };
}

/** Nobody is told that something was saved which nobody has seen to be there later. */
const toldTruly = (feature: Feature): Feature =>
  feature.lasts !== true && /\b(saved|stored|kept)\b/i.test(feature.description)
    ? { ...feature, description: 'The page follows at once.' }
    : feature;

/** A feature that goes on from one that is dropped goes with it. */
function withoutFollowers(claims: readonly Tried[], reasons: ReadonlyMap<string, string>): Settled {
  const settled: Settled = { features: [], dropped: [] };
  for (const { feature } of claims) {
    const reason =
      reasons.get(feature.id) ??
      (feature.startPath === null && settled.dropped.length > 0 ? FOLLOWS : undefined);
    if (reason === undefined) settled.features.push(feature);
    else settled.dropped.push({ feature, reason });
  }
  return settled;
}

/**
 * What was dropped, and of all that was kept what goes on from there on the same page, whatever its kind: who was to keep a thing that is gone has
 * kept nothing.
 */
export function withFollowers(dropped: Settled['dropped'], kept: readonly Feature[]): Settled['dropped'] {
  const all = [...dropped];
  for (const [at, feature] of kept.entries()) {
    const before = kept[at - 1];
    const isGone = (one: Feature | undefined): boolean => all.some((other) => other.feature.id === one?.id);
    if (feature.startPath === null && isGone(before) && !isGone(feature) && !needsSecondLook(feature))
      all.push({ feature, reason: FOLLOWS });
  }
  return all;
}
const FOLLOWS = 'It goes on from something that did not last.';

async function lostAfterReload(
  due: readonly Tried[],
  performer: RehearsalPerformer,
  path: string,
): Promise<Tried[]> {
  const missing = (among: readonly Tried[], page: PageSnapshot): Tried[] =>
    among.filter(({ feature }) => !holds(factOf(feature), page) && !keepsValues(feature, page));
  let lost = missing(due, await performer.reload(path));
  const start = due[0]?.feature.startPath;
  if (lost.length > 0 && typeof start === 'string') lost = missing(lost, await performer.reload(start));
  // A page that begins with another part of itself has to be led to the one where the thing is.
  for (const { feature } of lost.filter(({ claimsToLast }) => claimsToLast)) {
    const writes = feature.steps.findIndex(({ action }) => action.type !== 'click');
    const leading = writes === -1 ? feature.steps.length - 1 : writes;
    if (leading === 0 || feature.startPath === null) continue;
    if ((await performer.begin(feature)).error !== undefined) continue;
    for (let at = 0; at < leading; at += 1) await performer.perform(feature, at);
    lost = missing(lost, await performer.snapshot());
  }
  return lost;
}

const factOf = ({ steps }: Feature): Condition | undefined => {
  const fact = steps[steps.length - 1]?.success;
  // What compares with the page before is no fact of a page by itself.
  const compares =
    fact === undefined ||
    ['themeChanged', 'inViewport', 'url'].includes(fact.kind) ||
    (fact.kind === 'count' && fact.change !== undefined);
  return compares ? undefined : fact;
};

/** A message that something was saved goes when the page is loaded again: the values that were entered are what was. */
function keepsValues(feature: Feature, page: PageSnapshot): boolean {
  const fact = factOf(feature);
  const said =
    fact?.kind === 'textVisible' ? fact.text : fact?.kind === 'elementVisible' ? fact.target.name : '';
  if (!claims(said)) return false;
  const values = feature.steps.map(({ success }) => success).filter(({ kind }) => kind === 'value');
  return values.length > 0 && values.every((value) => evaluateCondition(value, page, page));
}

const holds = (fact: Condition | undefined, page: PageSnapshot): boolean =>
  fact !== undefined && evaluateCondition(fact, page, page);
