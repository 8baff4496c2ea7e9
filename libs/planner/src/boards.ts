import { foldText } from '@showrunner/contracts';
import type { Node, PageView } from './page-view';
import { readable } from './words';

/** Headings of a board's columns stand about as high, one beside the other. */
const SAME_HEIGHT_PX = 60;
const BESIDE_PX = 20;

/** Without a count or badge, which changes when something is put there. */
export const columnName = (heading: Node): string =>
  readable(heading.name)
    .replace(/\s*[([]?\d+[)\]]?$/, '')
    .trim();

/** The headings of a board's columns from the first to the last, or, without any, its boxes by the first that they say; empty where nothing stands side by side. */
export function boardColumns(view: PageView): Node[] {
  const headed = headedColumns(view);
  return headed.length > 0 ? headed : boxedColumns(view);
}

function headedColumns(view: PageView): Node[] {
  const headings = view.ofRole('heading').filter((node) => columnName(node) !== '');
  for (const level of [2, 3, 4, 1, 5, 6]) {
    const row = headings.filter((node) => node.level === level);
    for (const first of row) {
      const besides = row.filter(
        (node) =>
          node === first ||
          (Math.abs(node.box.y - first.box.y) < SAME_HEIGHT_PX && node.box.x > first.box.x + BESIDE_PX),
      );
      if (besides.length >= 2) return besides;
    }
  }
  return [];
}

/** Boxes of one height at the same place from above, one beside the other, each named by its first words. */
function boxedColumns(view: PageView): Node[] {
  const boxes = view
    .ofRole('entry', 'region', 'group')
    .filter(({ parts, box }) => readable(parts?.[0] ?? '') !== '' && box.height > box.width / 4);
  for (const first of boxes) {
    const besides = boxes.filter(
      (node) =>
        node.parent === first.parent &&
        Math.abs(node.box.y - first.box.y) < SAME_HEIGHT_PX &&
        (node === first || node.box.x > first.box.x + BESIDE_PX),
    );
    if (besides.length >= 2) return besides.map((node) => ({ ...node, name: node.parts?.[0] ?? '' }));
  }
  return [];
}

const AROUND_NAME =
  /^(?:the|die|den|das|der|la|le|el|il|o|a|column|list|lane|section|spalte|liste|colonne|columna|colonna|coluna)\s+|\s+(?:column|list|lane|section|spalte|liste)$/iu;

/** The column that is called so. */
export const columnCalled = (view: PageView, name: string): Node | undefined => {
  let wanted = foldText(name)
    .toLowerCase()
    .replace(/["“”„«»]/gu, '')
    .trim();
  for (let left = ''; left !== wanted;) [left, wanted] = [wanted, wanted.replace(AROUND_NAME, '').trim()];
  return boardColumns(view).find((node) => columnName(node).toLowerCase() === wanted);
};

/** Names of the columns in which a thing of this title stands: by where its innermost elements are, or else by the page's text. */
export function columnsOfThing(view: PageView, title: string): string[] {
  const columns = boardColumns(view);
  const name = foldText(title);
  const named = view.nodes.filter((node) => foldText(node.name).includes(name) && node.options === undefined);
  const inner = named.filter(
    (node) => !named.some((other) => view.ancestors(other).some(({ index }) => index === node.index)),
  );
  const found = inner.flatMap((node) => {
    // The box of a column has the words of all that is in it, its heading's, too.
    const own = columns.filter(
      (heading) =>
        heading.index === node.index || view.descendants(node).some(({ index }) => index === heading.index),
    );
    return own.length > 0 ? (own.length === 1 ? own : []) : (columnAround(columns, node) ?? []);
  });
  return found.length > 0
    ? [...new Set(found.map(columnName))]
    : columnsByText(foldText(view.snapshot.text), columns, name);
}

/** The last heading before a node in the document that is also above it, and not right of it. */
export function columnAround(columns: readonly Node[], node: Node): Node | undefined {
  const before = columns.filter((heading) => heading.index < node.index);
  const last = before[before.length - 1];
  const isBelow = last !== undefined && last.box.y <= node.box.y + node.box.height;
  const isBeside = last !== undefined && last.box.x <= node.box.x + node.box.width;
  return isBelow && isBeside ? last : undefined;
}

function columnsByText(text: string, columns: readonly Node[], title: string): string[] {
  // A board's headings come in their order, and its cards between them: the last run of them in the text is the board.
  const starts: number[] = [];
  let end = text.length;
  for (const column of [...columns].reverse()) {
    const at = text.lastIndexOf(foldText(column.name), end);
    if (at < 0) return [];
    starts.unshift(at);
    end = at - 1;
  }
  return columns.flatMap((column, n) => {
    const part = text.slice(starts[n], starts[n + 1] ?? text.length).slice(foldText(column.name).length);
    return part.includes(title) ? [columnName(column)] : [];
  });
}
