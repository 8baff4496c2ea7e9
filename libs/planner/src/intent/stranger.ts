import type { Node, PageView } from '../page-view';
import type { RulesContext } from '../rules-context';
import { stem, stemsOf } from '../words';
import { isControl, nameOf, namingWords } from './controls';
import { STRUCTURE_WORDS } from './lexicon';
import { sameMeaning } from './meanings';
import type { Act } from './lexicon';
import type { IntentPart } from './read-intent';

/** Acts of which every word counts that names something in the app; who says `click` says what the control is called. */
const EVERY_WORD = new Set<Act | undefined>([
  undefined,
  'open',
  'show',
  'choose',
  'filter',
  'turnOn',
  'turnOff',
]);
const VAGUE = new Set(['page', 'screen', 'app', 'site', 'mode', 'one', 'new', 'all', 'only', 'just']);

/** The kind of thing that a name follows: `the chat with Ana`. */
const OF_WHOM = /^(?:the|my|an?)?\s*(\p{L}+)\s+(?:with|from|by|of|to|about|named|called)\s/iu;

/**
 * A word of the part that names something else in the app than this control: a name, another entry, another control. Neither the control nor
 * what stands around it has the word, so it is not what was asked for. Undefined when there is none.
 */
export function strangerTo(
  part: IntentPart,
  context: RulesContext,
  view: PageView,
  node: Node,
): string | undefined {
  if (!EVERY_WORD.has(part.act) || part.quoted.length > 0) return undefined;
  const around = [
    nameOf(node),
    ...(node.parts ?? []),
    view.snapshot.title,
    ...view.ancestors(node).map((around) => nameWithoutOthers(part, view, node, around)),
    ...view.ofRole('heading').map(({ name }) => name),
    ...view.page.revealedBy.map(({ name }) => name),
  ];
  const known = around.flatMap((text) => stemsOf(text.slice(0, 200)));
  const isKnown = (word: string): boolean => known.some((one) => sameMeaning(one, stem(word)));
  const said = [...part.names, ...namingWords(part.value ?? part.object)].filter(
    (word) =>
      !STRUCTURE_WORDS.has(word) && !STRUCTURE_WORDS.has(stem(word)) && !VAGUE.has(word) && !isKnown(word),
  );
  // Who opens, chooses or narrows says which one; what is only to be shown may be praised with any words.
  const head = OF_WHOM.exec(part.object)?.[1]?.toLowerCase();
  const isExact = part.act === 'open' || part.act === 'choose' || part.act === 'filter';
  const stranger = said.find(
    (word) =>
      part.names.includes(word) ||
      isInApp(context, word) ||
      (isExact && word !== head && part.stems.includes(stem(word))),
  );
  if (stranger !== undefined) return stranger;
  const { verb } = part;
  return part.act === undefined && verb !== '' && !isKnown(verb) && isOfControl(context, verb)
    ? verb
    : undefined;
}

/** A frame has the names of all that is in it; who chooses among them says one, and no other. */
function nameWithoutOthers(part: IntentPart, view: PageView, node: Node, around: Node): string {
  if (part.act !== 'filter' && part.act !== 'choose') return around.name;
  const others = view
    .descendants(around)
    .filter((one) => one.index !== node.index && one.role === node.role && isControl(one))
    .map(nameOf)
    .filter((name) => name !== '');
  return others.reduce((name, other) => name.replace(other, ' '), around.name);
}

const isInApp = ({ views }: RulesContext, word: string): boolean =>
  views.some(
    (view) =>
      stemsOf(view.snapshot.text).includes(stem(word)) ||
      view.nodes.some(
        (node) => node.options?.some((option) => stemsOf(option).includes(stem(word))) === true,
      ),
  );

/** Whether some control of the app is called so. */
export const isOfControl = ({ views }: RulesContext, word: string): boolean =>
  views.some((view) =>
    view.nodes.some((node) => isControl(node) && stemsOf(nameOf(node)).some((one) => one === stem(word))),
  );
