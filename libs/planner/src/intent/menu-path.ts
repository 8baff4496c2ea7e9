import type { Candidate, CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { candidate } from '../candidate';
import { PageView } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { shorten } from '../words';
import { asAsked } from './as-asked';
import { noteOf } from './note';
import type { Answers } from './act-on-row';
import { clickOn, isControl, nameOf } from './controls';
import type { IntentPart } from './read-intent';
import { openStep } from './seek';

/** A menu is open; what is left of the way through it follows. */
export const MENU_PATH = 'menu-path';

/** "Select File > New > Folder": each menu on the way, by its whole name. */
export function alongMenus(part: IntentPart, context: RulesContext): Answers {
  const names = (part.value ?? '').split(/\s*(?:>|›|→|»)\s*/u).filter((name) => name !== '');
  if (names.length < 2) return { candidates: [], reason: '' };
  const candidates = context.views.flatMap((view): Candidate[] => {
    const before = stepsTo(context, view);
    const steps = stepsThrough(view, names);
    return before === undefined || steps.length === 0
      ? []
      : [
          candidate({
            kind: 'open',
            title: `Choose ${shorten(names.join(' › '), 80)}`,
            ...asAsked(view),
            steps: [...before, ...steps],
            score: 92 - 3 * before.length,
            words: names,
            about: names[names.length - 1],
          }),
        ];
  });
  return { candidates, reason: `No menu is called “${shorten(names[0] ?? '', 60)}”.` };
}

function stepsThrough(view: PageView, [first = '', ...rest]: readonly string[]): CandidateStep[] {
  const [node] = view.nodes.filter(
    (one) =>
      isControl(one) &&
      nameOf(one).toLowerCase() === first.toLowerCase() &&
      !view.descendants(one).some((inner) => isControl(inner) && nameOf(inner) === nameOf(one)),
  );
  if (node === undefined) return [];
  if (rest.length === 0)
    return [clickOn(view, node, view.targetOf(node), `Click ${shorten(nameOf(node), 60)}`)];
  const note = noteOf(MENU_PATH, rest);
  return note === undefined ? [] : [{ ...openStep(view, node), continues: note }];
}

/** The next step through what has opened. */
export const stepsAlong = (page: PageSnapshot, note: string): CandidateStep[] =>
  stepsThrough(PageView.of(page), JSON.parse(note) as string[]);
