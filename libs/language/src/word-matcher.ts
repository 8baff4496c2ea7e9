import { phrasesOf } from './word-list';
import type { Language, WordList } from './word-list';

/** Written without spaces between words, or with endings that join the word. */
const UNBROKEN: ReadonlySet<string> = new Set(['ja', 'zh', 'ko']);
const UNBROKEN_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
/** Articles and conjunctions that Arabic and Hebrew write in front of a word, without a space. */
const JOINED_PREFIX = /^(?:وال|بال|لل|ال|و|ב|ה|ו|ל|ש)(?=.{2})/u;

const LONGEST_LABEL = 200;
const MOST_KNOWN = 2000;

/** One word of a phrase; `open` when any ending may follow. */
interface Token {
  text: string;
  open: boolean;
}
interface Phrase {
  said: string;
  tokens: Token[];
}

/** In one case and one spelling: compatibility forms folded, Turkish dotless and dotted i alike. */
const fold = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll('ı', 'i').replaceAll('\u0307', '');
const wordsIn = (folded: string): string[] => folded.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

/** Finds any of many words as whole words, in any case and language. Made once a list, asked often. */
export class WordMatcher {
  /** Phrases by the first letter of their first word. */
  private readonly spaced = new Map<string, Phrase[]>();
  private readonly unbroken: string[] = [];
  /** Answers for labels: rules ask about the same ones again and again. */
  private readonly known = new Map<string, string | undefined>();

  /** `anchored`: finds them only at the beginning of a label, after its icons. */
  constructor(
    list: WordList,
    private readonly options: { anchored?: boolean } = {},
  ) {
    for (const [language, words] of Object.entries(list) as [Language, string][])
      for (const said of phrasesOf(words)) {
        const folded = fold(said);
        if (UNBROKEN.has(language) && UNBROKEN_SCRIPT.test(folded)) this.unbroken.push(folded);
        else this.add({ said, tokens: tokensOf(folded) });
      }
  }

  test(text: string): boolean {
    return this.find(text) !== undefined;
  }

  /** The word or phrase of the list that the text holds; the first in the text. */
  find(text: string): string | undefined {
    if (text.length > LONGEST_LABEL) return this.search(text);
    if (!this.known.has(text)) {
      if (this.known.size >= MOST_KNOWN) this.known.clear();
      this.known.set(text, this.search(text));
    }
    return this.known.get(text);
  }

  private search(text: string): string | undefined {
    const folded = fold(text);
    if (this.unbroken.length > 0 && UNBROKEN_SCRIPT.test(folded)) {
      const bare = this.options.anchored === true ? folded.replace(/^[^\p{L}\p{N}]+/u, '') : folded;
      const found = this.unbroken.find((one) =>
        this.options.anchored === true ? bare.startsWith(one) : bare.includes(one),
      );
      if (found !== undefined) return found;
    }
    const words = wordsIn(folded);
    const last = this.options.anchored === true ? Math.min(1, words.length) : words.length;
    for (let at = 0; at < last; at += 1) {
      const found = this.at(words, at, words[at] ?? '');
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private at(words: readonly string[], at: number, word: string): string | undefined {
    for (const first of [word, word.replace(JOINED_PREFIX, '')]) {
      const found = this.spaced
        .get(first.charAt(0))
        ?.find(({ tokens }) =>
          tokens.every((token, offset) => matches(token, offset === 0 ? first : words[at + offset])),
        );
      if (found !== undefined) return found.said;
      if (first.length === word.length && !JOINED_PREFIX.test(word)) break;
    }
    return undefined;
  }

  private add(phrase: Phrase): void {
    const key = phrase.tokens[0]?.text.charAt(0) ?? '';
    this.spaced.set(key, [...(this.spaced.get(key) ?? []), phrase]);
  }
}

const tokensOf = (folded: string): Token[] =>
  (folded.match(/[\p{L}\p{N}\p{M}]+\*?/gu) ?? []).map((word) => ({
    text: word.replace('*', ''),
    open: word.endsWith('*'),
  }));

const matches = ({ text, open }: Token, word: string | undefined): boolean =>
  word !== undefined && (open ? word.startsWith(text) : word === text);
