import type { CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { click, fill } from '../candidate';
import { isTextField, isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { fieldHint } from '../sample-values';
import { readable, shorten } from '../words';
import { nameOf } from './controls';
import { noteOf } from './note';

/** What has opened takes a message: it is written and sent. */
export const COMPOSE = 'compose';

/** What somebody wants written, and to whom; names are short, as it stands in the note of a step. */
export interface Message {
  /** The text. */
  t?: string;
  /** Who gets it. */
  to?: string;
}

/** The note of a step after which a message is written; undefined when it would be too long. */
export const composeNote = (message: Message): string | undefined => noteOf(COMPOSE, message);

const RECIPIENT = /(?:^|\b)(?:to|recipient|e-?mail|an|empfänger|à|para|a)\b/iu;
const SENDS = /^(?:send|submit|reply|post|forward|ok|senden|absenden|antworten|envoyer|enviar|invia)\b/iu;

/** Fills in what has opened and sends it. Empty when it has no place for the message, or nothing that sends it. */
export function composingSteps(page: PageSnapshot, note: string): CandidateStep[] {
  const message = JSON.parse(note) as Message;
  const view = PageView.of(page);
  const fields = view.nodes.filter((node) => isTextField(node) && isUsable(node));
  const lines = fields.filter((node) => node.inputType !== 'textarea');
  const to =
    lines.find((node) => RECIPIENT.test(fieldHint(node))) ?? (lines.length === 1 ? lines[0] : undefined);
  const body = fields.find((node) => node.inputType === 'textarea') ?? fields.find((node) => node !== to);
  const send = view.nodes.find(
    (node) => node.role === 'button' && isUsable(node) && SENDS.test(nameOf(node)) && isAfterAll(view, node),
  );
  const entered = [
    ...(message.to === undefined ? [] : [{ field: to, text: message.to }]),
    ...(message.t === undefined ? [] : [{ field: body, text: message.t }]),
  ];
  if (send === undefined || entered.some(({ field }) => field === undefined)) return [];
  return [
    ...entered.flatMap(({ field, text }) =>
      field === undefined ? [] : [fill(view.targetOf(field), text, `Enter “${shorten(text, 60)}”`)],
    ),
    click(
      view.targetOf(send),
      shorten(readable(send.name) || 'Send', 40),
      { kind: 'elementHidden', target: view.targetOf(send) },
      true,
    ),
  ];
}

/** Its name is that of no other control: what sends is never guessed. */
const isAfterAll = (view: PageView, node: Node): boolean => view.targetOf(node).nth === undefined;
