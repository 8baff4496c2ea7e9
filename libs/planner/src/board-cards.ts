import { foldText } from '@showrunner/contracts';
import { boardColumns, columnAround, columnName } from './boards';
import type { Node, PageView } from './page-view';
import { readable } from './words';

/** A thing that stands in a column of a board. */
export interface Card {
  title: string;
  /** Everything that it says. */
  text: string;
  /** Its box; undefined where the column's own box is all that there is around it. */
  node: Node | undefined;
  /** Everything that stands in it. */
  members: readonly Node[];
  /** Heading of its column. */
  column: Node;
}

const CARD_ROLES = new Set(['listitem', 'article', 'entry', 'row', 'option', 'figure']);

/** All cards of a board, column by column; empty where there is no board. */
export function cardsOf(view: PageView): Card[] {
  const columns = boardColumns(view);
  const around = new Set(columns.flatMap((column) => [column, ...view.ancestors(column)]).map(indexOf));
  const inner = columns.length === 0 ? [] : view.nodes.filter(({ index }) => !around.has(index));
  return columns.flatMap((column) => {
    const members = inner.filter((node) => columnAround(columns, node) === column);
    const boxes = members.filter((node) => CARD_ROLES.has(node.role) || node.draggable === true);
    const outer = new Map(boxes.map((node) => [node.index, view.ancestors(node).map(indexOf)]));
    const holding = (index: number): number =>
      [...outer.values()].filter((ancestors) => ancestors.includes(index)).length;
    // What holds several is a list of cards.
    const single = new Set(boxes.map(indexOf).filter((index) => holding(index) < 2));
    const outermost = boxes.filter(
      ({ index }) => single.has(index) && !outer.get(index)?.some((one) => single.has(one)),
    );
    const cards = outermost.flatMap((node): Card[] => {
      const own = view.descendants(node);
      const title = titleOf(node, own);
      return title === '' ? [] : [{ title, text: view.textOf(node), node, members: own, column }];
    });
    return cards.length > 0 ? cards : withoutBox(view, column, members);
  });
}

const indexOf = ({ index }: Node): number => index;

/** What it is called: its heading or link, else the first words that stand in it. */
function titleOf(node: Node, own: readonly Node[]): string {
  const named = own.find(
    (one) => ['heading', 'link', 'paragraph', 'strong'].includes(one.role) && /\p{L}{2}/u.test(one.name),
  );
  const part = node.parts?.find((one) => /[\p{L}\p{N}]{2}/u.test(one));
  // What it offers stands in its text, too, and is no part of what it is called.
  const labels = own.flatMap(({ role, name }) => (role === 'button' || role === 'link' ? [name] : []));
  const plain = labels.reduceRight(
    (text, label) => (label !== '' && text.endsWith(label) ? text.slice(0, -label.length).trimEnd() : text),
    foldText(node.name),
  );
  return readable(named?.name ?? part ?? plain);
}

/** A column's only card may be no box of its own: then all that can be used in the column is the card's. */
function withoutBox(view: PageView, column: Node, members: readonly Node[]): Card[] {
  const around = [...view.ancestors(column), column].find((one) => (one.parts?.length ?? 0) > 1);
  if (around === undefined) return byControls(view, column, members);
  const titles = (around.parts ?? [])
    .filter((part) => /\p{L}{2}/u.test(part) && foldText(part) !== foldText(column.name))
    .map(readable);
  return titles.map((title) => ({
    ...{ title, text: title, node: undefined, column },
    members: titles.length === 1 ? members : [],
  }));
}

const OF_CARD = /\b(?:of|for|von|für|de|di|do|da|del|à)\s+(.+)$/iu;

/** Without any box at all a card is what its controls are said to be of: `Column of Pay rent`. */
function byControls(view: PageView, column: Node, members: readonly Node[]): Card[] {
  const owned = members.flatMap((node) => {
    const title = readable(OF_CARD.exec(node.name)?.[1] ?? '').replace(/^["“„«]|["”“»]$/gu, '');
    return title !== '' && view.shows(title) ? [{ node, title }] : [];
  });
  return [...new Set(owned.map(({ title }) => title))].map((title) => ({
    ...{ title, text: title, node: undefined, column },
    members: owned.filter((one) => one.title === title).map(({ node }) => node),
  }));
}

/** Names of the columns in which a card of this title stands, once for each. */
export const columnsOfCard = (view: PageView, title: string): string[] =>
  cardsOf(view)
    .filter((card) => card.title === title)
    .map(({ column }) => columnName(column));
