import { foldText } from '@showrunner/contracts';
import { nameOf } from './intent/controls';
import { rowsOf } from './intent/rows';
import type { Row } from './intent/rows';
import { isUsable } from './page-view';
import type { Node, PageView } from './page-view';

/** A number between a control that lowers it and one that raises it. */
export interface Stepper {
  /** The row that it stands in; undefined for one that the whole page has alone. */
  row: Row | undefined;
  amount: number;
  plus: Node;
  minus: Node;
  /** What both controls say that it is of: `volume`. */
  noun?: string;
}

const PLUS =
  /^(?:[+＋➕]$|\p{L}+(?: \p{L}+)? (?:up|plus|\+)$|(?:plus|increase|increment|add one|more|erhöhen|augmenter|aumentar|aumenta)\b)/iu;
const MINUS =
  /^(?:[−–‒➖-]$|\p{L}+(?: \p{L}+)? (?:down|minus|[−-])$|(?:minus|decrease|decrement|reduce|remove one|less|fewer|verringern|diminuer|disminuir|diminuir|reducir)\b)/iu;
const BETWEEN = /(?:^|\s)[−–‒➖-]\s*(\d{1,4})(?:\s+\p{L}{3,20})?\s*[+＋➕](?=\s|$)/u;

/** All steppers of a page whose number can be read. */
export function steppersOf(view: PageView): Stepper[] {
  const inRows = rowsOf(view).flatMap((row) => stepperAmong(row.members, row.text, row) ?? []);
  // Of one within another only the inner.
  const own = inRows.filter(
    ({ plus, row }, at) =>
      !inRows.some(
        (other, place) =>
          place !== at &&
          other.plus.index === plus.index &&
          (other.row?.members.length ?? 0) < (row?.members.length ?? 0),
      ),
  );
  if (own.length > 0) return own;
  const alone = stepperAmong(view.nodes, view.snapshot.text.replace(/\s+/g, ' '), undefined);
  return alone === undefined ? [] : [alone];
}

function stepperAmong(nodes: readonly Node[], text: string, row: Row | undefined): Stepper | undefined {
  const usable = nodes.filter((node) => isUsable(node) && !/\d/.test(node.name));
  const [plus, ...morePlus] = usable.filter((node) => PLUS.test(nameOf(node)) || PLUS.test(node.name));
  const [minus, ...moreMinus] = usable.filter((node) => MINUS.test(nameOf(node)) || MINUS.test(node.name));
  if (plus === undefined || minus === undefined || morePlus.length + moreMinus.length > 0) return undefined;
  const amount =
    BETWEEN.exec(text)?.[1] ??
    betweenNames(text, minus.name, plus.name) ??
    besideNoun(text, nounOf(nameOf(minus)), nounOf(nameOf(plus)));
  const noun = nounOf(nameOf(plus));
  const isSaid = noun === nounOf(nameOf(minus)) && /^\p{L}{3}/u.test(noun);
  return amount === undefined
    ? undefined
    : { row, amount: Number(amount), plus, minus, ...(isSaid && { noun }) };
}

/** Where the controls are called by words, these stand in the row's text in their place. */
function betweenNames(text: string, minus: string, plus: string): string | undefined {
  const from = text.indexOf(minus);
  const until = text.indexOf(plus, from + minus.length);
  return from < 0 || until < 0
    ? undefined
    : /^\s*(\d{1,4})\s*$/.exec(text.slice(from + minus.length, until))?.[1];
}

/** `volume` of "Volume up" and "Increase volume". */
const nounOf = (name: string): string =>
  foldText(name)
    .toLowerCase()
    .replace(
      /^(?:increase|decrease|raise|lower|reduce|more|less)\s+(?:the\s+)?|\s+(?:up|down|plus|minus)$/giu,
      '',
    );

/** Where their pictures stand in the place of their names, the number stands beside what they both are of. */
function besideNoun(text: string, noun: string, other: string): string | undefined {
  if (noun !== other || noun.length < 3 || !/^[\p{L} ]+$/u.test(noun)) return undefined;
  const found = [
    ...text.matchAll(
      new RegExp(
        String.raw`(?<!\p{L})${noun}\W{0,3}(\d{1,4})(?!\d)|(?<!\d)(\d{1,4})\s+${noun}(?!\p{L})`,
        'giu',
      ),
    ),
  ];
  return found.length === 1 ? (found[0]?.[1] ?? found[0]?.[2]) : undefined;
}
