import type { Candidate } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { isUsable } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { shorten, stem, stemsOf } from '../words';
import { asAsked } from './as-asked';
import type { Answers } from './act-on-row';
import { isControl, nameOf } from './controls';
import { sameMeaning } from './meanings';
import type { IntentPart } from './read-intent';

const HOLDS_UNDO = (name: string): boolean => stemsOf(name).some((word) => sameMeaning(word, 'undo'));

/** Whether a part takes back what was done before. */
export const undoes = (part: IntentPart): boolean =>
  sameMeaning(part.verb, stem('undo')) &&
  (part.isPronoun || part.names.length === 0) &&
  part.quoted.length === 0;

/** "Then undo it": what the page offers for that now; what was gone has to stand there again. */
export function undoLast(_part: IntentPart, context: RulesContext): Answers {
  const { focus } = context;
  const candidates = context.views.flatMap((view): Candidate[] => {
    const before = stepsTo(context, view);
    const [found, ...others] = view.nodes.filter(
      (node) =>
        isUsable(node) &&
        (isControl(node) || node.role === 'generic') &&
        HOLDS_UNDO(nameOf(node)) &&
        !view.descendants(node).some((inner) => HOLDS_UNDO(nameOf(inner))),
    );
    if (before === undefined || found === undefined || others.length > 0) return [];
    const target = view.targetOf(found);
    const isGone = focus !== undefined && !view.shows(focus);
    const undone = isGone
      ? {
          ...click(target, 'Undo it', { kind: 'textVisible', text: focus }),
          asks: { kind: 'restored', title: focus } as const,
        }
      : click(target, 'Undo it', { kind: 'elementHidden', target }, true);
    return [
      candidate({
        ...{
          kind: 'edit',
          title: isGone ? `Undo: “${shorten(focus, 50)}” is back` : 'Undo it',
          ...asAsked(view),
        },
        steps: [...before, undone],
        score: 92 - 3 * before.length,
        words: ['undo'],
        ...(focus !== undefined && { about: focus }),
      }),
    ];
  });
  return { candidates, reason: candidates.length > 0 ? '' : 'Nothing on the page takes back what was done.' };
}
