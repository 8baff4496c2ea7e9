import type { Candidate, CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { PageView } from '../page-view';
import type { Node } from '../page-view';
import { choicesOn } from '../rules/choices';
import { allowed, isLoaded, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, shorten } from '../words';
import type { Answers } from './act-on-row';
import { asAsked } from './as-asked';
import { nameOf } from './controls';
import { saysWord } from './meanings';
import { noteOf } from './note';
import { listed, ordersAs, wordsOfOrder } from './press';
import { readPart } from './read-intent';
import type { IntentPart } from './read-intent';
import { openStep } from './seek';

/** A list of orders was opened, of which the one that is meant is taken. */
export const SORT_DRAWN = 'sort-drawn';
const MOST_OPENED = 3;
/** What an order is mostly called before another is chosen. */
const SAYS_ORDER =
  /\b(?:sort\w*|order\w*|featured|relevance|recommended|popular\w*|newest|latest|sortier\w*|trier|ordenar|ordina|sortera)\b|並べ替え|排序|정렬|ترتيب/iu;

/** "Sort by price" where the orders stand in a list that is drawn when its button is pressed; what says nothing of an order is opened last. */
export function sortDrawn(part: IntentPart, context: RulesContext): Answers {
  const note = noteOf(SORT_DRAWN, { p: part.text });
  const wanted = wordsOfOrder(part);
  if (note === undefined || wanted.length === 0) return { candidates: [], reason: '' };
  const candidates = context.views
    .filter((view) => isLoaded(view.page))
    .flatMap((view): Candidate[] => {
      const before = stepsTo(context, view);
      if (before === undefined) return [];
      const openers = view.nodes
        .filter((node) => opensChoices(node) && allowed(context, node.name))
        .sort((a, b) => Number(SAYS_ORDER.test(nameOf(b))) - Number(SAYS_ORDER.test(nameOf(a))));
      return openers.slice(0, MOST_OPENED).map((opener, at) =>
        candidate({
          kind: 'filter',
          title: `Sort by ${shorten(wanted.join(' '), 40)}`,
          ...asAsked(view),
          steps: [...before, { ...openStep(view, opener), continues: note }],
          score: 88 - 3 * before.length - at,
          words: wanted,
          about: wanted.join(' '),
        }),
      );
    });
  return { candidates, reason: '' };
}

const opensChoices = (node: Node): boolean =>
  ['button', 'combobox'].includes(node.role) &&
  node.options === undefined &&
  node.disabled !== true &&
  (node.popup === 'listbox' || node.popup === 'menu' || node.role === 'combobox') &&
  node.inputType === undefined &&
  nameOf(node) !== '';

/** The order that is meant, among the choices that came with the last step. */
export function stepsInDrawnOrder(
  page: PageSnapshot,
  before: PageSnapshot | undefined,
  note: string,
): CandidateStep[] {
  const part = readPart((JSON.parse(note) as { p: string }).p);
  const view = PageView.of(page);
  const wanted = wordsOfOrder(part);
  const choice = choicesOn(view, before).find(
    ({ name }) => ordersAs(part, name) && wanted.every((word) => saysWord(name, word)),
  );
  if (choice === undefined) return [];
  // While a list of choices is open, what stands below it may be hidden from all but eyes.
  const listing = before === undefined ? view : PageView.of(before);
  const target = view.targetOf(choice);
  const name = shorten(readable(choice.name), 40);
  return [
    {
      ...click(target, `Sort by ${name}`, { kind: 'textChanged' }, true),
      ...listed(part, listing, name),
    },
  ];
}
