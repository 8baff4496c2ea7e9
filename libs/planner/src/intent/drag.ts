import type { Candidate } from '@showrunner/contracts';
import { candidate, step } from '../candidate';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { shorten } from '../words';
import type { Answers } from './act-on-row';
import { ordinalOf } from './lexicon';
import type { IntentPart } from './read-intent';
import { referTo } from './refer';
import { rowsOf } from './rows';
import type { Row } from './rows';

/** "Drag Ana to the 3rd position": an entry of a list, to a place in it; proven by the order that follows. */
export function dragToPlace(part: IntentPart, context: RulesContext): Answers {
  const place = placeIn(part.value ?? '');
  if (place === undefined) return { candidates: [], reason: '' };
  let reason = '';
  const candidates = context.views.flatMap((view): Candidate[] => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    const rows = rowsOf(view);
    const { ordinal: _place, ...named } = part;
    const referred = referTo(named, rows, view, {
      ...(context.focus === undefined ? {} : { focus: context.focus }),
    });
    const row = 'rows' in referred ? referred.rows[0] : undefined;
    if (row === undefined) {
      reason ||= 'missing' in referred ? referred.missing : '';
      return [];
    }
    const list = rows.filter((one) => one.list === row.list);
    const goal = list[place < 0 ? list.length + place : place];
    if (goal === undefined) {
      reason ||= `The list has only ${list.length} entries.`;
      return [];
    }
    if (goal === row) {
      reason ||= `“${shorten(row.title, 50)}” stands there already.`;
      return [];
    }
    const isUp = list.indexOf(goal) < list.indexOf(row);
    const [first, then] = isUp ? [row, goal] : [goal, row];
    const title = `Drag “${shorten(row.title, 50)}” to place ${list.indexOf(goal) + 1}`;
    return [
      candidate({
        kind: 'edit',
        title,
        description: 'Exactly this one.',
        startPath: view.path,
        steps: [
          ...before,
          step({ type: 'drag', target: view.targetOf(row.node), to: view.targetOf(goal.node) }, title, {
            kind: 'textOrder',
            ...orderOf(first, then),
          }),
        ],
        score: 95 - 3 * before.length,
        words: [row.title],
        needsSignIn: view.page.signedIn ?? false,
        about: row.title,
      }),
    ];
  });
  return { candidates, reason };
}

const orderOf = (first: Row, then: Row): { first: string; then: string } => ({
  first: first.title,
  then: then.title,
});

/** 0-based place that is said; -1 for the end. */
export function placeIn(text: string): number | undefined {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const isPlace = words.some((word) =>
    /^(?:position|place|spot|slot|row|top|bottom|end|start|beginning|stelle|platz|position)$/u.test(word),
  );
  if (!isPlace) return undefined;
  if (words.some((word) => /^(?:end|ende)$/u.test(word))) return -1;
  if (words.some((word) => /^(?:start|beginning|anfang)$/u.test(word))) return 0;
  return words.map(ordinalOf).find((one) => one !== undefined);
}
