import { foldText } from '@showrunner/contracts';

export interface Credentials {
  username: string;
  password: string;
}

const TOKEN = String.raw`["'\x60“”‘’*]*([^\s"'\x60“”‘’*,;|<>()]{2,64})["'\x60“”‘’*]*`;
const SEPARATOR = String.raw`\s*(?:is\s+|are\s+|[:=|]\s*|→\s*)?\s*`;
const USER = String.raw`(?:user ?name|user ?id|user|e-?mail(?: address)?|login(?: name)?|account)`;
const PASS = String.raw`(?:pass ?word|pass ?phrase|passwd|pw)`;
const PAIRS: RegExp[] = [
  new RegExp(
    `${USER}${SEPARATOR}${TOKEN}[\\s,;|/•·-]*(?:and\\s+|with\\s+)?(?:the\\s+)?${PASS}${SEPARATOR}${TOKEN}`,
    'i',
  ),
  new RegExp(
    `(?:demo|test|sample|default|seed(?:ed)?)?\\s*(?:credentials|log ?in|sign ?in|account)s?\\s*(?:with|as|using|:)?\\s*${TOKEN}\\s*(?:/|\\||:|,| and )\\s*${TOKEN}`,
    'i',
  ),
  new RegExp(
    `\\b(?:as|with|user|using)\\s+${TOKEN}\\s*(?:,|and|with|/|using|\\()*\\s*(?:the\\s+)?${PASS}${SEPARATOR}${TOKEN}`,
    'i',
  ),
  new RegExp(`\\b(demo|admin|test|guest|user|alice|bob)\\b["'\x60]?\\s*/\\s*${TOKEN}`, 'i'),
];
const NOT_A_VALUE =
  /^(your|the|my|a|an|and|or|to|is|are|for|with|in|on|up|here|below|enter|forgot|forgot\?|password|username|email|user|required|must|remember|log|sign|register|login|\.+|•+|\*+|<.*>|\{(?!\{).*\}|\$.*)$/i;

/** Credentials that a text names: `demo / demo123`, `Username: x Password: y`, `as alice with password x`. */
export function credentialsIn(text: string): Credentials | undefined {
  const folded = foldText(text);
  for (const pattern of PAIRS) {
    const match = pattern.exec(folded);
    const username = trimmed(match?.[1]);
    const password = trimmed(match?.[2]);
    if (username && password && !NOT_A_VALUE.test(username) && !NOT_A_VALUE.test(password))
      return { username, password };
  }
  return undefined;
}

// A full stop or bracket at the end belongs to the sentence.
const trimmed = (value: string | undefined): string | undefined => value?.replace(/[.,;:?)\]]+$/, '');
