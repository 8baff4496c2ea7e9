import type { Node, PageView } from '../page-view';

const CELLS = ['cell', 'gridcell', 'rowheader'];
const TABLES = ['table', 'grid', 'treegrid'];

/** Heading of the column that something in a table stands under: by its place on the page, or else by that of its cell; '' where there is none. */
export function columnOver(view: PageView, node: Node): string {
  const around = view.ancestors(node);
  const table = around.find((one) => TABLES.includes(one.role));
  const row = around.find((one) => one.role === 'row');
  if (table === undefined || row === undefined) return '';
  const within = view.descendants(table);
  const heads = within.filter((one) => one.role === 'columnheader');
  const middle = node.box.x + node.box.width / 2;
  const above = heads.filter(({ box }) => box.x <= middle && middle < box.x + box.width);
  if (above.length === 1) return above[0]?.name ?? '';
  const cells = view.descendants(row).filter((one) => CELLS.includes(one.role));
  const at = cells.findIndex((cell) => cell.index === node.index || around.includes(cell));
  return (cells.length === heads.length ? heads[at]?.name : undefined) ?? '';
}
