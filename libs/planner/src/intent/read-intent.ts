import { foldText } from '@showrunner/contracts';
import { stem, stemsOf, wordsOf } from '../words';
import { FUNCTION_WORDS, ordinalOf, STRUCTURE_WORDS, unspacedAct, unspacedObject, verbAt } from './lexicon';
import { isCommonNoun, isItemVerb, unspacedItemVerb } from './meanings';
import type { Act, Verb } from './lexicon';
import { quotedIn, withoutQuotes } from './quotes';
import { pairIn } from './entries';
import { withoutHungPronouns, withWholeVerb } from './joints';
import { splitIntent } from './split-intent';
import { startsWithVerb } from './starts';
import { wayIn } from './ways';

/** One thing that the user wants shown. */
export interface IntentPart {
  /** As it was said. */
  text: string;
  act: Act | undefined;
  /** The verb as said, stemmed: often the name of the control that does it (`star`). */
  verb: string;
  /** Words that name something, stemmed; without those in quotation marks. */
  stems: string[];
  /** Texts in quotation marks. */
  quoted: string[];
  /** What is to be typed, chosen or made. */
  value?: string;
  /** `value` stands without mark and article: it may be the noun for what is made (`add milk`, `add task`). */
  bareValue?: true;
  /** Words of the field or thing that gets the value, or of the control. */
  object: string;
  /** Names in `object` that cannot be left out: capitalised, numbers, after "from", "called" and the like; lower case. */
  names: string[];
  /** One of many by its place, 0-based; -1 for the last. */
  ordinal?: number;
  /** It speaks of what the part before was about ("it", "that one"). */
  isPronoun: boolean;
  /** Heading of the column, list or section that it stands in. */
  column?: string;
  /** The field whose text is the value, of "copy the text from … into …". */
  copies?: string;
  /** The words without those that say of which thing, where these came first. */
  said?: string;
  /** The one of many that the control stands in, or that has to be opened for it. */
  within?: IntentPart;
}
export interface ReadIntent {
  parts: IntentPart[];
  /** What must not be shown. */
  avoided: IntentPart[];
  /** The user wants these and nothing more. */
  only: boolean;
}

const MARK = String.raw`[\ue000-\uf8ff]`;

/** Words of a request that name nothing in an app. */
const FILLER = new Set(
  stemsOf(
    'a an the and or of to in on for with by as how can you i we it its this that these those please show me us let see make do use using try demo demonstrate showcase present video film record clip tour introduce presentation ' +
      'app application site website page product main feature features functionality everything all anything something overview walkthrough short quick nice whole most important what does works work then next finally first ' +
      'after also just only user users someone visitor person people customer their his her your my our is are be one some any new best key highlight highlights focus especially including include start begin end through about from into at ' +
      'second seconds minute minutes long brief good great cool beautiful snappy professional simple fast slow smooth marketing sales investor investors launch go walk take look give tell get explain give way ways possible different various many few lot more really very',
  ),
);

/**
 * Reads an intent: its parts in order, what each wants, with which value, of which thing. Words alone: nothing of an app is known here.
 */
export function readIntent(intent: string): ReadIntent {
  const { wanted, avoided } = splitIntent(intent);
  const parts = wanted.map(readPart).filter(namesSomething);
  return {
    parts,
    avoided: avoided.map(readPart),
    only: wordsOf(intent).some((word) => ['only', 'just', 'nur', 'seulement', 'solo'].includes(word)),
  };
}

/** What is wanted, without what must not be and without what is only quoted: for whoever looks for words of permission in it. */
export const wantedText = (intent: string): string =>
  splitIntent(intent)
    .wanted.map((part) => withoutQuotes(part).bare.replace(/[\ue000-\uf8ff]/gu, ' '))
    .join('\n');

const namesSomething = (part: IntentPart): boolean =>
  part.stems.length > 0 ||
  part.quoted.length > 0 ||
  part.value !== undefined ||
  part.ordinal !== undefined ||
  part.isPronoun;

export function readPart(text: string): IntentPart {
  const whole = foldText(text).slice(0, 300);
  const { bare, restore } = withoutQuotes(text);
  const way = wayIn(bare);
  const behind = way === undefined ? bare : bare.slice(way.whole.length);
  const pressed = BY_PRESSING.exec(behind)?.[1];
  const own = pressed === undefined ? withRename(withAdd(withPlainVerb(behind))) : `click ${pressed}`;
  const placed = way?.within === undefined ? PLACED.exec(own) : null;
  const place = placed !== null && PART_OF_SCREEN.test(placed[2] ?? '') ? null : placed;
  const where = way?.within ?? place?.[2];
  const part = { ...readAct(restore(place?.[1] ?? own)), text: whole };
  return where === undefined
    ? part
    : {
        ...part,
        said: restore(own)
          .trim()
          .replace(/[.!]+$/u, ''),
        within: readAct(restore(where)),
      };
}

/** "Change the vote to x", "assign it to Ada": what they say by other words. */
const withPlainVerb = (text: string): string =>
  text
    .replace(/^(\s*)(?:change|switch)\s+(?:the|my|your)\s+vote\s+to\s+/iu, '$1vote for ')
    .replace(/^(\s*)assign\s+(.+)\s+to\s+(.+)$/iu, '$1set the assignee of $2 to $3');

/** "Put the shirt into the cart" is adding it there. */
const withAdd = (text: string): string =>
  text.replace(
    /^(\s*)(?:put|place|drop|throw|pop)\s+(.+?)\s+(?:in|into|on|onto)\s+((?:(?:the|my|your)\s+)?(?:shopping\s+)?(?:cart|basket|bag|favou?rites|wishlist|watchlist))(?=\s*[.!]*\s*$)/iu,
    '$1add $2 to $3',
  );

/** "Change the name of the folder to x", "edit it and call it x" are renaming it. */
const withRename = (text: string): string =>
  text
    .replace(
      /^(\s*)(?:change|edit|update|set)\s+(?:the\s+)?(?:name|title|caption)\s+of\s+(.+\s(?:to|into)\s)/iu,
      '$1rename $2',
    )
    .replace(
      /^(\s*)(?:change|edit|update|rename|open)\s+(.+?)\s+and\s+(?:call|name|rename|title)\s+it\s+(?:to\s+)?(.+)$/iu,
      '$1rename $2 to $3',
    );

/** "Close the dialog by clicking the x". */
const BY_PRESSING = /\bby\s+(?:clicking|pressing|tapping|hitting|choosing|selecting)\s+(?:on\s+)?(.+)$/iu;
/** `the "Reply" button on the post by Ana`: the control in quotation marks, and the thing that has it. */
const PLACED = new RegExp(
  String.raw`^((?:click|press|tap|hit|klicke|drücke)\s+(?:on\s+)?(?:the\s+|auf\s+)?${MARK}(?:\s+(?:button|link|icon|menu item|option))?)\s+(?:on|of|for|from|in|by|next to|beside)\s+((?:the|my)\s+.+)$`,
  'iu',
);

/** "The star icon to mark it as important": what for is no name. */
function withoutPurpose(rest: string): string {
  const at = /\s+(?:in order\s+)?to\s+/iu.exec(rest);
  return at !== null && startsWithVerb(rest.slice(at.index + at[0].length)) ? rest.slice(0, at.index) : rest;
}

const PART_OF_SCREEN =
  /\b(?:page|dialog|dialog box|modal|popup|toolbar|header|footer|menu|menu bar|navigation|sidebar|section|screen|form|window|panel|tab|view|top|bottom|left|right|corner)\s*$/iu;

/** "Copy the text from the notes and paste it into the summary". */
const COPY =
  /^(?:copy|kopiere|copie|copia)\s+(?:the\s+|den\s+|le\s+|el\s+)?(?:text|value|content|contents)?\s*(?:in|from|of|aus|de|del)\s+(.+?)(?:,\s*|\s+)(?:(?:and|then|und|et|y)\s+)*(?:paste|insert|füge|colle|pega)\s+(?:it|that|ihn|le|lo)?\s*(?:in|into|to|dans|en)\s+(.+)$/iu;

function readAct(text: string): IntentPart {
  const copied = COPY.exec(text.trim());
  if (copied) {
    const part = readPlain(`enter text into ${copied[2] ?? ''}`);
    const { value: _value, bareValue: _bare, ...rest } = part;
    return { ...rest, text, object: (copied[2] ?? '').trim(), copies: copied[1] ?? '' };
  }
  const cased = CASED.exec(text);
  const part = readPlain(cased === null ? text : text.replace(cased[0], ' '));
  if (cased === null || part.value === undefined) return part;
  const isUpper = cased[1]?.toLowerCase() === 'upper';
  return { ...part, text, value: isUpper ? part.value.toUpperCase() : part.value.toLowerCase() };
}

const CASED = /\s+in\s+(?:all\s+)?(upper|lower)[ -]?case(?:\s+letters)?(?=\s|$)/iu;

function readPlain(text: string): IntentPart {
  const { bare: marked, restore, quoted } = withoutQuotes(text);
  const bare = withWholeVerb(withoutHungPronouns(marked));
  const words = bare.match(/[\p{L}\p{M}\p{N}'’@._%+#-]*[\p{L}\p{M}\p{N}%+#]|[\ue000-\uf8ff]/gu) ?? [];
  const verb = verbOf(words);
  const rest = restOf(bare, words, verb);
  const narrows = (verb?.act === 'show' || verb?.act === 'open') && ONLY_SUCH.test(rest);
  const unspaced = verb === undefined ? unspacedAct(bare) : undefined;
  const isOfIt =
    verb?.act === 'add' &&
    OF_WHAT_IS_MADE.test(verb.stem) &&
    /^(?:it|them|this|that)$/iu.test(rest.replace(/[.!]+$/u, ''));
  const itemVerb = verb === undefined && unspaced === undefined ? unspacedItemVerb(bare) : undefined;
  const isBareUnspaced =
    (unspaced !== undefined || itemVerb !== undefined) &&
    /[\p{Script=Han}\p{Script=Hiragana}]/u.test(bare) &&
    !new RegExp(MARK, 'u').test(bare) &&
    unspacedObject(bare.replace(itemVerb ?? '', ' ')) === '';
  const mark = new RegExp(MARK, 'u').exec(bare)?.[0];
  const isEntry = unspaced !== undefined && ['add', 'search', 'choose', 'set'].includes(unspaced);
  const entry = isEntry && mark !== undefined ? { value: mark, object: '' } : readEntry(verb, rest);
  const column = columnOf(entry.object ?? rest);
  const object = clean(entry.object ?? (verb?.act === 'press' ? withoutPurpose(rest) : rest), column);
  const ordinal = ordinalIn(object);
  const unquote = (one: string): string =>
    foldText([...one].length === 1 ? (quoted(one) ?? one) : restore(one));
  const value = entry.value === undefined ? undefined : unquote(entry.value.trim()).replace(/[.,;:!]+$/u, '');
  return {
    text: foldText(text).slice(0, 300),
    act: isOfIt ? undefined : narrows ? 'filter' : (verb?.act ?? unspaced),
    verb: verb?.stem ?? itemVerb ?? '',
    stems: [
      ...stemsOf(bare.replace(/[\ue000-\uf8ff]/gu, ' ')).filter(
        (word) => !FILLER.has(word) && !/^\d+$/.test(word),
      ),
      ...placeNamed(rest),
    ],
    quoted: quotedIn(text),
    ...(value === undefined || value === '' ? {} : { value }),
    ...(entry.isBare === true && value !== undefined && value !== '' ? { bareValue: true as const } : {}),
    object: foldText(restore(object)),
    names: namesIn(object, restore),
    ...(ordinal === undefined ? {} : { ordinal }),
    isPronoun:
      isBareUnspaced ||
      /\p{Script=Arabic}\s+it$/u.test(foldText(object)) ||
      /^(?:it|its|that one|this one|them)\b|^(?:that|this|the (?:same|new|created|added)(?: one)?|es|ihn|sie|diese[nsr]?|das|le|la|lo|elle|het|deze|a|o)(?:\s+(?:ab|auf|an|aus|als|wieder|como|comme|come)\b.*)?$/iu.test(
        foldText(object),
      ) ||
      /\b(?:that|this) (?:new )?(?:one|task|todo|note|card|item|entry|message|post|row)\b/iu.test(object),
    ...(column === undefined ? {} : { column: foldText(unquote(column)) }),
  };
}

/** The first verb that is no noun here; one that only says that something is to be seen gives way to a later one. */
function verbOf(words: readonly string[]): Verb | undefined {
  let shown: Verb | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    const before = (words[at - 1] ?? '').toLowerCase();
    if (DETERMINER.test(before) || ordinalOf(before) !== undefined) continue;
    // "New task" makes one where it begins the sentence; later it says what a thing is.
    const known = at > 0 && word === 'new' ? undefined : (makesNew(words, at) ?? verbAt(words, at));
    // What comes late in a sentence is mostly a noun of it.
    if (
      shown &&
      !/^(?:how|to|can|and|is|are|be|that|by|user|users|visitor|someone|you|one)$/.test(before) &&
      !/ing$/.test(word) &&
      shown.at + shown.length !== at
    )
      continue;
    if (known?.act === 'show') shown ??= known;
    else if (known) return known;
    else if (isItemVerb(word) && (at === 0 || shown))
      return { act: undefined, at, length: 1, stem: stem(word) };
    else if (shown === undefined && at >= 2 && !FUNCTION_WORDS.has(before)) break;
  }
  return shown;
}

/** "Publish it" makes nothing: it is done with what is there. */
const OF_WHAT_IS_MADE = /^(?:publish|submit|post|schedul|register|record|log|book)/u;

/** "Save a note": what is saved is not there yet. */
const makesNew = (words: readonly string[], at: number): Verb | undefined =>
  /^(?:save|store|speichere|enregistre|guarda|salva|salve)$/i.test(words[at] ?? '') &&
  /^(?:an?|another|eine?n?|une?|un|una|uma?)$/i.test(words[at + 1] ?? '')
    ? { act: 'add', at, length: 1, stem: stem((words[at] ?? '').toLowerCase()) }
    : undefined;

/** "Show only completed tasks" narrows; "show only the search" does not. */
const ONLY_SUCH =
  /^(?:me\s+)?(?:only|just|nur|seulement|solo|sólo)\s+(?!the\s+\S+\s*$|how\s|die\s|das\s|la\s|le\s|el\s)/iu;

/** A page may be called by words that name nothing elsewhere: "look at About us", "open the features page". */
const placeNamed = (rest: string): string[] => {
  const named =
    /(?<=\s|^)(About(?: (?:us|Us|me|Me))?|Home|Features|Products?|Overview|Team|Works?)(?=$|[\s.,!])|\b(about(?: us| me)?|features?|products?|overview) (?:page|section|tab|screen)\b|^about us$/u.exec(
      rest.trim(),
    );
  return named === null ? [] : stemsOf(named[1] ?? named[2] ?? named[0]);
};

const DETERMINER =
  /^(?:an?|the|my|your|our|their|its|this|that|these|new|der|die|das|den|dem|des|eine?[nmrs]?|le|la|les|une?|el|los|las|un|una|il|lo|gli|os?|as|um|uma|het|een|de)$/;

function restOf(bare: string, words: readonly string[], verb: Verb | undefined): string {
  if (verb === undefined) return bare;
  let from = 0;
  for (let at = 0; at < verb.at + verb.length; at += 1)
    from = bare.indexOf(words[at] ?? '', from) + (words[at] ?? '').length;
  return bare.slice(from).trim();
}

interface Entry {
  value?: string;
  object?: string;
  isBare?: true;
}

const NAMED = new RegExp(
  String.raw`^(.*?)\s*(?:\b(?:called|named|titled|labell?ed|saying|reading|that says|which says|with (?:the )?(?:title|name|text|subject|message|content|body)(?: of)?|namens|mit (?:dem )?(?:namen|titel|text)|appelée?|nommée?|intitulée?|llamad[ao]|titulad[ao]|chiamat[ao]|chamad[ao]|genaamd)\b|(?<!\d):|:(?!\d))\s*(?:is\s+)?(.+)$`,
  'iu',
);
/** What something written is about is what is written. */
const ABOUT =
  /^((?:an?|the|another|eine?n?|une?|un|una|uma?)\s+(?:new\s+|short\s+|quick\s+|neue\s+)?(?:note|memo|task|todo|reminder|idea|comment|message|post|entry|thought|notiz|aufgabe|kommentar|nota|tâche|tarea|tarefa|commentaire|comentario))\s+(?:about|regarding|über|sur|sobre|su)\s+(.+)$/iu;
/** "An expense of 12.50 for parking". */
const OF_AMOUNT =
  /^(?:an?|another)\s+([\p{L} ]+?)\s+of\s+(?:[€$£]\s?)?\d[\d.,]*\s*(?:[€$£]|euros?|dollars?)?\s+(?:for|on)\s+(.+)$/iu;
/** "A contact Dee Fox": the noun, and the name in capitals. */
const PROPER =
  /^(?:an?|another|the)\s+(?:new\s+)?(\p{Ll}{3,}(?:\s\p{Ll}{3,})?)\s+(?<!\b(?:for|to|of|in|on|at|by|with|from|about|and)\s)(\p{Lu}.*)$/u;
/** "The task buy milk": the noun with its article, and a name without one. */
const ARABIC_NOUN = /^(ال\p{Script=Arabic}{2,})\s+((?!ال)\p{Script=Arabic}.*)$/u;
const TO_LIST =
  /^(.+?)\s+(?:to|into|onto|in|on|zu|zur|zum|in die|à|a|al|alla|en)\s+((?:the|my|your|our|a|der|die|den|meine[rn]?|la|le|ma|el|il|mi)\s+.+|cart|basket|bag|favou?rites|wishlist|watchlist)$/iu;
const ARTICLE =
  /^(?:an?|the|another|some|my|your|our|new|one|ein\w*|der|die|das|den|dem|neue\w*|une?|le|la|les|nouvel\w*|un|una|el|los|las|nuev\w*|uno|il|lo|nuov\w*|um|uma|os?|as|nov\w*|een|het|de|nieuwe)\s+/iu;

/** What is entered and into what, by the sentence's own grammar. */
function readEntry(verb: Verb | undefined, rest: string): Entry {
  switch (verb?.act) {
    case 'add':
      return readAdded(rest);
    case 'set':
    case 'edit':
    case 'move':
      return readSet(rest, verb.act);
    case 'choose':
      return readChosen(rest);
    case 'search':
      return readSearched(rest);
    default:
      return {};
  }
}

function readAdded(rest: string): Entry {
  // "Make it bold" makes nothing new.
  if (/^(?:it|them|him|her|this|that)(?:\s|$)/iu.test(rest) && !TO_LIST.test(rest)) return {};
  // Nor is anybody known who could tell the fields of "an expense: Lunch, 14.50, Food" apart.
  if (/^(?:an?|another)\s[\p{L} ]+:\s*(?![\ue000-\uf8ff])[^,]+,[^,]+,/iu.test(rest)) return { object: rest };
  const listed = TO_LIST.exec(rest);
  const mark = new RegExp(MARK, 'u').exec(rest);
  const named = NAMED.exec(rest);
  if (named && (mark === null || (named[2] ?? '').includes(mark[0]))) {
    const value = named[2] ?? '';
    // The quotation ends the name; what follows are other fields.
    return { value: /^[\ue000-\uf8ff]/u.test(value) ? value.charAt(0) : value, object: named[1] ?? '' };
  }
  if (mark) return { value: mark[0], object: rest.replace(mark[0], ' ') };
  const amount = OF_AMOUNT.exec(rest);
  if (amount) return { value: amount[2] ?? '', object: amount[1] ?? '' };
  const definite = ARABIC_NOUN.exec(rest);
  if (definite) return { value: definite[2] ?? '', object: definite[1] ?? '' };
  const proper = PROPER.exec(rest);
  if (proper) return { value: proper[2] ?? '', object: proper[1] ?? '' };
  const about = ABOUT.exec(rest);
  if (about) return { value: about[2] ?? '', object: about[1] ?? '' };
  if (listed && /^(?:it|them|this|that one|es|ihn|sie)$/iu.test(listed[1] ?? '')) return {};
  if (listed && !ARTICLE.test(listed[1] ?? '')) return { value: listed[1], object: listed[2], isBare: true };
  const plain = rest.replace(/\s+(?:hinzu|an|toe)$/iu, '').trim();
  // Nobody has said what these are called.
  if (/^\d{1,2}\s+(?:new\s+|more\s+)?(?:\p{Ll}+\s)?\p{Ll}+s(?:\s+to\s.+)?$/u.test(plain)) return {};
  if (plain !== '' && !ARTICLE.test(`${plain} `)) return { value: plain, object: '', isBare: true };
  return {};
}

const TO = String.raw`\s+(?:to|as|=|equal to|auf|zu|in|à|en|a|al|para|naar|op)\s+`;

function readSet(rest: string, act: Act): Entry {
  const into = new RegExp(
    String.raw`^(.+?)\s+(?:in(?:to)?|for|as|ins?|im|für|als|dans|pour|comme|en|para|como|nel(?:la)?|per|come|no|na|voor)\s+(?:the |my |das |die |den |dem |le |la |el |il |o |a |het |de )?(.+)$`,
    'iu',
  ).exec(rest);
  const to = new RegExp(`^(.+?)${TO}(.+)$`, 'iu').exec(rest);
  const withValue = /^(.+?)\s+(?:with|mit|avec|con|com|met)\s+(.+)$/iu.exec(rest);
  // Where something goes comes last: "move Sale in May to Done".
  const goal = /^(.+)\s+(?:to|into|onto|nach|zu|à|vers|a|al|hacia|para|naar)\s+(.+)$/iu.exec(rest);
  if (act === 'move') {
    const within = goal ?? /^(.+)\s+(?:in|dans|en|under|unter|na|no|nella?)\s+(.+)$/iu.exec(rest);
    return within ? { object: within[1], value: within[2] } : {};
  }
  const pair = act === 'set' ? pairIn(rest) : undefined;
  if (pair) return pair;
  const colon = /^([\p{L} ]{2,40})\s*[:=]\s*(.+)$/u.exec(rest);
  if (colon) return { object: colon[1], value: colon[2] };
  const isFieldFirst = /^(?:the|my|its|their|das|die|den|le|la|el|il)\s/iu.test(rest) || act !== 'set';
  if (to && (isFieldFirst || into === null)) return { object: to[1], value: to[2] };
  if (into) return { object: into[2], value: into[1] };
  if (to) return { object: to[1], value: to[2] };
  if (withValue) return { object: withValue[1], value: withValue[2] };
  const number = /^(?:the\s+)?([\p{L} ]+?)\s+([\d.,]+)$/iu.exec(rest);
  if (number) return { object: number[1], value: number[2] };
  const mark = new RegExp(MARK, 'u').exec(rest);
  if (mark) return { object: rest.replace(mark[0], ' '), value: mark[0] };
  return act === 'set' && !ARTICLE.test(rest) ? { value: rest, object: '', isBare: true } : {};
}

function readChosen(rest: string): Entry {
  const as =
    /^(.+?)\s+(?:as|for|from|in|under|with|using|on|mit|als|für|aus|comme|pour|dans|como|para|de|en|come|per|da|voor|uit)\s+(?:(?:the|my|its|a|das|die|den|der|le|la|el|il|o|het)\s+)?(.+)$/iu.exec(
      rest,
    );
  if (as) return { value: as[1], object: as[2] };
  const mark = new RegExp(MARK, 'u').exec(rest);
  if (mark) return { value: mark[0], object: rest.replace(mark[0], ' ') };
  return ARTICLE.test(rest) ? {} : { value: rest, object: '', isBare: true };
}

function readSearched(rest: string): Entry {
  const mark = new RegExp(MARK, 'u').exec(rest);
  if (mark) return { value: mark[0], object: rest.replace(mark[0], ' ') };
  const bare = rest.replace(/^(?:for|nach|après|by|in)\s+/iu, '');
  const asNoun = /^(?:(?:the|a|an|all|my)\s+)/iu.test(bare) || bare === '';
  const within =
    /^(.+?)\s+(?:in|on|among|within|im|in der|dans|en)\s+(?:the|my|a|der|die|la|le|el)\s+.+$/iu.exec(bare);
  return asNoun ? {} : { value: within?.[1] ?? bare, object: '', isBare: true };
}

const COLUMN =
  /\s+(?:in|into|to|from|under|of|on|within|in der|aus der|dans la|de la|en la)\s+(?:the\s+)?(?:(?:column|list|section|lane|spalte|liste|colonne|columna)\s+([\ue000-\uf8ff]|[\p{L}\p{N}][\p{L}\p{N} ]*)|([\ue000-\uf8ff]|\p{L}[\p{L}\p{N} ]*?)\s+(?:column|section|lane|spalte|colonne|columna))\s*$/iu;

const columnOf = (object: string): string | undefined => {
  const match = COLUMN.exec(` ${object}`);
  return match?.[1] ?? match?.[2];
};

const clean = (object: string, column: string | undefined): string =>
  column === undefined ? object : ` ${object}`.replace(COLUMN, ' ');

const OF_TIME =
  /^(?:week|month|year|quarter|night|summer|winter|woche|monat|jahr|semaine|mois|semana|mes|año)s?$/iu;

function ordinalIn(object: string): number | undefined {
  const words = object.match(/[\p{L}\p{N}]+/gu) ?? [];
  const numbered = /\b(?:row|line|item|number|no\.|zeile|ligne|fila|riga)\s+#?(\d{1,3})\b/iu.exec(object);
  for (const [at, word] of words.slice(0, 4).entries()) {
    const ordinal = ordinalOf(word);
    // "A 30 second overview", "last week".
    if (ordinal !== undefined && !/^\d+$/.test(words[at - 1] ?? '') && !OF_TIME.test(words[at + 1] ?? ''))
      return ordinal;
  }
  return numbered ? Number(numbered[1]) - 1 : undefined;
}

const BEFORE_NAME =
  /^(?:from|by|called|named|titled|labelled|about|regarding|of|for|von|namens|über|de|du|par|di|van)$/i;
/** What follows these is no part of the name before. */
const ENDS_NAME = /^(?:as|to|in|on|at|into|onto|with|is|als|in|auf|comme|dans|como|en|come|op)$/i;

/** Words that must be met: in quotation marks, capitalised, numbers, and what follows "from", "called" and the like. */
function namesIn(object: string, restore: (text: string) => string): string[] {
  const tokens =
    object.replace(/['’]s\b/gu, ' as ').match(/[\ue000-\uf8ff]|(?:(?<![\p{L}\p{N}])[#@])?[\p{L}\p{N}]+/gu) ??
    [];
  const quoted = tokens.filter((token) => /[\ue000-\uf8ff]/u.test(token));
  // What is quoted is the name; capitals beside it are those of a language's nouns.
  if (quoted.length > 0) return quoted.flatMap((token) => wordsOf(restore(token)));
  const names: string[] = [];
  let goesOn = false;
  for (const token of tokens) {
    const lower = token.toLowerCase();
    if (/^[#@]/u.test(token)) {
      names.push(lower.slice(1));
      goesOn = true;
    } else if (BEFORE_NAME.test(token)) goesOn = true;
    else if (FUNCTION_WORDS.has(lower) || ordinalOf(token) !== undefined) goesOn &&= !ENDS_NAME.test(token);
    else if (
      !STRUCTURE_WORDS.has(lower) &&
      !isCommonNoun(lower) &&
      (/^\p{Lu}/u.test(token) || /\d/.test(token))
    ) {
      names.push(lower);
      goesOn = true;
    } else if (goesOn && !STRUCTURE_WORDS.has(lower)) names.push(lower);
    else goesOn = false;
  }
  return names;
}
