import type { Candidate } from '@showrunner/contracts';
import type { RulesContext } from '../rules-context';
import { actOnRow } from './act-on-row';
import type { Answers } from './act-on-row';
import { addThing } from './add';
import { bookMoment, booksMoment } from './book';
import { changePassword, passwordChangeIn } from './change-password';
import { chooseDrawn } from './drawn-choice';
import { dragToPlace } from './drag';
import { eachOf } from './each-of';
import { enterValue } from './enter';
import { labelRow } from './label-row';
import { labellingIn } from './labelling';
import { levelIn, setLevel } from './levels';
import { isItemVerb } from './meanings';
import { momentIn } from './moments';
import { moveCard, movesCard } from './move-card';
import { withExtremes } from './extremes';
import { fitting } from './fit';
import { chooseSeveral, namesSeveral, tickAll } from './several';
import { isOpposite } from './opposites';
import { pressFound } from './press-found';
import { narrowBySeveral, narrowsBySeveral } from './narrow-by-several';
import { narrowBy, openClosed, pressHidden, pressNamed } from './press';
import { pressWithin } from './within';
import { alongMenus } from './menu-path';
import { readPhrase } from './phrase';
import type { IntentPart } from './read-intent';
import { refersBack, refersToOne } from './refer';
import { waysToSearch } from './search-for';
import { sortDrawn } from './sort-drawn';
import { stepAmount, stepsAmount } from './step-amount';
import { undoes, undoLast } from './undo';
import { notUnderstood } from './unknown-words';
import { writeTo } from './write-to';
import { writingIn } from './writing';

const MOST_TRIED = 4;
export const NOT_FOUND = 'Nothing in the app was found that fits these words of the intent.';

/**
 * Features that are what one part of an intent asks for, the best first, built on the pages that were seen or chosen among those proposed;
 * none, with the reason, when there is nothing that would be it. Pure.
 */
export function answersTo(said: IntentPart, context: RulesContext, proposed: readonly Candidate[]): Answers {
  const each = eachOf(said, context);
  if (each !== undefined)
    return {
      candidates: [],
      reason:
        'missing' in each ? each.missing : 'Several things are meant, each of which is a part of its own.',
    };
  const told = withExtremes(said, context);
  if ('missing' in told) return { candidates: [], reason: told.missing };
  const { part } = told;
  const tried = waysFor(part, context, proposed);
  const candidates: Candidate[] = [];
  const reasons: string[] = [];
  for (const way of tried) {
    const { candidates: found, reason } = way();
    reasons.push(reason);
    const meant = found.filter((one) => !isOpposite(part, one, context));
    if (meant.length < found.length)
      reasons.push('What was found does the contrary, or is another one of its kind.');
    candidates.push(...meant.sort((a, b) => b.score - a.score));
    if (candidates.length >= MOST_TRIED) break;
  }
  const distinct = candidates.filter(
    (one, at) => candidates.findIndex((other) => sameSteps(one, other)) === at,
  );
  return {
    candidates: distinct.slice(0, MOST_TRIED),
    reason: distinct.length > 0 ? '' : (reasons.find((reason) => reason !== '') ?? NOT_FOUND),
  };
}

const sameSteps = (a: Candidate, b: Candidate): boolean =>
  a.feature.startPath === b.feature.startPath &&
  a.continues === b.continues &&
  JSON.stringify(a.feature.steps.map((step) => [step.action, step.continues])) ===
    JSON.stringify(b.feature.steps.map((step) => [step.action, step.continues]));

const ALL = /^(?:all|every|each|alle|jede[nsr]?|tous|toutes|todos|todas|tutti|tutte)(?:\s|$)/iu;
const PRESSING = new Set<IntentPart['act']>(['press', 'mark', 'choose', 'turnOn', 'turnOff']);

/** How a part may be answered, in the order in which it is tried: what is written to somebody is written there, or in no other way. */
function waysFor(part: IntentPart, context: RulesContext, proposed: readonly Candidate[]): (() => Answers)[] {
  const change = passwordChangeIn(part.text);
  if (change !== undefined) return [() => changePassword(change, context)];
  const labelling = labellingIn(part.text);
  if (labelling !== undefined) return [() => labelRow(labelling, context)];
  const writing = writingIn(part.text);
  if (writing === undefined) return plainWays(part, context, proposed);
  const written = (): Answers => writeTo(writing, context);
  if (part.within !== undefined) return [written, () => pressWithin(part, context)];
  const field = (): Answers =>
    enterValue({ ...part, act: 'set', object: writing.to, value: writing.text }, context);
  return part.act === 'add' ? [written, ...plainWays(part, context, proposed), field] : [written];
}

function plainWays(
  part: IntentPart,
  context: RulesContext,
  proposed: readonly Candidate[],
): (() => Answers)[] {
  const chosen = (): Answers => ({ candidates: fitting(part, proposed, context), reason: '' });
  const row = (): Answers => actOnRow(part, context);
  const press = (): Answers => pressNamed(part, context);
  const drawn = (): Answers => chooseDrawn(part, context);
  const enter = (): Answers => enterValue(part, context);
  // Who names one thing is shown that one or nothing.
  const general = refersToOne(part) ? [] : [chosen];
  const isBack = context.focus !== undefined && refersBack(part);
  const found = (): Answers => pressFound(part, context);
  if (part.within !== undefined) return [() => pressWithin(part, context)];
  if (undoes(part)) return [() => undoLast(part, context), press];
  if (booksMoment(part)) return [() => bookMoment(part, context), row];
  if (movesCard(part, context)) return [() => moveCard(part, context)];
  const moment = part.value === undefined && PRESSING.has(part.act) ? momentIn(part.text) : undefined;
  if (moment?.day !== undefined && moment.time === undefined && part.quoted.length === 0) {
    const said = part.text.replace(/^\s*\S+\s+/u, '');
    return [() => enterValue({ ...part, act: 'set', object: '', value: said }, context), row, press];
  }
  const level = levelIn(part);
  if (level !== undefined && !['sort', 'filter', 'search', 'open', 'show'].includes(part.act ?? '')) {
    const named = (): Answers => pressNamed(part, context, part.text);
    const counted = (): Answers => stepAmount(part, context);
    return [
      ...(stepsAmount(part, context) ? [counted] : []),
      () => setLevel(level, part, context),
      ...(isItemVerb(part.verb) ? [named] : []),
    ];
  }
  if (stepsAmount(part, context))
    return part.act === 'set' ? [enter, () => stepAmount(part, context)] : [() => stepAmount(part, context)];
  const unknown = notUnderstood(part, context);
  if (unknown !== undefined)
    return [() => ({ candidates: [], reason: `It is not clear what “${unknown}” asks for.` })];
  if (ALL.test(part.object || (part.value ?? '')) && (part.act === 'mark' || part.act === 'choose'))
    return [() => tickAll(context)];
  // "Check the 1st radio button": by its kind and place.
  const said = readPhrase(part.object);
  if (said.name === '' && part.value === undefined && PRESSING.has(part.act)) return [press, row];
  const hidden = (): Answers => pressHidden(part, context);
  switch (part.act) {
    case 'add':
      if (part.isPronoun) return [row, press];
      return [row, () => addThing(part, context)];
    case 'set':
      return [enter, drawn];
    case 'edit':
      return part.value === undefined ? [row, ...general] : [enter, drawn, row];
    case 'choose':
      if (namesSeveral(part, context)) return [() => chooseSeveral(part, context)];
      if (part.value === undefined) return [row, press, hidden, ...general];
      // A way through menus is gone to its end: its first word alone is another thing.
      return alongMenus(part, context).candidates.length > 0
        ? [() => alongMenus(part, context)]
        : [enter, drawn, row, press, () => pressNamed(part, context, `${part.value ?? ''} ${part.object}`)];
    case 'search':
      return waysToSearch(part, context, chosen);
    case 'filter':
      return narrowsBySeveral(part, context)
        ? [() => narrowBySeveral(part, context)]
        : [() => narrowBy(part, context), ...general];
    case 'sort':
      return [() => narrowBy(part, context), ...general, () => sortDrawn(part, context)];
    case 'press':
      return [press, row, hidden];
    case 'signIn':
    case 'signUp':
    case 'signOut':
    case 'calculate':
      return [chosen];
    case 'turnOn':
    case 'turnOff':
      return [press, row, ...general];
    case 'open':
    case 'show':
    case undefined:
      return part.isPronoun || part.ordinal !== undefined || part.quoted.length > 0
        ? [row, ...(isBack ? [found] : []), press]
        : part.verb !== '' && part.act === undefined
          ? [
              row,
              () => pressNamed(part, context, `${part.verb} ${part.object}`),
              ...(part.names.length > 0 ? [() => pressWithin({ ...part, within: part }, context, true)] : []),
              ...general,
            ]
          : isBack
            ? [row, found, press]
            : [...general, press, row, () => openClosed(part, context)];
    case 'delete':
    case 'move':
      return [() => dragToPlace(part, context), row, ...general];
    case 'mark':
      return [row, ...general];
  }
}
