import type { Candidate } from '@showrunner/contracts';
import { candidate } from '../candidate';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { shorten } from '../words';
import { asAsked } from './as-asked';
import type { Answers } from './act-on-row';
import { clickOn, isControl, nameOf } from './controls';
import type { IntentPart } from './read-intent';
import { refersBack } from './refer';

/** What was spoken of before, where it is the only thing left to open: found by a search, it stands in no list of several. */
export function pressFound(part: IntentPart, context: RulesContext): Answers {
  const { focus } = context;
  if (focus === undefined || !refersBack(part)) return { candidates: [], reason: '' };
  const wanted = focus.toLowerCase();
  const candidates = context.views.flatMap((view): Candidate[] => {
    const before = stepsTo(context, view);
    const [found, ...others] = view.nodes.filter(
      (node) =>
        (isControl(node) || node.role === 'generic' || node.clickable === true) &&
        nameOf(node).toLowerCase().includes(wanted) &&
        !view.descendants(node).some((one) => nameOf(one).toLowerCase().includes(wanted)),
    );
    if (before === undefined || found === undefined || others.length > 0) return [];
    const title = `Open “${shorten(focus, 60)}”`;
    return [
      candidate({
        kind: 'open',
        title,
        ...asAsked(view),
        steps: [
          ...before,
          {
            ...clickOn(view, found, view.targetOf(found), title),
            asks: { kind: 'row', title: focus, effect: 'opens' },
          },
        ],
        score: 85 - 3 * before.length,
        words: [focus],
        about: focus,
      }),
    ];
  });
  return { candidates, reason: candidates.length > 0 ? '' : `“${shorten(focus, 60)}” was not found.` };
}
