import type { Candidate } from '@showrunner/contracts';
import type { Node } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { shorten, stem, wordsOf } from '../words';
import type { IntentPart } from './read-intent';
import { referTo } from './refer';
import { actsOn, CART, CART_SAID, controlIn, stateSaid, wantedName } from './row-control';
import { behindRow } from './row-menu';
import { rowsOf } from './rows';
import type { Row } from './rows';

/** Candidates for a part, and why there are none. */
export interface Answers {
  candidates: Candidate[];
  /** The most telling reason; '' when there is nothing to say. */
  reason: string;
}

/** An act on one of many things: the control of that very row that does it. */
export function actOnRow(part: IntentPart, context: RulesContext): Answers {
  let reason = '';
  const candidates = context.views.flatMap((view) => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    const rows = rowsOf(view);
    const controlOf = (row: Row): Node | undefined => controlIn(row, part);
    const referred = referTo(aboutOf(part), rows, view, {
      ...(context.focus === undefined ? {} : { focus: context.focus }),
      explained: (word) => explains(part, word),
      prefer: (row) => controlOf(row) !== undefined,
    });
    if ('missing' in referred) {
      reason ||= referred.missing;
      return [];
    }
    const [row] = referred.rows;
    const control = row && controlOf(row);
    if (row === undefined || control === undefined) {
      if (row)
        reason = `“${shorten(row.title, 50)}” offers nothing that is called “${shorten(wantedName(part), 40)}”.`;
      return row ? behindRow(view, row, part, before) : [];
    }
    return actsOn(view, row, control, part, before);
  });
  return { candidates, reason };
}

/** What is put into a cart is named where others name what is typed. */
const aboutOf = (part: IntentPart): IntentPart =>
  part.act === 'add' && part.value !== undefined && CART_SAID.test(part.text)
    ? { ...withoutValue(part), object: part.value }
    : part;

const withoutValue = ({ value: _value, ...part }: IntentPart): IntentPart => part;

/** Words that say what to do, not to which. */
function explains(part: IntentPart, word: string): boolean {
  const state = stateSaid(part);
  return (
    stem(word) === part.verb || (state !== undefined && wordsOf(state).includes(word)) || CART.test(word)
  );
}
