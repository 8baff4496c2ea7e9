/** What a scan says of one place. */
export interface Finding {
  path: string;
  /** From 1; null where it is the file as a whole. */
  line: number | null;
  /** Which rule, in words with `-`. */
  rule: string;
  /** A sentence that says what is wrong and what to do instead. */
  message: string;
}

/** `server.js:12: It starts other programs; …`. */
export const told = ({ path, line, message }: Finding): string =>
  `${path}${line === null ? '' : `:${line}`}: ${message}`;
