import { foldText } from '@showrunner/contracts';

/** Lower-case words of a text, punctuation dropped. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** A rough English stem, enough to let `cards`, `adding` and `filtered` meet `card`, `add` and `filter`. */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  let base = word.replace(/ies$/, 'y');
  if (base === word) base = word.replace(/(?<=ss|sh|ch|x|z)es$/, '').replace(/(?<![su])s$/, '');
  const cut = base.replace(/(?<=..)(?:ing|ed)$/, '');
  if (cut === base) return base.replace(/(?<=...)e$/, '');
  return cut.replace(/([bdgmnprt])\1$/, '$1').replace(/(?<=...)e$/, '');
}

export const stemsOf = (text: string): string[] => wordsOf(text).map(stem);

/** `Plan the launch` from ` plan  the launch `; nothing else is changed. */
export const sentence = (text: string): string => {
  const folded = foldText(text);
  return folded.charAt(0).toUpperCase() + folded.slice(1);
};

/** Shortens a text for a caption at a word's end. */
export function shorten(text: string, length: number): string {
  const folded = foldText(text);
  if (folded.length <= length) return folded;
  const cut = folded.slice(0, length);
  const at = cut.lastIndexOf(' ');
  return `${cut.slice(0, at > length / 2 ? at : length)}…`;
}

/** `a card`, `an entry`; plural and uncountable nouns stay bare. */
export function withArticle(noun: string): string {
  if (/^(an?|the|my|your|new) /i.test(noun) || /(?<!s)s$/i.test(noun)) return noun;
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

export function singular(noun: string): string {
  if (/ies$/i.test(noun)) return noun.replace(/ies$/i, 'y');
  if (/(?:ss|sh|ch|x)es$/i.test(noun)) return noun.replace(/es$/i, '');
  return /(?<![su])s$/i.test(noun) ? noun.slice(0, -1) : noun;
}

/** Slug for ids: lower case, words joined by hyphens, at most 48 characters, never empty. */
export function slug(text: string): string {
  const joined =
    text
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join('-') ?? '';
  return joined.slice(0, 48).replace(/-+$/, '') || 'feature';
}

/** Icons and arrows that decorate names are no words to read aloud. */
export const readable = (name: string): string =>
  foldText(
    name
      .replace(/\ufe0f/g, '')
      .replace(/[\p{Extended_Pictographic}\p{So}\u2190-\u21ff\u2700-\u27bf✕×›»«‹…]/gu, ' ')
      .replace(/\.{3}$/, ''),
  );

/** Signs that stand for a word on buttons. */
const SIGNS: readonly [RegExp, string][] = [
  [/^[▶►⏵▷]$/u, 'Play'],
  [/^(?:⏸|❚❚|\|\|)$/u, 'Pause'],
  [/^[⏹■◼]$/u, 'Stop'],
  [/^(?:[❯›→»⏭⮕➡]|>{1,2}|&gt;)$/u, 'Next'],
  [/^(?:[❮‹←«⏮⬅]|<{1,2}|&lt;)$/u, 'Previous'],
  [/^[☰≡]$/u, 'Menu'],
  [/^(?:[✕✖×❌⨯]|x)$/iu, 'Close'],
  [/^[♥❤♡🤍🖤💛💚💙💜]$/u, 'Like'],
  [/^[★☆⭐]$/u, 'Star'],
  [/^[🌙🌛🌜🌚☾]$/u, 'Dark mode'],
  [/^[☀🌞]$/u, 'Light mode'],
  [/^[🔍🔎]$/u, 'Search'],
  [/^[🔀]$/u, 'Shuffle'],
  [/^[🔄↻⟳]$/u, 'Refresh'],
];

/** A name as a person reads it: its words, or what its sign stands for; '' for neither. */
export function spoken(name: string): string {
  const words = readable(name);
  if (words.length > 1 && !/^&?[lg]t;?$/.test(words)) return words;
  const sign = foldText(name).replace(/\ufe0f/g, '');
  return SIGNS.find(([pattern]) => pattern.test(sign))?.[1] ?? words;
}

const BOX_VERB =
  /^(add|include|show|hide|use|enable|compare|round|smooth|group|stack|apply|split|allow|send|keep|turn|switch|activate|receive|notify|remember|start|play|sync|save)\b/i;

/** What ticking a box is called: its own words where they say what to do, `Turn on email notifications` else. */
export const turningOn = (name: string): string =>
  BOX_VERB.test(name) ? shorten(sentence(name), 60) : `Turn on ${shorten(name, 60)}`;

const BARE =
  /^(?:open|show|more|toggle|expand|collapse|see|view|details?|up|down|next|previous|add|less|click here|button|link|icon|(?:double[ -]?)?(?:left|right)|menu[ -]?(?:un)?fold)?$/i;

/** Whether a name is the verb of a control and no more, as that of an arrow is: it does not say of what. */
export const isBareVerb = (name: string): boolean => BARE.test(readable(name));
