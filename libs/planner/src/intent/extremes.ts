import { compareValues, valuesOf } from '../list-values';
import type { PageView } from '../page-view';
import type { RulesContext } from '../rules-context';
import { shorten, stem, stemsOf, wordsOf } from '../words';
import { isControl, nameOf } from './controls';
import { FUNCTION_WORDS, STRUCTURE_WORDS } from './lexicon';
import { isCommonNoun, sameMeaning } from './meanings';
import type { IntentPart } from './read-intent';
import { listsOf, rowsOf } from './rows';
import type { Row } from './rows';

/** What a superlative measures, and whether the most of it is meant. `''`: whatever else is said ("the highest total"). */
const EXTREMES: readonly [RegExp, by: string, most: boolean][] = [
  [
    /\b(?:cheapest|least expensive|lowest[- ]priced|best[- ]priced)\b|\b(?:billigste|günstigste|preiswerteste|goedkoopste)[nrsm]?\b|\bmoins ch(?:er|ère)s?\b|\bmás barat[oa]\b|\bmais barat[oa]\b|\bpiù economic[oa]\b|\bmeno car[oa]\b|最安|最も安い|最便宜|الأرخص|أرخص/iu,
    'price',
    false,
  ],
  [
    /\b(?:most expensive|priciest|dearest|highest[- ]priced)\b|\b(?:teuerste|duurste)[nrsm]?\b|\bplus ch(?:er|ère)s?\b|\bmás car[oa]\b|\bmais car[oa]\b|\bpiù car[oa]\b|最も高価|最も高い|最贵|الأغلى|أغلى/iu,
    'price',
    true,
  ],
  [
    /\b(?:best|top|highest)[- ]rated\b|\bbestbewertete[nrsm]?\b|\bmieux not[ée]e?s?\b|\bmejor valorad[oa]\b/iu,
    'rating',
    true,
  ],
  [/\b(?:worst|lowest|least)[- ]rated\b/iu, 'rating', false],
  [
    /\b(?:newest|latest|most recent)\b|\b(?:neu(?:e)?ste|jüngste|nieuwste)[nrsm]?\b|\bplus récente?s?\b|\bmás (?:reciente|nuev[oa])\b|\bmais recente\b|\bpiù recente\b|最新|الأحدث|أحدث/iu,
    'date',
    true,
  ],
  [
    /\b(?:oldest|earliest)\b|\b(?:älteste|früheste|oudste)[nrsm]?\b|\bplus ancien(?:ne)?s?\b|\bmás antigu[oa]\b|\bmais antig[oa]\b|\bpiù vecchi[oa]\b|最古|الأقدم|أقدم/iu,
    'date',
    false,
  ],
  [/\blongest\b|\blängste[nrsm]?\b/iu, 'duration', true],
  [/\bshortest\b|\bkürzeste[nrsm]?\b/iu, 'duration', false],
  [
    /\b(?:highest|largest|biggest|greatest)\b|\b(?:with|has|have) the most\b|\b(?:höchste|größte)[nrsm]?\b/iu,
    '',
    true,
  ],
  [
    /\b(?:lowest|smallest)\b|\b(?:with|has|have) the (?:fewest|least)\b|\b(?:niedrigste|kleinste)[nrsm]?\b/iu,
    '',
    false,
  ],
];

/** These say themselves what they do with an order. */
const ORDERS = new Set<IntentPart['act']>([
  'sort',
  'filter',
  'search',
  'calculate',
  'signIn',
  'signUp',
  'signOut',
]);
const OF_THE_APP = /\b(?:features?|parts?|pages?|sections?|additions?|version|release|news)\b/iu;
const MORE =
  /^(?:next(?: page)?|(?:load|show|see|view) more(?: .*)?|weiter|mehr(?: .*)?|suivante?|siguiente|avanti|próxim[oa])$/iu;

/** A part with the one that it means by the most or the least of something; or why nobody can tell which that is. */
export type Told = { part: IntentPart } | { missing: string };

/** The same of the part and of what it stands in: "press Buy on the cheapest ticket". */
export function withExtremes(part: IntentPart, context: RulesContext): Told {
  if (part.within === undefined) return tellExtreme(part, context);
  const within = tellExtreme(part.within, context);
  return 'missing' in within ? within : { part: { ...part, within: within.part } };
}

/** "The cheapest product" is called by the title of the row that it is: by the prices, days or numbers that stand in all rows of its list. */
function tellExtreme(part: IntentPart, context: RulesContext): Told {
  if (ORDERS.has(part.act) || part.quoted.some((text) => text !== part.value)) return { part };
  const found = EXTREMES.map(([pattern, by, most]) => ({
    said: pattern.exec(part.text)?.[0],
    by,
    most,
  })).find(({ said }) => said !== undefined);
  if (found?.said === undefined) return { part };
  const { said, by, most } = found;
  const shows = part.act === 'open' || part.act === 'show' || part.act === 'choose' || part.act === 'press';
  if (shows && (OF_THE_APP.test(part.text) || isCalled(context, said))) return { part };
  let reason = '';
  for (const view of context.views) {
    const kind = kindOf(part, said, view);
    const sorted = inOrder(view, part, by, said, kind);
    if (sorted === undefined) continue;
    if (sorted.length === 0) {
      reason ||= `Nothing in the list is called “${kind.join(' ')}”.`;
      continue;
    }
    if (hasMore(view)) {
      reason ||= `The list has more pages than the one that was seen, so that nobody can tell the ${said} from here.`;
      continue;
    }
    const place = said.toLowerCase() === 'latest' ? 0 : Math.max(0, part.ordinal ?? 0);
    const row = (most ? [...sorted].reverse() : sorted)[place];
    if (row !== undefined) return { part: calling(part, row, said) };
  }
  // "Latest" without a day anywhere is the last one, as it was said.
  if (part.ordinal === -1) return { part };
  return { missing: reason || `What was seen does not tell which is the ${shorten(said, 30)}.` };
}

/** Rows of a page by a superlative that a part says, what has the most of it first; undefined when it says none, or the page does not tell. */
export function firstByExtreme(part: IntentPart, view: PageView): Row[] | undefined {
  const found = EXTREMES.map(([pattern, by, most]) => ({
    said: pattern.exec(part.text)?.[0],
    by,
    most,
  })).find(({ said }) => said !== undefined);
  if (found?.said === undefined || hasMore(view)) return undefined;
  const { said, by, most } = found;
  const kind = kindOf(part, said, view).filter(
    (word) => !/^(?:two|three|four|five|six|seven|eight|nine)$/u.test(word),
  );
  const sorted = inOrder(view, part, by, said, kind);
  return sorted === undefined ? undefined : most ? [...sorted].reverse() : sorted;
}

/** Words of the noun at the superlative that say which of the entries are compared: `wooden lamp`; without what the page itself is about. */
function kindOf(part: IntentPart, said: string, view: PageView): string[] {
  const at = part.text.indexOf(said);
  const isEnd = (word: string): boolean => FUNCTION_WORDS.has(word) || word === part.verb;
  const until = (words: readonly string[]): string[] => {
    const end = words.findIndex(isEnd);
    return words.slice(0, end === -1 ? words.length : end);
  };
  const behind = until(wordsOf(part.text.slice(at + said.length)));
  const before = until(wordsOf(part.text.slice(0, at)).reverse()).filter((word) => stem(word) !== part.verb);
  const lists = view.ofRole('list', 'table', 'grid', 'region', 'columnheader').map(({ name }) => name);
  const page = [view.mainHeading()?.name ?? '', view.snapshot.title, view.path, ...lists].flatMap(stemsOf);
  return (behind.length > 0 ? behind : before.reverse()).filter(
    (word) =>
      !STRUCTURE_WORDS.has(word) &&
      !STRUCTURE_WORDS.has(stem(word)) &&
      !isCommonNoun(word) &&
      !page.some((other) => sameMeaning(other, stem(word))),
  );
}

/** Rows of the kind that is meant, of the longest list in which all have what is measured, the least first; empty when none is of the kind. */
function inOrder(
  view: PageView,
  part: IntentPart,
  by: string,
  said: string,
  kind: readonly string[],
): Row[] | undefined {
  const wanted = part.column?.toLowerCase();
  const rows = rowsOf(view).filter(
    ({ column }) => wanted === undefined || column.toLowerCase().includes(wanted),
  );
  for (const list of listsOf(rows)) {
    const values = measuresOf(part, by, said)
      .map((words) => valuesOf(view, list, words))
      .find((one) => one !== undefined && one.every((value) => /\d/.test(value)));
    if (values === undefined) continue;
    const order = list.map((row, at) => ({ row, value: values[at] ?? '' }));
    return order
      .filter(({ row }) => kind.every((word) => row.stems.has(word) || row.stems.has(stem(word))))
      .sort((a, b) => compareValues(b.value, a.value, values))
      .map(({ row }) => row);
  }
  return undefined;
}

/** What may be measured, in the order in which it is tried: what is said beside the superlative, then what that means by itself. */
function measuresOf(part: IntentPart, by: string, said: string): string[][] {
  const words = wordsOf(part.text.replace(said, ' '))
    .filter((word) => !FUNCTION_WORDS.has(word) && stem(word) !== part.verb)
    .map(stem);
  if (by === '') return [words, ['price']];
  return by === 'duration' ? [words, [by]] : [[by], words];
}

const hasMore = (view: PageView): boolean =>
  view.nodes.some((node) => isControl(node) && node.disabled !== true && MORE.test(nameOf(node).trim()));

/** Whether a control says the superlative itself: a tab "Newest", an option "Cheapest first". */
const isCalled = ({ views }: RulesContext, said: string): boolean =>
  views.some((view) =>
    view.nodes.some(
      (node) =>
        isControl(node) &&
        [nameOf(node), ...(node.options ?? [])].some((name) =>
          name.toLowerCase().includes(said.toLowerCase()),
        ),
    ),
  );

/** The part as if the row had been called by its title. */
function calling(part: IntentPart, row: Row, said: string): IntentPart {
  const { ordinal: _place, ...rest } = part;
  const isMeant = part.value !== undefined && part.value.toLowerCase().includes(said.toLowerCase());
  return {
    ...rest,
    isPronoun: false,
    names: [],
    quoted: [...part.quoted, row.title],
    object: part.object.replace(said, ' '),
    ...(isMeant && { value: row.title }),
  };
}
