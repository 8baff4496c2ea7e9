import { readable, sentence, shorten, singular, withArticle } from '../words';
import type { Form } from '../forms';
import type { PageView } from '../page-view';
import { isTextField } from '../page-view';
import { fieldHint } from '../sample-values';

const NO_NOUN =
  /^(index|main|default|root|welcome|dashboard|explore|feed|it|this|new|submit|save|ok|go|send|now|one|form|app|home|page|here|done|all|my|list)$/i;
/** Where nothing says what is made. */
const NO_THING = 'entry';
/** What a single field is called after, when that is what it makes. */
const THING =
  /^(?:write |your |new |an? )?(?:message|comment|note|reply|review|question|answer|task|to-?do|habit|idea|wish|post|word|link|tag|item)$/i;
/** What a field asks that takes a few words for others to read. */
const SAYS = /\bsay something\b|what(['’]s| is) (on your mind|happening|new|up)|\b(post|status)\b/i;
const TO_DO = /\b(needs? to be done|to-?dos?|tasks?)\b/i;
/** Verbs that begin the names of buttons: `Generate a name`, `Book the cabin`. */
const VERBS =
  'add|create|save|post|submit|publish|insert|new|write|leave|sign|book|log|record|send|compose|start|generate|make|plan|track|reserve|schedule|upload|request|order|register|report|share|reply|comment|ask|invite|put|place|apply|import|enter|draw|build|open|join|suggest|propose|nominate|rate|review|pin|tag|set|note|store|keep|apply|enrol|enroll|hire|assign|rent|buy|vote|subscribe|confirm|continue|finish|complete|done|ok';
const VERB = new RegExp(`^(${VERBS})\\b\\s*`, 'i');
const ONLY_VERBS =
  /^(add|create|save|post|submit|publish|insert|new|write|leave|sign|book|log|record|send|compose|start|generate|make|track|reserve|schedule|upload|register|share|reply|ask|invite|put|place|apply|import|enter|draw|build|open|join|confirm|continue|finish|complete|done|ok)$/i;
/** What comes of these is not what was written. */
const MAKES_ANOTHER =
  /^(generate|ask|request|start|draw|build|import|set|rate|review|continue|finish|complete|confirm|join|apply|vote)\b/i;
/** Verbs that a title takes over; of the others it says Add. */
const SPEAKS =
  /^(sign|leave|write|publish|post|book|log|record|create|send|schedule|reserve|generate|make|plan|track|upload|request|order|report|share|ask|suggest|propose|nominate|rate|review|rent|start|draw|build|invite|import|store|assign|place|enrol|enroll|register)\b/i;

/** What sends off what was set in a dialog. */
export const COMMITS =
  /^(?:save|apply|update|submit|ok|okay|done|confirm|move|set|speichern|übernehmen|anwenden|enregistrer|appliquer|valider|guardar|aplicar|aceptar|salvar|salva|applica|opslaan|toepassen|spara|lagre|gem|zapisz|kaydet|сохранить|применить)\b|保存|确定|適用|应用|저장|적용|حفظ|תשמור|שמור/iu;

/** What is made: from the button, the form's heading, the page's address or its title. */
export function nounOf(view: PageView, form: Form): string {
  const segments = view.path
    .split(/[/?#]/)
    .filter((part) => part !== '' && !/^(new|create|add|edit|\d+)$/i.test(part));
  const asked =
    /\b(?:new|add an?|an?) ((?:\p{L}+ ){0,2}?\p{L}+)(?=[.…?!,:]|$| (?:to|for|that|here|of|in|on|and|or|name|title)\b)/iu
      .exec(form.fields.map(fieldHint).join('. '))?.[1]
      ?.split(' ')
      .pop() ?? '';
  const [only, ...more] = form.fields.filter(isTextField);
  const label = more.length === 0 && only !== undefined ? readable(only.name) : '';
  const sources = [
    form.button?.name ?? '',
    form.heading,
    asked,
    segments[segments.length - 1] ?? '',
    view.mainHeading()?.name ?? '',
  ];
  if (THING.test(label) && !sources.slice(0, 2).some((source) => THING.test(source.replace(VERB, ''))))
    sources.splice(1, 0, `add ${label}`);
  for (const [at, source] of sources.entries()) {
    const said = readable(source);
    // Some words are a verb before others and a noun alone: `Note`, `Order`.
    const alone = said.includes(' ') || ONLY_VERBS.test(said) ? said.replace(VERB, '') : said;
    const rest = alone.replace(/^(an?|the|new|your|my|to the|to)\b\s*/i, '').trim();
    const hasVerb = VERB.test(said);
    const words = rest.split(' ').filter((word) => word !== '');
    if (words.length === 0 || words.length > 3 || NO_NOUN.test(rest) || !/^[\p{L} -]+$/u.test(rest)) continue;
    const isHeading = at >= 1 && at !== 2 && !hasVerb;
    if (isHeading && words.length > 1) continue;
    const noun = singular(rest.toLowerCase());
    // A heading of one thing is what the product is called (`TodoMatic`); one of many says what they are.
    const isProduct = /\p{Ll}\p{Lu}/u.test(rest) || readable(view.snapshot.title).toLowerCase() === noun;
    if (isHeading && noun === rest.toLowerCase() && isProduct) continue;
    return noun;
  }
  if (TO_DO.test(form.fields.map(fieldHint).join(' '))) return 'task';
  if (SAYS.test(form.fields.map(fieldHint).join(' '))) return 'post';
  return /^send\b/i.test(readable(form.button?.name ?? '')) ? 'message' : NO_THING;
}

/** `Add a card`, `Generate a name`; the words of another language stay as they are, in quotation marks. */
export function titleOf(form: Form, noun: string): string {
  const button = readable(form.button?.name ?? '');
  if (isForeign(button)) return `“${shorten(button, 60)}”`;
  const verb = SPEAKS.exec(button)?.[1] ?? 'Add';
  if (noun === NO_THING && verb !== 'Add' && button.split(' ').length <= 3) return sentence(button);
  if (/^sign$/i.test(verb)) return sentence(button.replace(/^sign (?!the)/i, 'Sign the '));
  return `${sentence(verb.toLowerCase())} ${withArticle(noun)}`;
}

/** What the last step says: the thing by its name, where what was written is its name. */
export function doneOf(title: string, subject: string): string {
  if (title.startsWith('“')) return `${title}: “${subject}”`;
  if (MAKES_ANOTHER.test(title)) return title;
  return `${title.replace(/^(\p{L}+) (an?|the) /u, '$1 the ')} “${subject}”`;
}

/** Words that do not begin as an English button does, and hold letters that English has not, or more words than a name. */
const isForeign = (button: string): boolean =>
  button !== '' && !VERB.test(button) && /[^\u0000-\u007f‘’“”–—]/u.test(button) && /\p{L}/u.test(button);
