import { foldText } from '@showrunner/contracts';
import { withoutQuotes } from './quotes';

/** Words that are to be written to somebody, or under something. */
export interface Writing {
  text: string;
  /** Whom or what it goes to, as it is said; '' for what is open. */
  to: string;
}

const MARK = String.raw`[\ue000-\uf8ff]`;
const WRITES = String.raw`(?:send|write|post|say|message|text|dm|reply|respond|answer|comment|leave|add|schreibe|schreib|sende|schicke|antworte|kommentiere|poste|envoie|envoyez|écris|réponds|répondre|commente|publie|envía|enviar|escribe|responde|contesta|comenta|publica|invia|scrivi|rispondi|commenta|pubblica|envie|escreva|comente|publique|stuur|schrijf|antwoord|reageer)`;
/** What is written, where it is said. */
const KIND = String.raw`(?:(?:an?|the|another|eine?n?|une?|un|una|uma|een)\s+)?(?:short\s+|quick\s+|new\s+|neue\s+|kurze\s+)?(?:message|note|text|comment|reply|answer|response|dm|nachricht|kommentar|antwort|commentaire|réponse|mensaje|comentario|respuesta|messaggio|commento|risposta|mensagem|comentário|resposta|bericht|reactie)`;
const NAMES_TEXT = String.raw`(?:\s*:\s*|,?\s+(?:with|saying|that says|by saying|telling (?:them|him|her)|mit|avec|en disant|con|diciendo|dicendo|com|dizendo|met)\s+(?:(?:the|dem|le|el|il|o)\s+(?:text|words?|message|worten|texte|mensaje|testo|texto)\s+)?)`;
const AT = String.raw`(?:to|in|into|on|under|below|at|for|beneath|an|auf|unter|in|à|dans|sous|sur|a|al|en|bajo|para|su|sotto|nel|no|na|aan|onder)`;

const pattern = (source: string): RegExp => new RegExp(`^${source}$`, 'iu');

/** "Send 'x' to Ana", "add a comment 'x' on the post". The words to be written stand in quotation marks. */
const TEXT_FIRST = pattern(
  String.raw`${WRITES}\s+(?:${KIND}\s*)?(?:${NAMES_TEXT})?(?<text>${MARK})\s*${AT}\s+(?<to>.+)`,
);
/** "Send Tom a message saying x", "write a comment on the post: x". */
const KIND_SAID = pattern(
  String.raw`${WRITES}\s+(?:(?<to>(?!(?:an?|the|another)\s).+?)\s+${KIND}|${KIND}\s+${AT}\s+(?<to2>.+?))${NAMES_TEXT}(?<text>.+)`,
);
/** "Reply to the mail from Ana with x", "comment on the second post: x", "answer Bob's mail with x", "message Tom: x". */
const TO_FIRST = pattern(
  String.raw`(?:reply|respond|answer|comment|message|text|dm|write|post|antworte|kommentiere|schreibe?|réponds|répondre|commente|écris|responde|contesta|comenta|escribe|rispondi|commenta|scrivi|comente|escreva|antwoord|reageer)\s+(?:${AT}\s+)?(?<to>.+?)${NAMES_TEXT}(?<text>.+)`,
);
/** "Send Tom 'x'", "comment on the post 'x'". */
const TO_THEN_QUOTE = pattern(
  String.raw`(?:send|text|message|dm|write|tell|reply|respond|answer|comment|sende|schicke|schreibe?|antworte|envoie|réponds|envía|responde|invia|rispondi|envie)\s+(?:${AT}\s+)?(?<to>[^\ue000-\uf8ff]+?)\s+(?<text>${MARK})`,
);
/** "Reply 'x'": to what is open. */
const REPLIES = pattern(
  String.raw`(?:reply|respond|answer|comment|send|post|antworte|réponds|responde|rispondi)\s*(?:${NAMES_TEXT}|\s+)(?<text>${MARK})`,
);
/** What is written of a thing to be made, or into a field by its name, is no message. */
const NO_MESSAGE =
  /^(?:it|them|him|her|(?:the|my|your|a|die|la|le|el|il)\s+(?:list|cart|basket|bag|board|field|box|form|column|wishlist|watchlist|calendar)s?|(?:an?|new)\s.+)$/iu;

/** What a sentence wants written, and where; undefined when it writes nothing to anybody. */
export function writingIn(said: string): Writing | undefined {
  const { bare, restore, quoted } = withoutQuotes(said.trim().replace(/[.!]+$/u, ''));
  for (const one of [TEXT_FIRST, KIND_SAID, TO_FIRST, TO_THEN_QUOTE, REPLIES]) {
    const found = one.exec(bare)?.groups;
    if (found === undefined) continue;
    const mark = new RegExp(MARK, 'u').exec(found.text ?? '')?.[0];
    const text = mark === undefined ? restore(found.text ?? '') : (quoted(mark) ?? '');
    const to = restore(found.to ?? found.to2 ?? '').trim();
    const folded = foldText(text);
    if (folded === '' || folded.length > 120 || NO_MESSAGE.test(to)) continue;
    return { text: folded, to };
  }
  return undefined;
}
