import type { Asked, CandidateStep, PageSnapshot, Target } from '@showrunner/contracts';
import { click, fill, submit } from '../candidate';
import { isTextField, isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { fieldHint } from '../sample-values';
import { shorten } from '../words';
import { nameOf } from './controls';
import { noteOf } from './note';
import { targetInRow } from './rows';
import type { Row } from './rows';

/** What somebody is written to has opened: the words are written there and sent. */
export const WRITE_TO = 'write-to';

/** What is written, and to whom; in the note of a step, so its names are short. */
export interface Noted {
  t: string;
  /** Title of what has opened. */
  to?: string;
  /** A button was pressed already that opens the place to write. */
  r?: 1;
}

/** Fields for words to somebody say so. */
export const WRITES_IN =
  /\b(?:message|reply|comment|answer|write|type|say|chat|thoughts?|nachricht|antwort\w*|kommentar|schreib\w*|répon\w+|commentaire|écri\w+|mensaje|respuesta|comentario|escrib\w+|messaggio|risposta|commento|scriv\w+|mensagem|resposta|comentário|bericht|reactie)(?!\p{L})|メッセージ|返信|コメント|消息|回复|评论|رسالة|رد|تعليق/iu;
const OTHER_FIELD =
  /\b(?:search|find|filter|suche\w*|recherche\w*|buscar?|cerca|zoek\w*|name|title|titel|titre|título|titolo)(?!\p{L})|検索|搜索|بحث/iu;
const SENDS =
  /^(?:send|reply|post|comment|submit|publish|answer|save|ok|add|senden|absenden|antworten|posten|kommentieren|envoyer|répondre|publier|commenter|enviar|responder|publicar|comentar|invia|rispondi|pubblica|commenta|versturen|verzenden|plaatsen|送信|返信|投稿|发送|回复|发布|إرسال|أرسل|رد|نشر)(?!\p{L})|^[➤➔→⮞✈↑⏎📨📤▶]/iu;
const OPENS_PLACE =
  /^(?:reply|respond|answer|comment|add (?:a )?comment|write (?:a )?(?:comment|reply|message)|leave (?:a )?comment|message|send (?:a )?message|antworten|kommentieren|nachricht|répondre|commenter|responder|comentar|rispondi|commenta|antwoorden|返信|コメント|回复|评论|رد)$/iu;
const HOW_FAR = 8;

const isPlace = (node: Node): boolean =>
  isTextField(node) &&
  isUsable(node) &&
  node.role !== 'searchbox' &&
  node.role !== 'spinbutton' &&
  !['password', 'email', 'number', 'tel', 'url', 'search'].includes(node.inputType ?? '') &&
  (WRITES_IN.test(fieldHint(node)) || !OTHER_FIELD.test(fieldHint(node)));

/** The field of a row in which something is written about it; undefined when it has none, or several. */
export const fieldIn = (row: Row): Node | undefined => {
  const fields = row.members.filter(isPlace);
  return fields.length === 1 ? fields[0] : undefined;
};

/** What sends the words of a field: the first button of such a name after it. */
const sender = (nodes: readonly Node[], field: Node): Node | undefined =>
  nodes.find(
    (node) =>
      node.role === 'button' &&
      isUsable(node) &&
      node.index > field.index &&
      node.index <= field.index + HOW_FAR &&
      (SENDS.test(nameOf(node)) || SENDS.test(node.name.trim()) || SENDS.test(node.hint ?? '')),
  );

interface Place {
  field: Node;
  target: Target;
  send: Target | undefined;
}

function stepsIn({ field, target, send }: Place, text: string, to: string, own: boolean): CandidateStep[] {
  const asks: Asked = { kind: 'written', text, to, own };
  const caption = `Write “${shorten(text, 60)}”`;
  const said = { kind: 'textVisible', text } as const;
  // A button is disabled or missing until there is something to send.
  if (send === undefined) return [{ ...submit(target, text, caption, said), asks }];
  return [
    fill(target, text, caption),
    { ...click(send, field.role === 'textbox' ? 'Send' : 'Send it', said), asks },
  ];
}

/** Writes into the field of a row. */
export function stepsInRow(view: PageView, row: Row, text: string): CandidateStep[] {
  const field = fieldIn(row);
  if (field === undefined) return [];
  const send = sender(row.members, field);
  const place = {
    field,
    target: targetInRow(view, row, field),
    send: send && targetInRow(view, row, send),
  };
  return stepsIn(place, text, row.title, true);
}

/**
 * Writes where a page has its place for that: a field that says so, else the one that has come up, else the last that something sends. Where
 * there is none, what opens it is pressed, once. Empty when there is neither.
 */
export function writingSteps(
  view: PageView,
  before: PageSnapshot | undefined,
  { t, to = '', r }: Noted,
): CandidateStep[] {
  const fields = view.nodes.filter(isPlace);
  const isOld = (node: Node): boolean =>
    before?.elements.some((one) => one.role === node.role && one.name === node.name) === true;
  const fresh = before === undefined ? [] : fields.filter((node) => !isOld(node));
  const saying = fields.filter((node) => WRITES_IN.test(fieldHint(node)));
  const sent = fields.filter((node) => sender(view.nodes, node) !== undefined);
  const field = [saying, fresh, sent].find((some) => some.length > 0)?.at(-1);
  if (field !== undefined) {
    const send = sender(view.nodes, field);
    const place = { field, target: view.targetOf(field), send: send && view.targetOf(send) };
    return stepsIn(place, t, to, false);
  }
  const opens = view.nodes.filter(
    (node) => ['button', 'link'].includes(node.role) && isUsable(node) && OPENS_PLACE.test(nameOf(node)),
  );
  const [opener] = opens;
  if (opener === undefined || opens.length > 1 || r !== undefined) return [];
  const note = noteOf(WRITE_TO, { t, to, r: 1 } satisfies Noted);
  if (note === undefined) return [];
  const target = view.targetOf(opener);
  const opened = click(target, shorten(nameOf(opener), 40), { kind: 'elementHidden', target }, true);
  return [{ ...opened, continues: note }];
}

/** The same, on the page that the last step has led to. */
export const stepsOfWriting = (
  page: PageSnapshot,
  before: PageSnapshot | undefined,
  note: string,
): CandidateStep[] => writingSteps(PageView.of(page), before, JSON.parse(note) as Noted);
