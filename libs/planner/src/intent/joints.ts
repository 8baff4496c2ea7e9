import { isVerb } from './starts';

/** Words of order that may stand behind a verb: "und lösche dann …". */
const ORDER =
  /(?<!\p{L})(\p{L}{3,})\s+(?:then|dann|danach|anschließend|puis|ensuite|luego|después|poi|depois|daarna)\s+(?=\S)/giu;
/** Pronouns of Romance languages, hung onto the verb. */
const HUNG = /(?<!\p{L})(\p{L}{4,})-(la|le|les|lo|los|las|a|o|as|os)(?!\p{L})/giu;
const JOINED = /(?<!\p{L})(\p{L}{4,}?)(l[aoei]s?)(?!\p{L})/giu;
/** The same in Arabic. */
const ARABIC = /(?<!\p{L})([\p{Script=Arabic}\p{M}]{3,}?)(ها|ه|هم)(?!\p{L})/gu;

/** The verb and its pronoun as two words: `márcala` is `marca la`. */
export const withoutHungPronouns = (text: string): string =>
  text
    .replace(HUNG, (whole, verb: string, pronoun: string) => (isVerb(verb) ? `${verb} ${pronoun}` : whole))
    .replace(JOINED, (word, verb: string, pronoun: string) =>
      isVerb(verb) && !isVerb(word) ? `${verb} ${pronoun}` : word,
    )
    .replace(ARABIC, (word, verb: string) => (isVerb(verb) && !isVerb(word) ? `${verb} it` : word))
    .replace(/(?<!\p{L})(?:عليها|عليه|إليها)(?!\p{L})/gu, 'it');

/** Separable verbs of German whose particle says what they mean; the others mean the same without it. */
const SEPARABLE: [RegExp, string][] = [
  [/^(?:hefte|pinne)\s+(.+?)\s+an$/iu, 'anheften'],
  [/^(?:schalte|stelle)\s+(.+?)\s+stumm$/iu, 'stummschalten'],
  [/^(?:schalte|stelle|mache?)\s+(.+?)\s+(?:ein|an)$/iu, 'einschalten'],
  [/^(?:schalte|stelle|mache?)\s+(.+?)\s+(?:aus|ab)$/iu, 'ausschalten'],
  [/^mache?\s+(.+?)\s+rückgängig$/iu, 'rückgängig'],
  [/^benenne\s+(.+?)\s+um$/iu, 'umbenennen'],
  [/^wähle\s+(.+?)\s+aus$/iu, 'auswählen'],
];

/** `hefte die Notiz an` as `anheften die Notiz`. */
export function withWholeVerb(text: string): string {
  for (const [pattern, verb] of SEPARABLE) {
    const object = pattern.exec(text.trim().replace(/[.!]+$/u, ''))?.[1];
    if (object !== undefined) return `${verb} ${object}`;
  }
  // "Neuen Kontakt anlegen".
  const last = /^(.+)\s(\p{Ll}{4,}en)$/u.exec(text.trim().replace(/[.!]+$/u, ''));
  const first = /^\p{L}+/u.exec(text.trim())?.[0] ?? '';
  if (last !== null && isVerb(last[2] ?? '') && !isVerb(first)) return `${last[2] ?? ''} ${last[1] ?? ''}`;
  return text;
}

/** Brings what orders parts between them: a word of order behind the verb, an "and" that is one word with it, a comma after a connecting form. */
export const withJoints = (text: string): string =>
  withoutHungPronouns(text)
    .replace(ORDER, (whole, verb: string) => (isVerb(verb) ? `; ${verb} ` : whole))
    .replace(/\s+(?:ثم|وبعد ذلك|بعد ذلك)\s+/gu, '; ')
    .replace(/[،,]?\s+و(?=\p{Script=Arabic})([\p{Script=Arabic}\p{M}]+)/gu, (whole, word: string) =>
      isVerb(word) ? `; ${word}` : whole,
    )
    .replace(
      /((?:追加|作成|検索|削除|選択|編集|入力|クリック|移動|完了)して|開いて|押して)(?=[\p{L}\ue000-\uf8ff])/gu,
      '$1; ',
    )
    .replace(
      /(?<=[てでし])[、,]\s*(?:その後[、,]?\s*|次に[、,]?\s*)?|[，,、]?(?:然后|然後|再|并且|並且|并)(?=\p{L})/gu,
      '; ',
    );
