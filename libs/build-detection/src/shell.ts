/** `a b` as one word of a shell; plain words stay as they are. */
export const quote = (word: string): string =>
  /^[A-Za-z0-9_./:@=+,-]+$/.test(word) && !word.startsWith('-') ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** A file or folder of the source as an argument: never an option, whatever it is called. */
export const quotePath = (path: string): string => quote(path.startsWith('-') ? `./${path}` : path);

/** Goes on when a proposed step cannot be done: it helps many apps and stops none. `words` are ours, without quotes. */
export const tolerant = (command: string, words: string): string => `${command} || echo '${words}'`;
