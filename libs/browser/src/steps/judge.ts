import {
  asksForMore,
  brokenPage,
  claims,
  claimsToKeep,
  findTargets,
  foldText,
  missingPage,
  MOST_EVIDENCE,
  NO_RESULT,
  refuses,
  saysDone,
  stepHolds,
  textIsVisible,
  type Evidence,
  type Feature,
  type PageElement,
  type PageSnapshot,
  type Step,
  type Verdict,
} from '@showrunner/contracts';
import { carriesText, isWrite, refusalOf, type SeenRequest } from '../observer/caused-requests';
import type { PageMessage, TextPlace } from '../observer/collect-messages';
import type { BrowserFact } from './browser-evidence';

/** What was seen of one action, all of it once the page had come to rest. */
export interface SeenAction {
  step: Step;
  /** Of the feature; undefined where nobody said. */
  kind: Feature['kind'] | undefined;
  /** Texts that were entered in this feature so far. */
  typed: readonly string[];
  /** Unix ms at which the page had the input. */
  actedAt: number;
  /** Unix ms of the look at the page at rest. */
  seenAt: number;
  before: PageSnapshot;
  after: PageSnapshot;
  messages: { before: readonly PageMessage[]; after: readonly PageMessage[] };
  requests: readonly SeenRequest[];
  /** Dialogs that the action brought up. */
  dialogs: readonly { type: string; message: string; atMs: number }[];
  /** Where the text of the condition stands, when it names one. */
  places: readonly TextPlace[];
  /** Whether the page keeps that text in this browser. */
  stored: boolean;
  /** What the browser says of what the page claims of it. */
  told: readonly BrowserFact[];
  /** Whether the condition was seen to hold at some moment before. */
  heldOnce: boolean;
}

export interface Judgement {
  verdict: Verdict;
  evidence: Evidence[];
  /** Why it is not verified, one sentence. */
  reason?: string;
  /** Page or server said that it was kept, or the page put it away, and the thing itself is shown: it has to be there when it is loaded again. */
  claimsToLast: boolean;
}

/** Kinds of features that change something; others only show what is there. */
const CHANGES = new Set<Feature['kind']>(['create', 'edit', 'toggle', 'calculate', 'signIn']);

/**
 * What an action is held for. Whatever says no outweighs what says yes; what the page does by itself, or said before, proves nothing.
 */
export function judge(seen: SeenAction): Judgement {
  const against = [
    ...refusedRequests(seen),
    ...refusedByDialog(seen),
    ...refusedByMessage(seen),
    ...refusedByPage(seen),
    ...refusedInPlace(seen),
    ...seen.told
      .filter(({ bearing }) => bearing === 'against')
      .map(({ kind, saw }) => note(seen, 'against', kind, saw)),
  ];
  const holds = stepHolds(seen.step, seen.after, seen.before);
  // A list that is drawn anew is empty for a moment: what is seen to be absent in passing was nobody's claim.
  const isAbsence = ['elementHidden', 'textHidden'].includes(seen.step.success.kind);
  if (!holds && seen.heldOnce && !isAbsence)
    against.push(
      note(seen, 'against', 'rest', 'What had come true was taken back before the page came to rest.'),
    );
  const doubt = holds ? doubtOf(seen) : undefined;
  const facts: Evidence[] = [
    note(
      seen,
      holds ? (doubt ? 'neutral' : 'for') : 'neutral',
      'condition',
      holds ? 'The success condition holds on the page at rest.' : 'The success condition does not hold.',
      doubt?.cause ?? 'action',
    ),
    ...(doubt ? [note(seen, 'neutral', 'place', doubt.reason, doubt.cause)] : []),
    ...seen.requests
      .filter((one) => refusalOf(one) === undefined && one.status !== undefined)
      .map((one) =>
        note(
          seen,
          isWrite(one) ? 'for' : 'neutral',
          'request',
          `The app answered ${one.method} ${one.path} with ${one.status}.`,
          'action',
          one.endedAt,
        ),
      )
      .slice(0, 3),
  ];
  facts.push(
    ...seen.told
      .filter(({ bearing }) => bearing !== 'against')
      .map(({ bearing, kind, saw }) => note(seen, bearing, kind, saw)),
  );
  const evidence = [...against, ...facts].slice(0, MOST_EVIDENCE);
  const claimsToLast = isClaimedToLast(seen);
  if (against.length > 0) return { verdict: 'refuted', evidence, reason: against[0]?.saw, claimsToLast };
  if (!holds) return { verdict: 'unproven', evidence, claimsToLast };
  return doubt
    ? { verdict: 'unproven', evidence, reason: doubt.reason, claimsToLast }
    : { verdict: 'verified', evidence, claimsToLast };
}

/** What computes an answer keeps nothing, whatever it sends. */
const COMPUTES =
  /\b(generate|ask|translate|convert|calculate|compute|predict|analy[sz]e|summari[sz]e|check|preview|try|run|test|estimate|suggest|encode|decode|search|find|filter)\b/i;

function isClaimedToLast(seen: SeenAction): boolean {
  const { step, places, requests, typed } = seen;
  const control = 'target' in step.action && step.action.target ? step.action.target.name : '';
  // A sentence about a thing goes when the page does; the thing itself stays.
  const isThing =
    !namesTyped(seen) ||
    places.some(({ where, block, alone }) => where === 'item' || (alone && !claims(without(block, typed))));
  if (!isThing) return false;
  const said = freshMessages(seen).some(({ text }) => claimsToKeep(without(text, typed)) && !refuses(text));
  const sent = requests.some(
    (one) =>
      isWrite(one) &&
      refusalOf(one) === undefined &&
      (typed.length === 0 || one.type === 'Document' || typed.some((text) => carriesText(one.body, text))),
  );
  // What a page puts away in the browser it means to find again.
  const putAway = seen.stored && seen.kind !== undefined && CHANGES.has(seen.kind);
  return said || ((sent || putAway) && !COMPUTES.test(control));
}

const note = (
  { seenAt, actedAt }: SeenAction,
  bearing: Evidence['bearing'],
  kind: Evidence['kind'],
  saw: string,
  cause: Evidence['cause'] = 'action',
  at: number = seenAt,
): Evidence => ({ bearing, kind, saw: saw.slice(0, 400), afterMs: Math.round(at - actedAt), cause });

const refusedRequests = (seen: SeenAction): Evidence[] =>
  seen.requests.flatMap((one) => {
    const refusal = refusalOf(one);
    return refusal === undefined
      ? []
      : [
          note(
            seen,
            'against',
            'request',
            `The app refused ${one.method} ${one.path} (${refusal}).`,
            'action',
            one.endedAt,
          ),
        ];
  });

const refusedByDialog = (seen: SeenAction): Evidence[] =>
  seen.dialogs
    .filter(({ type, message }) => type === 'alert' && refuses(without(message, seen.typed)))
    .map(({ message, atMs }) =>
      note(seen, 'against', 'dialog', `A dialog says “${message.slice(0, 200)}”.`, 'action', atMs),
    );

const refusedByMessage = (seen: SeenAction): Evidence[] =>
  freshMessages(seen)
    .filter((one) => isRefusal(one, seen))
    .slice(0, 4)
    .map(({ kind, text }) =>
      note(
        seen,
        'against',
        kind === 'invalid' ? 'validation' : 'message',
        `The page says “${text.slice(0, 200)}”.`,
      ),
    );

function freshMessages({ messages }: SeenAction): PageMessage[] {
  const known = new Map<string, number>();
  const key = ({ kind, text }: PageMessage): string => `${kind} ${text}`;
  for (const one of messages.before) known.set(key(one), (known.get(key(one)) ?? 0) + 1);
  return messages.after.filter((one) => {
    const left = known.get(key(one)) ?? 0;
    if (left > 0) known.set(key(one), left - 1);
    return left === 0;
  });
}

function isRefusal({ kind, text, tone }: PageMessage, seen: SeenAction): boolean {
  const own = without(text, seen.typed);
  // What an action was to show is what it says, however that sounds: a shop may have a category of errors.
  if (
    seen.kind !== 'create' &&
    'text' in seen.step.success &&
    foldText(text) === foldText(seen.step.success.text)
  )
    return false;
  // Read out to those who do not see: what was chosen.
  const { success } = seen.step;
  if (kind === 'alert' && success.kind === 'value' && foldText(text) === foldText(success.equals))
    return false;
  switch (kind) {
    case 'invalid':
      return true;
    case 'alert':
      if (refuses(own)) return tone !== 'good';
      // Where a thing was dropped is read out, too, to those who do not see it.
      if (tone === 'plain' && seen.step.action.type === 'drag') return false;
      // An alert that says nothing known interrupts for a reason; only what is seen where it belongs outweighs it.
      return (
        tone === 'bad' ||
        (tone === 'plain' &&
          !claims(own) &&
          !saysDone(own) &&
          !seen.places.some(({ where }) => where === 'item'))
      );
    case 'status':
      return tone === 'bad' || (refuses(own) && tone !== 'good');
    case 'styled': {
      const changes = seen.kind === undefined || CHANGES.has(seen.kind);
      if (changes) return tone === 'bad' || (refuses(own) && tone !== 'good' && own.length <= 240);
      return tone === 'bad' && refuses(own);
    }
  }
}

/** A text without what was typed: the user's words are not the app's. */
const without = (text: string, typed: readonly string[]): string =>
  typed.reduce((left, one) => (one.length < 2 ? left : left.split(one).join(' ')), foldText(text));

function refusedByPage(seen: SeenAction): Evidence[] {
  const { before, after, kind } = seen;
  const missing = missingPage(before) === undefined ? missingPage(after) : undefined;
  const broken = brokenPage(before) === undefined ? brokenPage(after) : undefined;
  const asks = kind === 'signIn' && asksForMore(after) && !asksForMore(before);
  const garbage = kind === 'calculate' ? freshGarbage(before, after) : undefined;
  return [
    ...(missing === undefined ? [] : [note(seen, 'against', 'page', `The page is not there. ${missing}`)]),
    ...(broken === undefined ? [] : [note(seen, 'against', 'page', `The app shows an error: ${broken}`)]),
    ...(asks ? [note(seen, 'against', 'page', 'The app asks for more before anybody is signed in.')] : []),
    ...(garbage === undefined ? [] : [note(seen, 'against', 'result', `“${garbage}” is no result.`)]),
  ];
}

const freshGarbage = (before: PageSnapshot, after: PageSnapshot): string | undefined => {
  const shownBy = (page: PageSnapshot): string[] => [page.text, ...page.elements.map(({ value }) => value)];
  const found = shownBy(after)
    .map((text) => NO_RESULT.exec(text)?.[0])
    .find((one) => one !== undefined);
  return found !== undefined && !shownBy(before).some((text) => NO_RESULT.test(text)) ? found : undefined;
};

/** The text is there, in the very sentence that says no. */
function refusedInPlace(seen: SeenAction): Evidence[] {
  const { places, typed } = seen;
  const bad = places.filter(({ block, tone }) => tone === 'bad' || refuses(without(block, typed)));
  const good = places.filter((one) => !bad.includes(one) && one.where !== 'suggestion');
  return bad.length > 0 && good.length === 0 && namesTyped(seen)
    ? [note(seen, 'against', 'place', `It stands only in “${bad[0]?.block.slice(0, 200) ?? ''}”.`)]
    : [];
}

const namesTyped = ({ step, typed }: SeenAction): boolean => {
  const { success } = step;
  return (
    success.kind === 'textVisible' && typed.some((text) => foldText(success.text).includes(foldText(text)))
  );
};

/** Why a condition that holds proves nothing, and what brought it about instead. */
function doubtOf(seen: SeenAction): { reason: string; cause: Evidence['cause'] } | undefined {
  const { places, requests } = seen;
  if (isRestless(seen))
    return { reason: 'The page changes there by itself, so it proves nothing.', cause: 'itself' };
  const untold = seen.told.find(({ doubt }) => doubt === true);
  if (untold !== undefined) return { reason: untold.saw, cause: 'action' };
  if (places.length === 0 || !namesTyped(seen)) return undefined;
  if (places.every(({ where }) => where === 'suggestion'))
    return { reason: 'It stands only in a list to choose from.', cause: 'action' };
  const told = places.every(({ where, block }) => where !== 'item' && claims(without(block, seen.typed)));
  const accepted = requests.some((one) => isWrite(one) || one.type === 'Document');
  return told && !accepted && !seen.stored
    ? { reason: 'The page says that it was done, but nothing was sent or kept.', cause: 'action' }
    : undefined;
}

/** Whether all that fulfils the condition changes by itself. */
function isRestless({ step: { success }, before, after, typed }: SeenAction): boolean {
  const all = (found: readonly PageElement[]): boolean =>
    found.length > 0 && found.every((one) => one.restless === true);
  switch (success.kind) {
    case 'textVisible':
      return !typed.some((text) => success.text.includes(text)) && onlyRestless(after, success.text);
    case 'textHidden':
      return onlyRestless(before, success.text);
    case 'elementVisible':
      return all(findTargets(after.elements, success.target));
    case 'elementHidden':
      return all(findTargets(before.elements, success.target));
    case 'state':
      // A number in it may count by itself: whether it is on is another matter.
      return all(
        findTargets(after.elements, success.target)
          .slice(0, 1)
          .filter(({ name }) => !/\d/u.test(name)),
      );
    case 'value':
    case 'pictureChanged':
      return all(findTargets(after.elements, success.target).slice(0, 1));
    default:
      return false;
  }
}

const onlyRestless = (page: PageSnapshot, text: string): boolean => {
  const { restless = [] } = page;
  if (
    !restless.some((part) => part.includes(foldText(text)) || (part !== '' && foldText(text).includes(part)))
  )
    return false;
  const steady = restless.reduce(
    (left, part) => (part === '' ? left : left.split(part).join(' ')),
    page.text,
  );
  return !textIsVisible({ text: steady }, text);
};
