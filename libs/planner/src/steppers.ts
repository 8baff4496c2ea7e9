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
}

const PLUS = /^(?:[+＋➕]$|(?:plus|increase|increment|add one|more|erhöhen|augmenter|aumentar|aumenta)\b)/iu;
const MINUS =
  /^(?:[−–‒➖-]$|(?:minus|decrease|decrement|reduce|remove one|less|fewer|verringern|diminuer|disminuir|diminuir|reducir)\b)/iu;
const BETWEEN = /(?:^|\s)[−–‒➖-]\s*(\d{1,4})\s*[+＋➕](?=\s|$)/u;

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
  const amount = BETWEEN.exec(text)?.[1] ?? betweenNames(text, minus.name, plus.name);
  return amount === undefined ? undefined : { row, amount: Number(amount), plus, minus };
}

/** Where the controls are called by words, these stand in the row's text in their place. */
function betweenNames(text: string, minus: string, plus: string): string | undefined {
  const from = text.indexOf(minus);
  const until = text.indexOf(plus, from + minus.length);
  return from < 0 || until < 0
    ? undefined
    : /^\s*(\d{1,4})\s*$/.exec(text.slice(from + minus.length, until))?.[1];
}
