import { SAMPLE_PASSWORD, type SampleFile } from '@showrunner/contracts';
import type { Language } from '@showrunner/language';
import { ASKS_FOR_MESSAGE, ASKS_FOR_TASK, fieldKindOf, languageOf, SAMPLES } from '@showrunner/language';
import { wordsOf } from './words';
import type { Node } from './page-view';

/** The person who appears in films. */
export const SAMPLE_PERSON = {
  name: 'Maya Lindqvist',
  first: 'Maya',
  last: 'Lindqvist',
  username: 'maya',
  email: 'maya@example.com',
  password: SAMPLE_PASSWORD.value,
} as const;

/** Short texts that a person could have meant, by what is being made; several, so that one is new to the page. */
const SUBJECTS: [RegExp, readonly string[]][] = [
  [
    /\b(task|todo|to-do|card|ticket|issue|item|done|reminder|goal|habit|milestone)s?\b|needs? to be done/i,
    ['Plan the launch', 'Call the printer', 'Book the venue', 'Review the budget'],
  ],
  [
    /\b(message|comment|reply|say|chat|feedback|review|guestbook|greeting|wish)\b/i,
    ['What a lovely place to visit', 'Greetings from Lisbon', 'Thank you for the warm welcome'],
  ],
  [
    /\b(post|article|blog|story|title|headline|subject|page|document|note|memo|snippet|entry)\b/i,
    ['Notes from the launch', 'A morning by the sea', 'What we learned in spring'],
  ],
  [
    /\b(product|gadget|goods|stock|inventory|sku)\b/i,
    ['Walnut desk lamp', 'Linen notebook', 'Copper kettle'],
  ],
  [/\b(book|novel)s?\b/i, ['The Silent Harbour', 'Letters from the North']],
  [/\b(recipe|dish|meal|food|ingredient)s?\b/i, ['Lemon risotto', 'Roasted pepper soup']],
  [
    /\b(project|workspace|board|list|column|team|group|campaign|folder|collection)\b/i,
    ['Spring launch', 'Harbour redesign', 'Autumn campaign'],
  ],
  [/\b(event|meeting|appointment|booking|reservation)\b/i, ['Team breakfast', 'Launch rehearsal']],
  [/\b(expense|income|transaction|payment|invoice|bill)\b/i, ['Coffee for the team', 'Train to Porto']],
  [/\b(city|town|location|place|where)\b/i, ['Lisbon', 'Porto', 'Bergen']],
  [/\b(question|poll|ask)\b/i, ['Which season do you like best?', 'Tea or coffee?']],
  [/\b(category|tag|label|genre|topic)\b/i, ['Inspiration', 'Field notes']],
];
const ANYTHING = ['Plan the launch', 'A fresh idea', 'Second thoughts', 'Harbour walk'] as const;

const LONG_TEXT = 'A short note, written while the film was running.';
const FIXED_DATE = '2027-06-15';

/** How a field is called: label, placeholder. */
export const fieldHint = (field: Pick<Node, 'name' | 'placeholder'>): string =>
  `${field.name} ${field.placeholder ?? ''}`;

/**
 * The text that stands for what a form makes. The first fitting one that `taken` does not know; the field's own words count before those of
 * its surroundings. Pure: the same arguments give the same text.
 */
export function subjectFor(hint: string, surroundings: string, taken: (text: string) => boolean): string {
  const fitting = [hint, surroundings].flatMap((text) =>
    SUBJECTS.filter(([pattern]) => pattern.test(text)).flatMap(([, texts]) => texts),
  );
  const choices = [...ofLanguage(hint, surroundings), ...fitting, ...ANYTHING];
  const free = choices.find((text) => !taken(text));
  if (free !== undefined) return free;
  for (let round = 2; ; round += 1) {
    const numbered = `${choices[0]} ${round}`;
    if (!taken(numbered)) return numbered;
  }
}

/** Samples in the language of a form that is not English: what is to be done, what is said, or a title. */
function ofLanguage(hint: string, surroundings: string): readonly string[] {
  const language = languageOf(`${hint} ${surroundings}`);
  if (language === 'en') return [];
  const { tasks, messages, titles } = SAMPLES[language];
  const asks = (words: { test(text: string): boolean }): boolean =>
    words.test(hint) || words.test(surroundings);
  if (asks(ASKS_FOR_TASK)) return [...tasks, ...titles];
  return asks(ASKS_FOR_MESSAGE) ? messages : titles;
}

export type FieldKind =
  | 'password'
  | 'email'
  | 'url'
  | 'phone'
  | 'date'
  | 'time'
  | 'datetime'
  | 'month'
  | 'week'
  | 'number'
  | 'person'
  | 'firstName'
  | 'lastName'
  | 'username'
  | 'company'
  | 'city'
  | 'country'
  | 'street'
  | 'postcode'
  | 'long'
  | 'file'
  | 'color'
  | 'card'
  | 'expiry'
  | 'cvc'
  | 'subject';

const BY_TYPE: Record<string, FieldKind> = {
  password: 'password',
  email: 'email',
  url: 'url',
  tel: 'phone',
  date: 'date',
  time: 'time',
  'datetime-local': 'datetime',
  month: 'month',
  week: 'week',
  number: 'number',
  file: 'file',
  color: 'color',
};
const BY_NAME: [RegExp, FieldKind][] = [
  [/\b(card|credit card) ?(number|no\b|#)|^card$|\b0000 0000\b/i, 'card'],
  [/\bexpir|\bmm ?\/ ?yy/i, 'expiry'],
  [/\b(cvc|cvv|cvc2|security code)\b/i, 'cvc'],
  [/^(to|cc|recipients?)$|^(to|recipients?) (to|recipients?)$/i, 'person'],
  [/pass(word|code|phrase)/i, 'password'],
  [/\bwhere\b|home ?town|based in/i, 'city'],
  [/e-?mail/i, 'email'],
  [/\b(url|website|homepage|link)\b/i, 'url'],
  [/phone|mobile|\btel\b/i, 'phone'],
  [/first ?name|given name/i, 'firstName'],
  [/(last|family|sur) ?name/i, 'lastName'],
  [/user ?name|login|handle|nick/i, 'username'],
  [/company|organi[sz]ation|employer/i, 'company'],
  [
    /\b(your|full|customer|author|guest|contact|client|person|employee|student|member|visitor|owner|player|patient)('s)? ?name\b|^\s*name\s*(name)?\s*$|\b(author|from|assignee)\b/i,
    'person',
  ],
  [/\b(city|town|destination|departure|origin)\b/i, 'city'],
  [/country/i, 'country'],
  [/street|address/i, 'street'],
  [/zip|post(al)? ?code/i, 'postcode'],
  [
    /\b(price|amount|quantity|qty|cost|age|year|count|number of|weight|height|budget|stock|salary|rating|size)\b/i,
    'number',
  ],
  [/\b(date|deadline|due|birthday)\b/i, 'date'],
  [/description|details|body|content|notes?\b|about|bio\b|summary|instructions/i, 'long'],
];

const COUNTED =
  /\b(guests?|people|persons?|adults?|children|kids|seats?|nights?|rooms?|tickets?|quantity|qty|count|amount|number of|how many|items?|copies|units?|age)\b/i;

export function fieldKind(field: Node): FieldKind {
  const byType = BY_TYPE[field.inputType ?? ''];
  if (byType !== undefined) return byType;
  if (field.role === 'spinbutton') return 'number';
  const hint = fieldHint(field);
  // A stepper of a library is a text field to the browser: what stands in it says what it takes.
  if (field.role === 'textbox' && /^\d{1,4}$/.test(field.value.trim()) && COUNTED.test(hint)) return 'number';
  const named = BY_NAME.find(([pattern]) => pattern.test(hint))?.[1];
  // An English `Event name` holds the German word for a person's.
  const foreign = /\bname\b/i.test(hint) ? undefined : (fieldKindOf(hint) as FieldKind | undefined);
  return named ?? foreign ?? 'subject';
}

const FILE_BY_TYPE: [RegExp, SampleFile][] = [
  [/image|\.(png|jpe?g|gif|webp)|photo|picture|avatar|logo|cover/i, 'harbour.png'],
  [/csv|spreadsheet|excel|table/i, 'figures.csv'],
  [/json/i, 'places.json'],
  [/pdf|resume|\bcv\b|document|contract|invoice/i, 'brief.pdf'],
];

/** A file of ours that the field takes: by what it accepts, else by its name. */
export function fileFor(field: Pick<Node, 'name' | 'placeholder' | 'accept'>): SampleFile {
  const asked = field.accept === undefined || field.accept === '' ? fieldHint(field) : field.accept;
  return FILE_BY_TYPE.find(([pattern]) => pattern.test(asked))?.[1] ?? 'notes.txt';
}

/** A plausible value for a field that is not what the form makes, within its bounds. */
export function valueFor(field: Node): string {
  const value = usualValue(field);
  const { min, max } = field;
  if (value === '' || (min === undefined && max === undefined)) return value;
  const isBelow = (a: string, b: string): boolean =>
    Number.isFinite(Number(a)) && Number.isFinite(Number(b)) ? Number(a) < Number(b) : a < b;
  if (max !== undefined && isBelow(max, value)) return max;
  return min !== undefined && isBelow(value, min) ? min : value;
}

function usualValue(field: Node): string {
  const hint = fieldHint(field);
  const own = ownValue(field, languageOf(hint));
  if (own !== undefined) return own;
  switch (fieldKind(field)) {
    case 'password':
      return SAMPLE_PERSON.password;
    case 'email':
      return SAMPLE_PERSON.email;
    case 'url':
      return 'https://example.com/';
    // Numbers that test environments of payment providers take, and no bank.
    case 'card':
      return '4242 4242 4242 4242';
    case 'expiry':
      return '12/30';
    case 'cvc':
      return '123';
    case 'phone':
      return phoneFor(field);
    case 'date':
      return FIXED_DATE;
    case 'datetime':
      return `${FIXED_DATE}T10:30`;
    case 'month':
      return FIXED_DATE.slice(0, 7);
    case 'week':
      return '2027-W24';
    case 'time':
      return '10:30';
    case 'number':
      return numberFor(hint);
    case 'person':
      return SAMPLE_PERSON.name;
    case 'firstName':
      return SAMPLE_PERSON.first;
    case 'lastName':
      return SAMPLE_PERSON.last;
    case 'username':
      return SAMPLE_PERSON.username;
    case 'company':
      return 'Northwind';
    case 'city':
      return 'Lisbon';
    case 'country':
      return 'Portugal';
    case 'street':
      return '12 Harbour Street';
    case 'postcode':
      return '10115';
    case 'long':
      return LONG_TEXT;
    case 'color':
      return '#2f6fed';
    case 'file':
      return '';
    case 'subject':
      return subjectFor(hint, '', () => false);
  }
}

/** What a person would write in a field whose label is in another language; undefined where that makes no difference. */
function ownValue(field: Node, language: Language): string | undefined {
  if (language === 'en') return undefined;
  const { person, first, last, city, country, street, long } = SAMPLES[language];
  const values: Partial<Record<FieldKind, string>> = {
    ...{ person, firstName: first, lastName: last, city, country, street, long },
  };
  return values[fieldKind(field)];
}

/** As many digits as the placeholder shows; a mask puts in the rest. */
function phoneFor({ placeholder = '' }: Node): string {
  const digits = placeholder.match(/[\d_#x]/gi)?.length ?? 0;
  if (digits < 7 || /[a-wyz]/i.test(placeholder)) return '+1 555 0100';
  return placeholder.includes('+') ? '+15550100199'.slice(0, digits + 1) : '5550100199'.slice(0, digits);
}

const PEOPLE = [
  'travellers',
  'travelers',
  'guests',
  'people',
  'persons',
  'adults',
  'nights',
  'seats',
  'tickets',
  'rooms',
];

function numberFor(hint: string): string {
  const words = new Set(wordsOf(hint));
  if (words.has('year')) return '2024';
  if (words.has('age')) return '34';
  if (PEOPLE.some((word) => words.has(word))) return '3';
  if (words.has('rating') || words.has('quantity') || words.has('qty')) return '4';
  return words.has('height') ? '178' : words.has('weight') ? '72' : '48';
}
