import { verbAt } from './lexicon';
import { isItemVerb } from './meanings';

/** What begins a part that must not be shown. */
export const NEGATION =
  /^(?:but\s+|and\s+|please\s+|aber\s+|bitte\s+|mais\s+|pero\s+)*(?:do\s*n[o'’]?t|dont|never|without|not|no|except(?:\s+for)?|skip(?!\s+(?:to|ahead|forward|back|a(?:nd)?|\d+)\s)|leave\s+out|avoid|nicht|ohne|kein\w*|niemals|sans|ne|sin|nunca|senza|non|sem|não|zonder|niet)(?=[\s\ue000-\uf8ff]|$)\s*/iu;
/** Words before a part that are none of it. */
export const LEAD =
  /^(?:(?:and|und|et|y|e|en|also|please|bitte|first(?:ly)?|second(?:ly)?|third(?:ly)?|next|now|zuerst|erst|als\s+erstes|d['’]abord|primero|prima|primeiro|eerst|s'il\s+(?:te|vous)\s+pla[iî]t|por\s+favor|per\s+favore|i\s+(?:want|would\s+like|['’]d\s+like)\s+(?:you\s+)?to|(?:can|could|would)\s+you|let\s+(?:us|me)|let['’]s|we|you|they|i|users?|someone)(?:,|:)?\s+)+(?=\S)/iu;

/** Elsewhere `label` and `tag` are nouns. */
const LABELS_IT = /^(?:label|tag)\s+(?:it|them)\s/iu;

export const plainWords = (text: string): string[] => text.match(/[\p{L}\p{M}\p{N}'’-]+/gu) ?? [];

/** Whether a word by itself says something to do. */
export const isVerb = (word: string): boolean => verbAt([word], 0) !== undefined || isItemVerb(word);

/** Whether a text begins with something to do. */
export const startsWithVerb = (text: string): boolean => {
  const words = plainWords(text.replace(LEAD, ''));
  const first = words[0]?.toLowerCase() ?? '';
  return verbAt(words, 0) !== undefined || isItemVerb(first) || NEGATION.test(text) || LABELS_IT.test(text);
};
