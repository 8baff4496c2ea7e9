import type { Asked } from '@showrunner/contracts';
import { candidate, fill, submit } from '../candidate';
import { isSearchField } from '../forms';
import { itemsOf } from '../items';
import { isTextField, isUsable } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { shorten, wordsOf } from '../words';
import type { Answers } from './act-on-row';
import type { IntentPart } from './read-intent';

/** Who wants to see that nothing is found says so. */
const FOR_NOTHING =
  /\b(?:no|not|nothing|none|empty|missing|unknown|exist|nichts|kein\w*|leer|rien|aucune?|vide|nada|sin|ning\w+|nessun\w*|vuot[oa]|niente|nenhum\w*|vazi[oa]|niets|geen)\b/iu;

/** The very words that are to be searched for, in the field for that. */
export function searchFor(part: IntentPart, context: RulesContext, value: string): Answers {
  const asks: Asked | undefined = FOR_NOTHING.test(part.text) ? undefined : { kind: 'found', text: value };
  const candidates = context.views.flatMap((view) => {
    const before = stepsTo(context, view);
    const fields = view.nodes.filter((node) => isTextField(node) && isUsable(node) && isSearchField(node));
    if (before === undefined) return [];
    return fields.slice(0, 1).map((field) => {
      const target = view.targetOf(field);
      const title = `Search for “${shorten(value, 60)}”`;
      const guess = { kind: 'value', target, equals: value } as const;
      const rows = itemsOf(view).map((item) => item.title);
      const gone = itemsOf(view).find(
        (item) => !wordsOf(value).every((word) => wordsOf(item.text).includes(word)),
      );
      const narrowed = gone ? ({ kind: 'textHidden', text: gone.title } as const) : undefined;
      return candidate({
        kind: 'search',
        title,
        description: 'Exactly what was asked for.',
        startPath: view.path,
        steps: [
          ...before,
          {
            ...fill(target, value, title),
            success: narrowed ?? guess,
            ...(narrowed ? { shown: rows } : {}),
            ...(asks && { asks }),
          },
        ],
        variants: [
          [
            ...before,
            {
              ...submit(target, value, title, narrowed ?? guess, ...(narrowed ? [] : [true])),
              ...(asks && { asks }),
            },
          ],
        ],
        score: 88 - 3 * before.length,
        words: ['search', value],
        needsSignIn: view.page.signedIn ?? false,
        about: value,
      });
    });
  });
  return { candidates, reason: candidates.length > 0 ? '' : 'No search field was found.' };
}
