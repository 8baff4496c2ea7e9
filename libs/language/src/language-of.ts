import { LANGUAGES } from './word-list';
import type { Language } from './word-list';

/** Scripts that belong to one language, or mostly to one, in the order in which they decide. */
const SCRIPTS: [RegExp, Language][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Devanagari}/u, 'hi'],
  [/[іїєґ]/iu, 'uk'],
  [/\p{Script=Cyrillic}/u, 'ru'],
];
/** Small words that no page of the language does without. */
const SMALL_WORDS: [Language, string][] = [
  ['en', 'the and of to is your you for with this'],
  ['de', 'der die das und ist nicht mit für ein eine auf zum zur neue neuer neues'],
  ['fr', 'le la les des et est pour avec une vous votre du nouvelle nouveau ajouter'],
  ['es', 'el los las y es para con una su del por nueva nuevo añadir agregar'],
  ['pt', 'o os as e é para com uma seu não do da nova novo adicionar'],
  ['it', 'il gli e è per con una del della non nuovo nuova aggiungi'],
  ['nl', 'de het en een van voor met niet uw je nieuwe toevoegen'],
  ['sv', 'och att det är en ett för med inte på ny nytt lägg'],
  ['pl', 'i w na z do nie jest się twoje nowy nowa nowe dodaj'],
  ['cs', 'a v na se je do pro není nový nová nové přidat'],
  ['tr', 've bir bu için ile değil yeni ekle'],
];
const LEAST_WORDS = 2;

/**
 * The language of a text: by its script, else by the language that the document names (which many leave at English), else by its small words.
 * English when nothing speaks for another.
 */
export function languageOf(text: string, declared = ''): Language {
  const letters = [...text.slice(0, 4000)].filter((char) => /\p{L}/u.test(char));
  const foreign = letters.filter((char) => !/\p{Script=Latin}/u.test(char));
  if (foreign.length * 3 > letters.length) {
    const sample = foreign.join('');
    const found = SCRIPTS.find(([script]) => script.test(sample));
    if (found) return found[1];
  }
  const named = declared.slice(0, 2).toLowerCase();
  const known = LANGUAGES.find((one) => one === named);
  if (known !== undefined && known !== 'en') return known;
  const words =
    text
      .slice(0, 4000)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const votes = SMALL_WORDS.map(([language, small]) => {
    // Single letters are names of keys and columns as well.
    const wanted = new Set(small.split(' ').filter((word) => word.length > 1));
    return { language, count: words.filter((word) => wanted.has(word)).length };
  });
  const [best] = [...votes].sort((a, b) => b.count - a.count);
  return best !== undefined && best.count >= LEAST_WORDS ? best.language : 'en';
}
