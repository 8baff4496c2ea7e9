import { verbAt } from './lexicon';
import { plainWords } from './starts';

/** What fields are called that people fill in pairs. */
const FIELD_NOUN =
  'user ?name|user|login|e-?mail(?: address)?|password|passphrase|pin|first name|last name|name|phone(?: number)?|city|street|zip(?: code)?|title|subject|message|quantity|amount|price|date|time|age|benutzername|passwort|vorname|nachname|contraseña|usuario|correo|mot de passe|identifiant';
const MARK = String.raw`[\ue000-\uf8ff]`;
const MARKED = new RegExp(
  String.raw`^(?:(?:the|a|an|my|das|den|die|le|la|el)\s+)?[\p{L}][\p{L} -]{1,30}?\s+${MARK}`,
  'u',
);
const NAMED = new RegExp(
  String.raw`^(?:(?:the|a|an|my|das|den|die|le|la|el)\s+)?(?:${FIELD_NOUN})\s+(?:(?:is|as|=)\s+)?\S+(?:\s+(?:in|into)\s.*)?$`,
  'iu',
);

/** "The timer to 20". */
const SET_TO =
  /^(?:the|my|das|den|die|le|la|el|il|o|a)\s+[\p{L}][\p{L} ]{1,30}?\s+(?:to|auf|à|en|a|al|para)\s+\S+/iu;

/** "Enter the user name x and the password y": the second is entered, too. Undefined when what follows is no value of another field. */
export function entersMore(current: string, next: string): string | undefined {
  const words = plainWords(current);
  const verb = verbAt(words, 0);
  if (/^(?:that\s+)?(?:ends?|ending|starts?|begins?|contains?)\b/iu.test(next.trim())) return undefined;
  if ((verb?.act !== 'set' && verb?.act !== 'edit') || verbAt(plainWords(next), 0) !== undefined)
    return undefined;
  const isPair = (text: string): boolean => MARKED.test(text) || NAMED.test(text) || SET_TO.test(text);
  const own = current.slice(current.indexOf(words[0] ?? '') + (words[0] ?? '').length).trim();
  // "Change the name to x and the town to y": what is changed to is a name, which may hold any words but these.
  if (verb.act === 'edit')
    return SET_TO.test(own) && SET_TO.test(next) ? `${words[0] ?? ''} ${next}` : undefined;
  // "Line spacing to wide and the speed to fast": the first may be without an article.
  if (SET_TO.test(next) && /^[\p{L}][\p{L} ]{1,30}?\s+(?:to|auf|à|en|a|al|para)\s+\S+$/iu.test(own))
    return `${words[0] ?? ''} ${next}`;
  return isPair(own) && isPair(next) ? `${words[0] ?? ''} ${next}` : undefined;
}

/** The field's name and the value of `the password "x"`, also where it is said into what it goes; undefined for anything else. */
export function pairIn(rest: string): { object: string; value: string } | undefined {
  const marked = new RegExp(
    String.raw`^(?:(?:the|a|an|my|das|den|die|le|la|el)\s+)?([\p{L}][\p{L} -]{1,30}?)\s+(${MARK})(?:\s+(in|into)\s+(.+))?$`,
    'u',
  ).exec(rest);
  const named = new RegExp(
    String.raw`^(?:(?:the|a|an|my|das|den|die|le|la|el)\s+)?(${FIELD_NOUN})\s+(?:(?:is|as|=)\s+)?(\S+)(?:\s+(in|into)\s+(.+))?$`,
    'iu',
  ).exec(rest);
  const [, name = '', value = '', , into = ''] = marked ?? named ?? [];
  if (value === '') return undefined;
  if (/^(?:both|all|each|every)\b/iu.test(into)) return { object: into, value };
  // "The text x into the name field": the first noun is none of a field.
  if (into !== '' && /^(?:text|value|word|words|string|following|phrase|number)$/iu.test(name.trim()))
    return { object: into, value };
  return { object: name, value };
}
