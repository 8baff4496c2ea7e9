import { verbAt } from './lexicon';
import { isItemVerb } from './meanings';
import { entersMore } from './entries';
import { withJoints } from './joints';
import { leavesOut } from './plural';
import { withoutQuotes } from './quotes';
import { plainRequest } from './requests';
import { LEAD, NEGATION, plainWords, startsWithVerb } from './starts';
import { wayIn } from './ways';

export interface SplitIntent {
  /** What is wanted, in order, as it was said. */
  wanted: string[];
  /** What must not be shown. */
  avoided: string[];
}

/** What stands between two parts, whatever the parts are. */
const BETWEEN =
  /\r?\n+|[;；。→]|->|=>|(?<!(?<!\p{L})\p{Lu})[.!?](?=\s|$)|,?\s*\b(?:and\s+)?(?:then|afterwards|after that|finally|lastly|dann|danach|anschließend|schließlich|zum schluss|puis|ensuite|enfin|luego|después|finalmente|por último|poi|infine|depois|daarna|vervolgens|tenslotte)\b,?|(?<=\s|^)(?:>|plus)(?=\s)/iu;
/** What may stand between two parts, or within a name: it depends on what follows. */
const PERHAPS = /(,\s+(?:and\s+|und\s+|et\s+|y\s+|e\s+|en\s+)?|\s+(?:and|und|et|y|ed?|en|&)\s+)/iu;
const NEGATED_CLAUSE =
  /\s*,?\s*\b(?=(?:but\s+(?:not|do\s*n[o'’]?t|without)|without\s+\p{L}+ing|except(?:\s+for)?|aber\s+(?:nicht|ohne))\b)/iu;
const NUMBERED =
  /^\s*(?:step\s+)?(?:\(?\d{1,2}[.):]|[-*•–])\s+|^\s*(?:step|schritt|étape|paso)\s+\d{1,2}\s*[.:)]?\s*/iu;
const INLINE_NUMBER = /(?<=\s)\(?\d{1,2}[.)]\s+(?=\p{L})/gu;
const PLACE = /^(?:in|on|at|under|from|within|inside|im|in der|auf|dans|sur|en|nella?|no|na)\s+/iu;
/** "Select nothing" is asked for by doing nothing. */
const NOTHING = /^(\p{L}+)\s+(?:nothing|none|no one|nichts|rien|nada|niente|niets)$/iu;
/** Two things that one act takes together: "split it between Ana and Ben", "compare A and B". */
const BOTH =
  /\b(?:between|among|zwischen|entre|tra|tussen)\s+[^;]*$|^\s*(?:compare|swap|merge|combine|vergleiche?|tausche|compara|comparez?|confronta)\s/iu;
/** "… and crop it": a verb that nobody knows, of the thing before. */
const OF_IT =
  /^\s*(?!paste\b)(?:\p{Ll}{3,}\s+(?:it|them|him|her|that\s+one)|\p{Ll}{3,}e\s+(?:sie|ihn|es))\b/u;
/** From here on any words may be written text. */
const FREE_TEXT = /\b(?:called|named|titled|saying|that says|reading|with the text)\b|:/iu;
const LEADS =
  /^(?:navigate|browse|look|go|search|switch)\s+(?:through|between|around|across|among)\s+(?:(?:the|all|your|my)\s+)?[\p{L} ]{2,40}$/iu;
/** Acts of which the text after them may hold any words. */
const TAKES_TEXT = new Set(['add', 'set', 'choose', 'search']);
const MOST_PARTS = 20;

/** Takes an intent apart at what orders it: then, full stops, semicolons, lines, numbers, and commas or "and" where another act follows. */
export function splitIntent(intent: string): SplitIntent {
  const { bare, restore } = withoutQuotes(intent.slice(0, 4000));
  const wanted: string[] = [];
  const avoided: string[] = [];
  let place = '';
  let lead = '';
  const clauses = withJoints(plainRequest(bare))
    .replace(INLINE_NUMBER, '\n')
    .split(BETWEEN)
    .flatMap((text = '') => (leavesOut(text) ? [text] : text.split(NEGATED_CLAUSE)))
    .flatMap((text) => partsOf(text.replace(NUMBERED, '')));
  for (const clause of clauses) {
    const text = clause
      .replace(NUMBERED, '')
      .trim()
      .replace(/(?:[\s,:]+|\s(?:and|und|et|y|e|en))+$/iu, '');
    if (text === '') continue;
    if (NOTHING.test(text)) {
      avoided.push(restore(text.replace(NOTHING, '$1')).trim());
      continue;
    }
    // What only says where to look belongs to what is to be found there.
    if (LEADS.test(text)) {
      lead = `${text}, to find and `;
      continue;
    }
    const negated = NEGATION.exec(text);
    if (negated) {
      avoided.push(restore(text.slice(negated[0].length)).trim());
      continue;
    }
    const own = text.replace(leadOf(text), '').trim();
    if (own === '') continue;
    const part = lead !== '' && startsWithVerb(own) ? `${lead}${own.replace(/^find\s+and\s+/iu, '')}` : own;
    lead = '';
    if (PLACE.test(part) && !hasVerb(part)) {
      place = part;
      continue;
    }
    wanted.push(restore(place === '' ? part : `${part} ${place}`).replace(/\s+/gu, ' '));
    place = '';
  }
  if (place !== '') wanted.push(restore(place));
  return { wanted: wanted.slice(0, MOST_PARTS), avoided: avoided.slice(0, MOST_PARTS) };
}

// "first" before a noun is a place in a list, not an order of telling.
const leadOf = (text: string): string => {
  const lead = LEAD.exec(text)?.[0] ?? '';
  const last = /(?:first|second|third|next)\s+$/iu.exec(lead);
  return last && !startsWithVerb(text.slice(lead.length)) ? lead.slice(0, -last[0].length) : lead;
};

const hasVerb = (text: string): boolean => {
  const words = plainWords(text);
  return words.some((word, at) => {
    const before = words[at - 1]?.toLowerCase() ?? '';
    return !isArticle(before) && (verbAt(words, at) !== undefined || isItemVerb(word));
  });
};

const isArticle = (word: string): boolean =>
  /^(?:an?|the|my|your|our|this|that|der|die|das|den|dem|ein\w*|le|la|les|une?|el|los|las|il|lo|os?|as|het|een|de)$/i.test(
    word,
  );

/** Splits at commas and "and" where a verb follows, or where nothing is typed in and so no name can hold them. */
function partsOf(clause: string): string[] {
  const text = clause.trim();
  const way = wayIn(text)?.whole ?? '';
  if (way !== '') {
    const [first = '', ...others] = partsOf(text.slice(way.length));
    return [`${way}${first}`, ...others];
  }
  const pieces = text.split(new RegExp(PERHAPS.source, 'giu'));
  const parts: string[] = [];
  let current = pieces[0] ?? '';
  for (let at = 1; at < pieces.length; at += 2) {
    const joint = pieces[at] ?? '';
    const next = pieces[at + 1] ?? '';
    const more = entersMore(current, next);
    if (more !== undefined) {
      parts.push(current);
      current = more;
      continue;
    }
    const follows = startsWithVerb(next) || (OF_IT.test(next) && !FREE_TEXT.test(current));
    if (!follows && BOTH.test(current)) {
      current = `${current}${joint}${next}`;
      continue;
    }
    if (follows || !mayHoldNames(current)) {
      parts.push(current);
      current = follows ? next : withVerbOf(current, next);
    } else {
      const areQuoted = /[\ue000-\uf8ff]/u.test(current) && QUOTED_THING.test(next);
      const items = joint.includes(',') || parts.length > 0 || areQuoted ? listed(current, next) : undefined;
      if (items !== undefined) {
        parts.push(current);
        current = items;
      } else current = `${current}${joint}${next}`;
    }
  }
  return [...parts, current];
}

/** "Add milk, bread": another of the same; undefined when the comma belongs to the text. */
function listed(current: string, next: string): string | undefined {
  const lead =
    /^\s*(?:please\s+|bitte\s+)?(add|create|make|ajoute|añade|agrega|aggiungi|erstelle)\s+(?=\S)/iu.exec(
      current,
    );
  const named = /\b(?:called|named|titled|saying|with)\b|[\ue000-\uf8ff]/iu.test(current);
  // A thing, and what else is said of it.
  if (!lead || /^\s*(?:as\s|for\s|by\s|paid\s|\S+@\S+\s*$|[\d€$£.,:%-]+\s*$)/iu.test(next)) return undefined;
  if (/^\s*(?:please\s+)?(?:add|create|make)\s+(?:an?|another)\s[\p{L} ]+:/iu.test(current)) return undefined;
  if (QUOTED_THING.test(next)) return `${lead[1] ?? ''} ${next}`;
  return named || plainWords(next).length > 4 ? undefined : `${lead[1] ?? ''} ${next}`;
}

/** A name in quotation marks, with a noun for what it is or none. */
const QUOTED_THING =
  /^\s*(?:(?:an?|another)\s+(?:new\s+)?\p{Ll}+(?:\s\p{Ll}+)?\s+)?[\ue000-\uf8ff](?:\s+(?:to|in)\s+(?:it|that|this))?\s*$/u;

const mayHoldNames = (text: string): boolean => {
  const words = plainWords(text.replace(LEAD, ''));
  const at = words.findIndex((word, n) => verbAt(words, n) !== undefined || isItemVerb(word));
  const verb = at === -1 ? undefined : verbAt(words, at);
  if (verb?.act === 'show' || verb === undefined) {
    const later = words.findIndex((_, n) => n > at && TAKES_TEXT.has(verbAt(words, n)?.act ?? ''));
    return later !== -1 && !isArticle(words[later - 1]?.toLowerCase() ?? '')
      ? true
      : at !== -1 && verb === undefined;
  }
  return verb.act !== 'open' || words.length > at + verb.length + 4;
};

/** "Show search and filter": what follows a list of things to see is seen, too. */
const withVerbOf = (current: string, next: string): string => {
  const first = plainWords(current.replace(LEAD, ''))[0] ?? '';
  const act = verbAt([first], 0)?.act;
  return act === 'show' || act === 'open' ? `${first} ${next}` : next;
};
