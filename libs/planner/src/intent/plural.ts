import { stem } from '../words';
import { STRUCTURE_WORDS } from './lexicon';
import { isCommonNoun } from './meanings';
import type { IntentPart } from './read-intent';
import { withoutQuotes } from './quotes';

/** How a part means several things at once. */
export interface Plural {
  /** What comes before and after the words for them. */
  lead: string;
  tail: string;
  /** The words for them: `overdue invoices`, `Socks and Passport`. */
  phrase: string;
  /** All that fit the words (`kind`: without a word for all), the first so many in an order, or these names. */
  kind: 'all' | 'kind' | 'most' | 'names';
  /** How many of `most`. */
  count?: number;
  /** Words for those that are left out. */
  except?: string;
}

const WORDS_FOR_ALL =
  'all|every|each|everything|alle[ns]?|alles|jede[nrsm]?|tous|toutes|tout|chaque|todos|todas|todo|cada|tutti|tutte|tutto|ogni|tudo|elke';
const ALL = new RegExp(
  String.raw`(?<!\p{L})(?:(?:both|the|all of the)\s+)?(?:${WORDS_FOR_ALL})(?!\p{L})`,
  'iu',
);
/** "The unread ones", "the messages that are read": of a kind, without a word for all; the noun is a plural of what apps are about. */
const KIND =
  /(?<!\p{L})(?:the|die|les|los|las|i|gli|le|os|as)\s+(?=(?:[\p{L}’'-]+\s+){0,2}?(ones|\p{L}{3,}s)(?=$|\s+(?:that|which|who|with|without|from|of|in|tagged)(?!\p{L})))/iu;
const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const SOME = new RegExp(
  String.raw`(?<!\p{L})(?:the\s+)?(${NUMBERS.join('|')}|[2-9])\s+(?=(?:most|least|cheapest|priciest|newest|latest|oldest|earliest|longest|shortest|highest|largest|biggest|lowest|smallest|best|top|worst)(?!\p{L}))`,
  'iu',
);
const EXCEPT =
  /\s*,?\s*(?:\bexcept(?:\s+for)?|\bbut(?:\s+not)?|\bapart\s+from|\bother\s+than|\baußer|\bsauf|\bexcepto|\bsalvo|\btranne|\bexceto|\bbehalve)\s+(.+)$/iu;
const TAIL =
  /\s+(?:as|to|into|onto|from|als|comme|como|come|nach|in den|in die)\s+(?:(?!\b(?:except|but|außer|sauf|excepto|salvo|tranne|exceto)\b).)+$/iu;
/** Further things that apps have many of; in capitals they are names. */
const MANY =
  /^(?:invoices|bills|orders|files|folders|documents|events|photos|pictures|images|users|members|songs|tracks|albums|books|requests|bookings|projects|tickets|issues|habits|recipes|seats|places|jobs|lines|entries|links|rooms|alerts|notifications|files|drafts|accounts|offers|devices|favourites|favorites)$/u;
const SHOWING = new Set<IntentPart['act']>([
  'show',
  'search',
  'filter',
  'sort',
  'calculate',
  'open',
  'signIn',
  'signUp',
  'signOut',
  'set',
  'add',
  'press',
  'edit',
]);
const LISTED = /,|\s(?:and|und|et|y|ed?|en|&)\s/iu;

/** Whether a sentence leaves something out of all that it acts on: "tick everything except the towel". */
export const leavesOut = (text: string): boolean => {
  const at = EXCEPT.exec(text)?.index;
  return (
    at !== undefined &&
    ALL.test(text.slice(0, at)) &&
    !/^\s*(?:show|demo|film|present|tour|zeige?|montre|muestra|mostra)\b/iu.test(text)
  );
};

/** "Put a and b in the cart". */
function namesForCart({ text, value = '' }: IntentPart): Plural | undefined {
  const at = value === '' ? -1 : text.toLowerCase().indexOf(value.toLowerCase());
  const tail = text.slice(at + value.length);
  return at === -1 || !LISTED.test(value) || !FOR_CART.test(tail)
    ? undefined
    : { lead: text.slice(0, at), tail, phrase: value, kind: 'names' };
}
const FOR_CART =
  /^\s+(?:to|into|in|onto|in den|au|dans le|al|en el|nel|no|ao)\s+(?:(?:the|my|your)\s+)?(?:shopping\s+)?(?:cart|basket|bag|warenkorb|einkaufswagen|panier|carrito|carrello|carrinho)\s*[.!]*$/iu;

/** Several things that a part means; undefined when it means one, or whatever there is. */
export function pluralIn(part: IntentPart): Plural | undefined {
  const intoCart = part.act === 'add' && part.quoted.length === 0 ? namesForCart(part) : undefined;
  if (intoCart !== undefined) return intoCart;
  if (
    SHOWING.has(part.act) ||
    /^\s*check out\s/iu.test(part.text) ||
    (part.act === undefined && part.verb === '') ||
    part.within !== undefined
  )
    return undefined;
  const { bare, restore } = withoutQuotes(part.text.replace(/[.!]+$/u, ''));
  const excepted = EXCEPT.exec(bare);
  const whole = excepted === null ? bare : bare.slice(0, excepted.index);
  const tail = TAIL.exec(whole)?.[0] ?? '';
  const said = tail === '' ? whole : whole.slice(0, -tail.length);
  const cut = (at: number, length: number, kind: Plural['kind'], more: Partial<Plural> = {}): Plural => ({
    lead: restore(said.slice(0, at)),
    tail: restore(tail),
    phrase: restore(said.slice(at + length)).trim(),
    kind,
    ...more,
  });
  const left = excepted === null ? {} : { except: restore(excepted[1] ?? '') };
  const all = ALL.exec(said);
  if (all !== null) return cut(all.index, all[0].length, 'all', left);
  const some = SOME.exec(said);
  if (some !== null) {
    const number = NUMBERS.indexOf((some[1] ?? '').toLowerCase());
    return cut(some.index, some[0].length, 'most', {
      count: number === -1 ? Number(some[1]) : number + 2,
    });
  }
  const object = part.value !== undefined && part.act === 'choose' ? part.value : part.object;
  const named = withoutQuotes(object).bare.replace(TAIL, '').trim();
  const at = named === '' ? -1 : said.toLowerCase().indexOf(named.toLowerCase());
  if (LISTED.test(named) && part.act !== 'edit' && at !== -1)
    return {
      lead: restore(said.slice(0, at)),
      tail: restore(tail),
      phrase: object.replace(TAIL, ''),
      kind: 'names',
    };
  const kind = KIND.exec(said);
  const noun = kind?.[1] ?? '';
  const isKind =
    noun === 'ones' ||
    MANY.test(noun) ||
    (noun === noun.toLowerCase() && (isCommonNoun(noun) || STRUCTURE_WORDS.has(stem(noun))));
  return kind === null || !isKind || excepted !== null || part.quoted.length > 0
    ? undefined
    : cut(kind.index, kind[0].length, noun === 'ones' ? 'all' : 'kind');
}
