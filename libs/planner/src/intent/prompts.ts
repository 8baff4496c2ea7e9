import type { Candidate } from '@showrunner/contracts';
import { ADDS } from '@showrunner/language';
import { candidate, click } from '../candidate';
import { isUsable } from '../page-view';
import { allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { sentence, shorten, stem, stemsOf, wordsOf } from '../words';
import { asAsked } from './as-asked';
import { nameOf } from './controls';
import { FUNCTION_WORDS, STRUCTURE_WORDS } from './lexicon';
import { sameMeaning } from './meanings';
import type { IntentPart } from './read-intent';

/** A name that the browser's own dialog asks for: the answer goes along with the click that brings the question up. */
export function byPrompt(part: IntentPart, value: string, context: RulesContext): Candidate[] {
  const nouns = wordsOf(part.object).filter(
    (word) =>
      !FUNCTION_WORDS.has(word) &&
      !STRUCTURE_WORDS.has(word) &&
      !/^(?:new|neue\w*|nouvel\w*|nuev[ao]|nuov[ao]|nov[ao])$/u.test(word),
  );
  return context.views.flatMap((view): Candidate[] => {
    const before = stepsTo(context, view);
    if (before === undefined || view.shows(value)) return [];
    const around = stemsOf([view.mainHeading()?.name ?? '', view.snapshot.title].join(' '));
    const makes = view.nodes.find(
      (node) =>
        node.role === 'button' &&
        isUsable(node) &&
        (ADDS.test(nameOf(node)) || /^\+/u.test(node.name.trim())) &&
        allowed(context, node.name) &&
        (nouns.length === 0 ||
          nouns.some((noun) =>
            [...stemsOf(nameOf(node)), ...around].some((word) => sameMeaning(word, stem(noun))),
          )),
    );
    if (makes === undefined) return [];
    const title = `${sentence(shorten(nameOf(makes), 40))}: “${shorten(value, 60)}”`;
    const asked = click(view.targetOf(makes), title, { kind: 'textVisible', text: value });
    return [
      candidate({
        kind: 'create',
        title,
        ...asAsked(view),
        steps: [...before, { ...asked, dialog: { accept: true, text: value } }],
        score: 84 - 3 * before.length,
        words: [value],
        creates: value,
        about: value,
      }),
    ];
  });
}
