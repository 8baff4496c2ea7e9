/** Page text that looks like a token of the model's own is text. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

let count: ((text: string, options: typeof AS_TEXT) => number) | undefined;

/** Loads the tokenizer, once: 70 MB that only who asks a model needs. Before `tokensIn` is called. */
export async function loadTokenizer(): Promise<void> {
  count ??= (await import('gpt-tokenizer/encoding/o200k_base')).countTokens;
}

/** Tokens of a text as OpenAI's models since 2024 count them (o200k). Others differ by some tenths. Needs `loadTokenizer`. */
export function tokensIn(text: string): number {
  if (count === undefined) throw new TypeError('The tokenizer is not loaded.');
  return count(text, AS_TEXT);
}

/** Room for what another tokenizer makes of the same text, and for what a server adds around messages. */
const OTHER_TOKENIZERS = 1.5;
const AROUND = 200;
/** What a picture of the window's size costs at most where it is sent: 1280x720 at a full look. */
const PICTURE = 2000;

/** Never less than what a server will count. */
export const mostTokensIn = (texts: readonly string[], pictures: number): number =>
  Math.ceil(texts.reduce((sum, text) => sum + tokensIn(text), 0) * OTHER_TOKENIZERS) +
  AROUND +
  pictures * PICTURE;
