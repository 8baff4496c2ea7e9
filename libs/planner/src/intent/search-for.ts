import type { Asked } from '@showrunner/contracts';
import { candidate, fill, submit } from '../candidate';
import { isSearchField } from '../forms';
import { itemsOf } from '../items';
import { isTextField, isUsable } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { shorten, wordsOf } from '../words';
import type { Answers } from './act-on-row';
import { FUNCTION_WORDS, STRUCTURE_WORDS } from './lexicon';
import { isCommonNoun } from './meanings';
import { narrowBy } from './press';
import type { IntentPart } from './read-intent';

/** How a part that searches is answered, in the order in which it is tried. @param chosen what was proposed and fits */
export function waysToSearch(
  part: IntentPart,
  context: RulesContext,
  chosen: () => Answers,
): (() => Answers)[] {
  const kind = KIND_SOUGHT.exec(part.value ?? '')?.[1];
  if (kind !== undefined)
    return [
      () => narrowBy({ ...part, act: 'filter', object: kind }, context),
      () => searchFor(part, context, kind),
    ];
  const { value } = part;
  if (value === undefined) {
    const thing = thingSought(part);
    return thing === undefined ? [chosen] : [chosen, () => searchFor(part, context, thing)];
  }
  const isNoun = part.bareValue === true && chosen().candidates.length > 0;
  return isNoun ? [chosen] : [() => exactly(chosen(), value), () => searchFor(part, context, value)];
}

/** Who wants to see that nothing is found says so. */
const FOR_NOTHING =
  /\b(?:no|not|nothing|none|empty|missing|unknown|exist|nichts|kein\w*|leer|rien|aucune?|vide|nada|sin|ning\w+|nessun\w*|vuot[oa]|niente|nenhum\w*|vazi[oa]|niets|geen)\b/iu;

/** The very words that are to be searched for, in the field for that. */
function searchFor(part: IntentPart, context: RulesContext, value: string): Answers {
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

/** `lamp` of "search for a lamp"; undefined where the noun is only the kind of what the app holds ("a product"). */
function thingSought({ object }: IntentPart): string | undefined {
  const thing = object
    .replace(/^(?:the|an?|some|any|die|den|das|ein\w*|la|le|une?|el|una?|il|lo|o|um|uma)\s+/iu, '')
    .trim();
  const words = wordsOf(thing).filter((word) => !FUNCTION_WORDS.has(word));
  const isKind = words.every((word) => isCommonNoun(word) || STRUCTURE_WORDS.has(word));
  return words.length === 0 || isKind ? undefined : thing;
}

/** "Something for the kitchen": nobody types that. */
const KIND_SOUGHT =
  /^(?:something|anything|some things?|things|etwas|was|quelque chose|algo|qualcosa|iets)\s+(?:for|about|like|to|with|in|für|über|mit|pour|sur|para|sobre|per|su|voor|over)\s+(?:(?:the|my|a|an|your|die|den|das|meine|la|le|el|il|de|het)\s+)?(.+)$/iu;

/** Only those that type the very words. */
const exactly = ({ candidates, reason }: Answers, value: string): Answers => ({
  candidates: candidates.filter((one) =>
    one.feature.steps.some(({ action }) => action.type === 'type' && action.text === value),
  ),
  reason,
});
