import type { Candidate, Feature } from '@showrunner/contracts';
import type { RulesContext } from '../rules-context';
import { stem, stemsOf, wordsOf } from '../words';
import { FUNCTION_WORDS, STRUCTURE_WORDS } from './lexicon';
import { isCommonNoun, sameMeaning } from './meanings';
import type { Act } from './lexicon';
import type { IntentPart } from './read-intent';
import { isOfControl } from './stranger';

/** What kinds of features an act may mean. An act that is not told restricts nothing. */
const KINDS: Partial<Record<Act, Feature['kind'][]>> = {
  add: ['create'],
  search: ['search', 'filter'],
  filter: ['filter', 'search'],
  sort: ['filter', 'toggle'],
  mark: ['toggle', 'edit'],
  turnOn: ['toggle'],
  turnOff: ['toggle'],
  signIn: ['signIn'],
  signUp: ['signIn'],
  signOut: ['navigate'],
  delete: ['edit'],
  edit: ['edit'],
  set: ['edit', 'create', 'toggle'],
  choose: ['edit', 'filter', 'toggle'],
  move: ['edit', 'toggle'],
  calculate: ['calculate'],
};
/** Acts that say all by themselves: "search", "sign in". */
const WHOLE = new Set<Act>(['search', 'filter', 'sort', 'signIn', 'signUp', 'signOut', 'calculate']);
/** Acts on one thing of many. */
const OF_ONE = new Set<Act | undefined>(['mark', 'delete', 'move', 'edit']);
const ENDS = new Set(stemsOf('delete remove erase discard logout signout'));

/** Proposed features that are what a part asks for, the best first: of its kind, and about its words. */
export function fitting(
  part: IntentPart,
  candidates: readonly Candidate[],
  context: RulesContext,
): Candidate[] {
  return candidates
    .map((one) => ({ one, score: fitOf(part, one, context) }))
    .filter(({ score }) => score > 0)
    .sort(
      (a, b) =>
        b.score - a.score ||
        b.one.score - a.one.score ||
        a.one.feature.id.localeCompare(b.one.feature.id, 'en'),
    )
    .map(({ one }) => one);
}

function fitOf(part: IntentPart, one: Candidate, context: RulesContext): number {
  const { feature } = one;
  const kinds = part.act && KINDS[part.act];
  if (kinds && !kinds.includes(feature.kind)) return 0;
  if (part.act === 'signUp' && !/account|sign up|register/i.test(feature.title)) return 0;
  if (part.act === 'signIn' && /account|sign up|register/i.test(feature.title)) return 0;
  // A value that is named must be the one that is used.
  if (part.value !== undefined && part.bareValue !== true && !holdsText(one, part.value)) return 0;
  const isEnd = /^(delete|sign out)\b/i.test(feature.title);
  // Who asks for an end does not mean the beginning of the same thing, and the other way round.
  if (
    isEnd !== (part.act === 'delete' || part.act === 'signOut' || part.stems.some((word) => ENDS.has(word)))
  )
    return 0;
  const title = stemsOf(feature.title);
  const own = one.words.flatMap(stemsOf);
  const isIn = (word: string, known: readonly string[]): boolean =>
    known.some((other) => sameMeaning(other, word));
  // An act that is no kind of its own must be the feature's: "like" is not "add".
  const isNamed = part.verb !== '' && (part.act === undefined || part.act === 'mark' || part.act === 'move');
  if (isNamed && !isIn(part.verb, [...title, ...own])) return 0;
  const content = contentOf(part);
  const isWhole = part.act !== undefined && WHOLE.has(part.act);
  // Names and passwords are no words of a form.
  if (feature.kind === 'signIn' || part.act === 'signOut') return 1;
  if (content.length === 0)
    return part.act !== undefined && part.act !== 'show' && part.act !== 'open' ? 1 : 0;
  const page = pageWords(one, context);
  let met = 0;
  let score = kinds || isNamed ? 1 : 0;
  const unmet: string[] = [];
  for (const word of content) {
    if (isIn(word, title)) score += 3;
    else if (isIn(word, own)) score += 2;
    else if (isIn(word, page)) score += 0.5;
    else {
      unmet.push(word);
      continue;
    }
    met += 1;
  }
  if (met === 0 || met * 2 < content.length) return 0;
  // A word that another control of the app has means that one.
  if (part.act === 'open' && unmet.some((word) => isOfControl(context, word))) return 0;
  // Of one among many every word counts that says which: `the broken lamp` is not any lamp.
  if (OF_ONE.has(part.act) && unmet.some((word) => !isCommonNoun(word))) return 0;
  // Which ones are to be left is all that a filter says: `refunded orders` are not the orders.
  if (part.act === 'filter' && met < content.length) return 0;
  // Words that say nothing of this feature but of its page do not make it the one that is meant.
  if (score < 1 && !isWhole) return 0;
  return score / Math.sqrt(content.length + title.length / 4);
}

const holdsText = ({ feature }: Candidate, text: string): boolean =>
  `${feature.title} ${JSON.stringify(feature.steps.map(({ action }) => action))}`
    .toLowerCase()
    .includes(text.toLowerCase());

/** Words of a part that name something: not its verb, not what only says where. */
function contentOf(part: IntentPart): string[] {
  return [
    ...new Set(
      part.stems.filter(
        (word) =>
          word !== part.verb && !FUNCTION_WORDS.has(word) && !STRUCTURES.has(word) && !PARTICLES.has(word),
      ),
    ),
  ];
}
const STRUCTURES = new Set([...STRUCTURE_WORDS].filter((word) => word !== 'card').map(stem));
const PARTICLES = new Set(stemsOf('in out up down on off account hinzu ab an nach how added done'));

function pageWords(one: Candidate, context: RulesContext): string[] {
  const view = context.views.find((page) => page.path === one.feature.startPath);
  const texts = [
    view?.mainHeading()?.name ?? '',
    view?.snapshot.title ?? '',
    one.feature.startPath ?? '',
    context.exploration.appTitle,
  ];
  return texts.flatMap((text) => wordsOf(text).map(stem));
}
