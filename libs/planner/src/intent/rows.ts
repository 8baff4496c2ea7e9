import { findTargets, foldText } from '@showrunner/contracts';
import type { Target } from '@showrunner/contracts';
import { isChrome } from '../chrome';
import { itemsOf } from '../items';
import type { Node, PageView } from '../page-view';
import { readable, shorten, stem, wordsOf } from '../words';

/** One of several like things on a page, as somebody would point at it: by what stands in it, or by its place. */
export interface Row {
  node: Node;
  /** What it is called in titles and captions. */
  title: string;
  /** Everything that stands in it. */
  text: string;
  /** Stems of that. */
  stems: Set<string>;
  /** Heading or name of what it stands in: a column, a section. */
  column: string;
  /** Index of the list that it is an entry of. */
  list: number;
  /** What belongs to it. */
  members: readonly Node[];
}

const ROW_ROLES = ['listitem', 'row', 'article', 'figure', 'treeitem', 'gridcell', 'option', 'entry'];
const LISTS = ['list', 'table', 'grid', 'treegrid', 'rowgroup', 'feed', 'listbox', 'tree'];

/** Rows, cards and entries of a page in document order, those within others included. Header rows and navigation are none. */
export function rowsOf(view: PageView): Row[] {
  const titles = new Map(itemsOf(view, 1).map((item) => [item.node.index, item.title]));
  const found = view
    .ofRole(...ROW_ROLES)
    .filter((node) => !isChrome(view, node))
    .flatMap((node): Row[] => {
      const members = view.descendants(node);
      if (members.some((one) => one.role === 'columnheader')) return [];
      return rowFrom(view, node, members, titles.get(node.index)) ?? [];
    });
  const isDrawn = found.every((row) => row.node.role === 'entry');
  if (found.length > 0) return named(isDrawn ? [...found, ...plainRows(view)] : found);
  const headed = headedRows(view, titles);
  if (headed.length > 0) return named(headed);
  const plain = plainRows(view);
  return named(plain.length > 0 ? plain : wholeRows(view));
}

/** Rows that are buttons as a whole, as lists of libraries have them. */
const wholeRows = (view: PageView): Row[] =>
  itemsOf(view).flatMap(({ node, title }) => rowFrom(view, node, view.descendants(node), title) ?? []);

/** Rows by the list that they are entries of, the longest list first. */
export const listsOf = (rows: readonly Row[]): Row[][] =>
  [...new Set(rows.map(({ list }) => list))]
    .map((list) => rows.filter((row) => row.list === list))
    .sort((a, b) => b.length - a.length);

/** Rows without any role that can be clicked: two or more of one width, one below the other. */
function plainRows(view: PageView): Row[] {
  const titles = new Map(itemsOf(view, 1).map((item) => [item.node.index, item.title]));
  const plain = view.nodes.filter(
    (node) => view.snapshot.elements[node.index]?.role === 'generic' && /\p{L}{2}/u.test(node.name),
  );
  const isLike = (a: Node, b: Node): boolean =>
    a.parent === b.parent && a.box.x === b.box.x && a.box.width === b.box.width && a.box.y !== b.box.y;
  return plain
    .filter((node) => !isChrome(view, node) && plain.some((other) => isLike(node, other)))
    .flatMap((node) => rowFrom(view, node, view.descendants(node), titles.get(node.index)) ?? []);
}

/** Counts at the end of a title change when something is done; without them it still tells the row where no other has the same words. */
function named(rows: Row[]): Row[] {
  return rows.map((row) => {
    // A time of day is no count.
    const isTimed = /\d[:.h]\d{2}(?!\d)/u.test(row.title);
    const steady = isTimed
      ? row.title
      : (/^(.*\p{L}.*?)[\s·|,(:-]+[\d.,]+\s*\p{L}*\)?$/u.exec(row.title)?.[1]?.trim() ?? row.title);
    const isTelling =
      steady.length >= 3 && rows.every((other) => other === row || !other.text.includes(steady));
    return isTelling ? { ...row, title: steady } : row;
  });
}

function rowFrom(
  view: PageView,
  node: Node,
  members: readonly Node[],
  known: string | undefined,
): Row[] | undefined {
  const own = foldText(node.text ?? node.name);
  const text = foldText(
    [own, ...members.filter((one) => !own.includes(foldText(one.name))).map((one) => one.name)].join(' '),
  );
  if (text === '') return undefined;
  return [
    {
      node,
      title: known ?? titleFrom(members, text, node.parts),
      text,
      stems: new Set(wordsOf(text).flatMap((word) => [word, stem(word)])),
      column: columnOf(view, node),
      list: view.ancestors(node).find((one) => LISTS.includes(one.role))?.index ?? node.parent,
      members,
    },
  ];
}

function titleFrom(members: readonly Node[], text: string, parts: readonly string[] = []): string {
  const named = ['heading', 'link', 'rowheader', 'cell', 'gridcell', 'paragraph', 'strong']
    .flatMap((role) => members.filter((one) => one.role === role))
    .map((one) => readable(one.name))
    .find((name) => name.length >= 2 && name.length <= 80);
  const part = parts.map(readable).find((one) => /\p{L}{2}/u.test(one));
  return named ?? part ?? shorten(readable(steadyTexts({ members, text })[0] ?? text), 60);
}

/** Cards without any role still have headings: what stands up to the next heading of their level belongs to them. */
function headedRows(view: PageView, titles: ReadonlyMap<number, string>): Row[] {
  const headings = view.ofRole('heading').filter((one) => (one.level ?? 1) >= 2 && !isChrome(view, one));
  return headings.flatMap((node): Row[] => {
    const level = node.level ?? 2;
    const like = headings.filter((one) => (one.level ?? 2) === level);
    const next = view.nodes.find(
      (one) => one.role === 'heading' && one.index > node.index && (one.level ?? 2) <= level,
    );
    if (like.length < 2) return [];
    const members = view.nodes.filter(
      (one) => one.index > node.index && one.index < (next?.index ?? view.nodes.length),
    );
    const text = foldText([node, ...members].map((one) => one.name).join(' '));
    const title = titles.get(node.index) ?? readable(node.name);
    if (title === '') return [];
    const stems = new Set(wordsOf(text).flatMap((word) => [word, stem(word)]));
    return [{ node, title, text, stems, column: '', list: level - 1000, members }];
  });
}

/** The names around it, nearest first: of sections and lists, and the heading that stands before its list. */
function columnOf(view: PageView, node: Node): string {
  const around = view.ancestors(node);
  const names = around
    .filter((one) => !ROW_ROLES.includes(one.role) || LISTS.includes(one.role))
    .filter((one) => !['form', 'main', 'document', 'table', 'rowgroup'].includes(one.role))
    .map((one) => readable(one.name).slice(0, 80));
  const list = around.find((one) => LISTS.includes(one.role)) ?? node;
  const before = view.ofRole('heading').filter((one) => one.index < list.index);
  const heading = before[before.length - 1];
  return [...names, readable(heading?.name ?? '')].filter((one) => one !== '').join(' · ');
}

/** What stands in a row between its controls, the longest first: what controls are called changes when they are used. */
function steadyTexts(row: Pick<Row, 'members' | 'text'>): string[] {
  const labels = row.members.flatMap((one) =>
    ['button', 'checkbox', 'switch', 'radio', 'combobox', 'textbox', 'spinbutton'].includes(one.role) &&
    foldText(one.name) !== ''
      ? [foldText(one.name)]
      : [],
  );
  const rest = labels.reduce((text, label) => text.split(label).join('\u0000'), row.text);
  return rest
    .split('\u0000')
    .map((text) => foldText(text))
    .filter((text) => text.length >= 3)
    .sort((a, b) => b.length - a.length);
}

/** The target that means this control of this row, told by what the row says rather than by its number where that is possible. */
export function targetInRow(view: PageView, row: Row, node: Node): Target {
  const plain = view.targetOf(node);
  if (plain.nth === undefined) return plain;
  const named: Target = { role: node.role, name: foldText(node.name), exact: true };
  const isInside = view.ancestors(node).some((one) => one.index === row.node.index);
  for (const name of isInside ? [row.title, ...steadyTexts(row), row.text] : []) {
    const within = { role: row.node.role, name: foldText(name).slice(0, 150) };
    const equals = findTargets(view.nodes, { ...named, within });
    if (equals.length === 1 && (equals[0] as Node).index === node.index) return { ...named, within };
  }
  return plain;
}
