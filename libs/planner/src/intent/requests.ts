import { singular } from '../words';
import { listedNames } from './listed-names';
import { isVerb, plainWords, startsWithVerb } from './starts';

const MARK = String.raw`[\ue000-\uf8ff]`;
const START = String.raw`(?<=^\s*|[.!?;:\n]\s+)(?:(?:please|bitte|also|and|then|now|hi|hello|hey)[\s,]+)*`;
/** Where a sentence begins, and where a clause of it does. */
const SENTENCE = String.raw`(?<=^\s*|[.;\n]\s+)`;
const CLAUSE = String.raw`(?<=^\s*|[.;\n]\s+|\b(?:and|then)\s+)`;
const FILM = String.raw`(?:an?|the|this|one)\s+(?:[\p{L}\p{N}-]+\s+){0,3}?(?:film|video|demo|clip|recording|screencast|walk-?through|tour|movie|reel|gif)`;
const ASKS = String.raw`(?:(?:make|create|record|produce|shoot|generate|prepare|give|show|film)(?:\s+(?:me|us))?|(?:i|we)(?:['’]d|\s+would)?\s+(?:want|like|love|need)(?:\s+to\s+(?:see|have|get|make|watch))?)`;
const OF = String.raw`(?:of|about|on|showing|explaining|demonstrating|(?:that|which)\s+(?:shows|explains|demonstrates|covers)|to\s+show|where|in\s+which)(?:\s+(?:us|me|people|everyone))?`;
/** "Make a short film that shows how …", "I'd like to see a demo where …": what the film is to show stands behind it. */
const FRAME = new RegExp(String.raw`${START}${ASKS}\s+${FILM}\s+${OF}\s+(?=\S)`, 'giu');
/** "Our customers should see how they can …", "explain how …", "show off …". */
const HOW_THEY_CAN =
  /(?<=^\s*|[.!?;\n]\s+)[\p{L}\s]{2,40}\b(?:should|must|need\s+to|want\s+to|ought\s+to)\s+(?:see|learn|understand|know)\s+how\s+(?:to|(?:they|you|we|one)(?:\s+(?:can|could|may|might))?)\s+/giu;
const EXPLAINS =
  /(?<=^\s*|[.!?;\n]\s+)(?:explain|highlight|feature|cover|film|record|capture|present|illustrate)\s+(?=how\b)|\bshow\s+off\b|(?<=^\s*)film\b(?=\s+the\b)/giu;
/** Who does it, told of by what they do: "where someone adds …", "how the user can filter …". */
const WHO =
  /^(?:how\s+|that\s+)?(?:someone|somebody|people|users|customers|visitors|(?:an?|the|our|your|my)\s+(?:\p{L}+\s+)?(?:user|customer|visitor|person|client|admin|manager|guest|shopper|player|student|editor|author|buyer|member))\s+(?:(?:can|could|may|might|will|would)\s+)?(?=\p{L})/iu;
const SAYS_HOW_ROMANCE =
  /(?:muestra|muéstra(?:me|nos)|muestre|muestren|enseña(?:me|nos)?|mostrar|montre(?:z|r)?(?:[- ](?:moi|nous))?|mostra(?:mi|ci|te)?|mostrate|mostre(?:-me)?)\s*,?\s+(?:cómo|como|comment|come)\s+(?:(?:se|on|si|puedo|posso|je)\s+(?:(?:puede|peut|può|pode|peux)\s+)?)?(?=\p{L})/giu;
const SAYS_HOW_GERMANIC =
  /(?:zeige?n?|zeigt|erkläre?|laat|toon)(?:\s+(?:mir|uns|sie|bitte|me|ons|zien))*\s*,?\s+(?:wie|hoe)\s+(?:man|ich|du|wir|jemand|je|ik|men|(?:ein\w*|der|die|een|de)\s+[\p{L}]+)\s+([^.;\n]+)/giu;

/** What was built is no request where one follows: "We just shipped bulk actions. Show …". */
const NEWS =
  /^\s*(?:we|our\s+team|this\s+release)\s+(?:have\s+|has\s+)?(?:just\s+|recently\s+|now\s+|finally\s+)*(?:shipped|released|launched|added|built|introduced|brings)\s+[^.!?\n]*[.!?]\s+(?=\S)/iu;
/** "30 second teaser: …", "Bitte zeigen: …". */
const HEADING =
  /^\s*(?:please\s+|bitte\s+)?(?:(?:an?\s+|the\s+)?(?:short\s+|quick\s+)?(?:\d+[\s-]*(?:s|secs?|seconds?|minutes?|min)\s+)?(?:teaser|trailer|demo|film|video|clip|walk-?through|reel|screencast)(?:\s+(?:of|for)\s+[\p{L}\p{N} .]{2,30})?|zeigen|show|steps|schritte|to\s+show)\s*:\s*(?=\S)/iu;
/** "Start on the dashboard" presses nothing that is called so; "end with the summary" shows it. */
const STARTS_AT = new RegExp(
  String.raw`${SENTENCE}(?:start|begin)\s+(?:on|at|in|from)\s+(?=(?:the|our|my)\s)`,
  'giu',
);
const STARTS_WITH =
  /(?<=^\s*|[.;,\n]\s+|\b(?:and|then)\s+)(?:start|begin|end|finish|close|conclude)(?:\s+(?:it|the\s+(?:film|video|demo)))?\s+(?:with|by)\s+(?=(\p{L}+))/giu;
/** "Write x in bold": that it is bold is a thing of its own. */
const IN_STYLE = /\s+in\s+(bold|italics?)(?=\s|$)([^.;,\n]*)/giu;
/** "A chair for $49.99" is not called so. */
const AT_PRICE =
  /\b((?:add|create)\s[^.;\n]*?)\s+(?:for|at|costing)\s+([€$£]\s?\d[\d.,]*\d|[€$£]\s?\d|\d[\d.,]*\s?(?:€|euros?|eur|dollars?|usd|pounds?))(?=$|[.;,]|\s+(?:and|then)\b)/giu;
/** "A contact (name: Zoe, email: z@x.test)": fields of one thing. */
const FIELDS =
  /\b(an?\s+(?:new\s+)?\p{L}+(?:\s\p{L}+)?)\s*[(:]\s*((?:\p{L}[\p{L} -]{1,20}:\s*[^,():;\n]+,\s*)+\p{L}[\p{L} -]{1,20}:\s*[^,():;\n]+)\)?/giu;
/** "How to archive a note" is archiving one. */
const HOW_TO = new RegExp(String.raw`${SENTENCE}(?:show\s+(?:me\s+|us\s+)?)?how\s+to\s+(?=(\p{L}+))`, 'giu');
/** "… et la supprimer": the pronoun stands before its verb. */
const PRONOUN_FIRST = /\s+(?:et|y|e)\s+(?:(la|le|les|lo|li)\s+|l['’])(\p{L}+)(?!\p{L})/giu;
const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const NUMBER_OF = new RegExp(
  String.raw`\b(add|create|make)\s+(${NUMBERS.join('|')})\s+(?=(?:new\s+|more\s+)?(?:\p{Ll}+\s)?\p{Ll}+s\b)`,
  'giu',
);
/** "Check out" is paying where nothing follows, and looking where something does. */
const CHECK_OUT = /\bcheck\s+out(?=\s+(?:the|our|my|a|an|this|what)\b)/giu;
const CHECKOUT = /\b(?:(?:proceed|go|continue)\s+to\s+(?:the\s+)?checkout|check\s+out)\b/giu;
/** "… and back to light mode" goes the same way again. */
const BACK = /^(\s*)(switch|change|toggle|go|set|turn)(\s+.+?)\s*,?\s+(?:and|then)\s+back\s+to\s+/iu;
/** "A project named Apollo with 3 tasks": the tasks are no part of its name. */
const WITH_SO_MANY =
  /\b((?:called|named|titled)\s+\S+(?:\s\S+)??)\s+with\s+((?:\d{1,2}|two|three|four|five|some|several)\s+(?:new\s+)?\p{L}+s)(?=$|[.;,]|\s+(?:and|then)\b)/giu;
/** "An invoice with two line items", whatever it is called. */
const WITH_NUMBER = new RegExp(
  String.raw`${CLAUSE}((?:create|add|make)\s+(?:an?|another)\s[^.;\n]{2,60}?)\s+with\s+((?:\d{1,2}|two|three|four|five|several)\s+(?:new\s+)?(?:\p{Ll}+\s)?\p{Ll}+s)(?=\s*(?:$|[.;,]|\s(?:and|then)\b))`,
  'giu',
);
/** "Edit it to say x", "set the alarm for 7:30", "find out how …". */
const TO_SAY = /\bto\s+(?:say|read)\s+(?=[\p{L}\p{N}\ue000-\uf8ff])/giu;
const SET_FOR = /\bset\s+(the\s+[\p{L} ]{2,30}?)\s+for\s+(?=\d)/giu;
/** "Fill in the form with name Ada, email ada@x.test and message Hi": each is entered. */
const FILL_IN =
  /\bfill\s+(?:in|out)\s+(?:the|a|our|my)\s+(?:[\p{L}-]+\s+){0,2}form\s+with\s+((?:[^.;\n]|\.(?=\S))+)/giu;
/** "Add three tasks: Buy milk, Call mum and Pay rent": each is one of them. */
const SO_MANY = new RegExp(
  String.raw`${SENTENCE}(?:please\s+)?(add|create|make)\s+(?:me\s+)?(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|some|several|these|the\s+following)\s+(?:new\s+)?((?:\p{L}+\s)?\p{L}+s)\s*(?::|called|named)\s*((?:[^.;\n]|\.(?=\S))+)`,
  'giu',
);
const ROLE = /\b(invite\s+\S+@\S+)\s+as\s+(?:an?\s+|the\s+)?(?=\p{L}+\s*(?:$|[.;,]|\s(?:and|then)\b))/giu;
/** "Make “Fix login” urgent" makes nothing new. */
const MAKE_SO = new RegExp(
  String.raw`${CLAUSE}make\s+((?:the\s+)?(?:\p{Ll}+\s+)?${MARK})\s+(?=\p{L}+\s*(?:$|[.;,]|\s(?:and|then)\b))`,
  'giu',
);
const MAKE_FAVOURITE = new RegExp(
  String.raw`${CLAUSE}make\s+([^.;\n]{2,60}?)\s+(?:an?|my|one\s+of\s+my)\s+favou?rites?\b`,
  'giu',
);
/** "The song X by Y": who made it is no part of its name. */
const MADE_BY = new RegExp(
  String.raw`${CLAUSE}((?:[Aa]dd|[Cc]reate|[Ii]nsert)\s+(?:an?|the)\s+(?:new\s+)?(song|track|album|single|book|novel|quote|poem|story|film|movie)\s+(?:(?:called|named|titled)\s+)?[^.;,\n]{1,60}?)\s+by\s+(?=\p{Lu}|${MARK})`,
  'gu',
);
const MAKERS: Record<string, string> = {
  song: 'artist',
  track: 'artist',
  album: 'artist',
  single: 'artist',
  film: 'director',
  movie: 'director',
};
const REMARK = new RegExp(
  String.raw`${CLAUSE}leave\s+(?=(?:an?|another)\s+(?:\p{L}+\s+)?(?:comment|reply|note|review|message|remark)\b)`,
  'giu',
);
const REMARKED = new RegExp(String.raw`${CLAUSE}comment\s+(?=${MARK}\s+(?:on|under|to)\b)`, 'giu');
/** "Edit the profile: change the bio to …": the thing, and what is done with it. */
const OF_THING = new RegExp(
  String.raw`${SENTENCE}(?:edit|change|update|modify)\s+((?:the|my|our)\s+[^:.;\n]{2,40}?)\s*:\s*(?:change|set|update|edit)\s+(?:(?:the|its|his|her|their|my)\s+)?([\p{L} -]{2,30}?)\s+to\s+`,
  'giu',
);
/** "Demonstrate the search: look for …": what is to be seen, and how. */
const SEEN_BY = new RegExp(
  String.raw`${SENTENCE}(?:show|demonstrate|demo|present|showcase|try|use)\s+(?:me\s+)?(?:the|our)\s+[\p{L} -]{2,30}?\s*:\s*(?=(\p{L}+)\b)`,
  'giu',
);

/**
 * An intent in words that ask for a thing as a command: without what only says that it is to be a film, who does it and how it is told. Names in
 * quotation marks are marks in it and stay as they are.
 */
export function plainRequest(text: string): string {
  const framed = text
    .replace(NEWS, '')
    .replace(HEADING, '')
    .replace(FRAME, '')
    .replace(HOW_THEY_CAN, '')
    .replace(EXPLAINS, (whole) => (/how$/iu.test(whole.trim()) ? whole : 'show '))
    .replace(SAYS_HOW_ROMANCE, '')
    .replace(SAYS_HOW_GERMANIC, (_whole, clause: string) => verbsFirst(clause))
    .replace(HOW_TO, (whole, verb: string) => (isVerb(verb) ? '' : whole))
    .replace(PRONOUN_FIRST, (whole, pronoun: string | undefined, verb: string) =>
      isVerb(verb) ? `; ${verb} ${pronoun ?? 'le'}` : whole,
    )
    .replace(/ {2,}/gu, ' ');
  const who = WHO.exec(framed.trimStart());
  const told = who !== null && startsWithVerb(framed.trimStart().slice(who[0].length));
  return (told ? framed.trimStart().slice(who[0].length) : framed)
    .replace(STARTS_AT, 'go to ')
    .replace(STARTS_WITH, (_whole, next: string) => (isVerb(next) ? '' : 'show '))
    .replace(IN_STYLE, '$2; make it $1')
    .replace(AT_PRICE, '$1 with price $2')
    .replace(
      FIELDS,
      (_whole, thing: string, fields: string) =>
        `${thing} with ${fields.replace(/:\s*/gu, ' ').replace(/,\s*/gu, ' and ').trim()}`,
    )
    .replace(CHECK_OUT, 'look at')
    .replace(CHECKOUT, 'checkout')
    .replace(BACK, '$1$2$3; $2 to ')
    .replace(SO_MANY, (_whole, verb: string, things: string, names: string) =>
      listedNames(names)
        .map((name) => `${verb} a ${singular(things)} called ${name}`)
        .join('; '),
    )
    .replace(WITH_SO_MANY, '$1; add $2 to it')
    .replace(WITH_NUMBER, '$1; add $2 to it')
    .replace(TO_SAY, 'to ')
    .replace(SET_FOR, 'set $1 to ')
    .replace(/\bfind\s+out\b/giu, 'see')
    .replace(FILL_IN, (_whole, fields: string) =>
      listedNames(fields)
        .map((field) => `enter the ${quotedValue(field.replace(/^(?:the|an?|my)\s+/iu, ''))}`)
        .join('; '),
    )
    .replace(
      NUMBER_OF,
      (_whole, verb: string, number: string) => `${verb} ${NUMBERS.indexOf(number.toLowerCase()) + 2} `,
    )
    .replace(/\bdrag\s+(?:and|&)\s+drop\b/giu, 'drag-and-drop')
    .replace(ROLE, '$1 with role ')
    .replace(MAKE_SO, 'mark $1 as ')
    .replace(MAKE_FAVOURITE, 'favourite $1')
    .replace(MADE_BY, (_whole, lead: string, thing: string) => `${lead} with ${MAKERS[thing] ?? 'author'} `)
    .replace(REMARK, 'add ')
    .replace(REMARKED, 'add a comment ')
    .replace(OF_THING, 'change the $2 of $1 to ')
    .replace(SEEN_BY, (whole, verb: string) => (isVerb(verb) ? '' : whole));
}

/** `message Hi there` as `message “Hi there”`. */
const quotedValue = (field: string): string =>
  field.replace(
    /^((?:(?:first|last|full|user|phone|due)\s+)?\p{L}[\p{L}-]*)\s+([^\ue000-\uf8ff]+)$/iu,
    '$1 “$2”',
  );

/** `eine Aufgabe hinzufügt und sie abhakt` as `hinzufügen eine Aufgabe; abhaken sie`: what is done stands last in such clauses. */
function verbsFirst(clause: string): string {
  return clause
    .split(/\s*,?\s+(?:und|en)\s+(?:dann\s+|dan\s+)?/iu)
    .map((one) => {
      const words = one.trim().split(/\s+/u);
      const last = plainWords(words[words.length - 1] ?? '')[0] ?? '';
      const verb = [last, last.replace(/(?:st|t|e)$/u, 'en'), last.replace(/t$/u, '')].find(isVerb);
      return verb === undefined ? one.trim() : `${verb} ${words.slice(0, -1).join(' ')}`;
    })
    .join('; ');
}
