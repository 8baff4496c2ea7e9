/** Languages whose words are known, by ISO 639-1. */
export const LANGUAGES = [
  ...['en', 'de', 'fr', 'es', 'pt', 'it', 'nl', 'sv', 'pl', 'cs', 'ru', 'uk', 'tr'],
  ...['ja', 'zh', 'ko', 'ar', 'he', 'hi'],
] as const;
export type Language =
  | ('en' | 'de' | 'fr' | 'es' | 'pt' | 'it' | 'nl' | 'sv' | 'pl' | 'cs' | 'ru' | 'uk' | 'tr')
  | ('ja' | 'zh' | 'ko' | 'ar' | 'he' | 'hi');

/**
 * Words and phrases of one meaning, per language, separated by `|`. A `*` at the end of a word stands for any ending. Languages that write
 * no spaces, or join endings to their words, are searched for the letters alone.
 */
export type WordList = Partial<Record<Language, string>>;

/** Several lists of words in one. */
export function merged(...lists: readonly WordList[]): WordList {
  const all: WordList = {};
  for (const list of lists)
    for (const [language, words] of Object.entries(list) as [Language, string][])
      all[language] = all[language] === undefined ? words : `${all[language]} | ${words}`;
  return all;
}

export const phrasesOf = (words: string): string[] =>
  words
    .split('|')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
