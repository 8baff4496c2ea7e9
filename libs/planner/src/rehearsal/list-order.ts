import { foldText } from '@showrunner/contracts';
import type { Asked, PageSnapshot } from '@showrunner/contracts';
import { rowsOf } from '../intent/rows';
import type { Row } from '../intent/rows';
import { PageView } from '../page-view';
import { stem, stemsOf } from '../words';

const PRICE = /^(?:pric|price|cost|amount|total|preis|prix|precio|prezzo|preco|preço|betrag)$/;
const DATE = /^(?:dat|date|year|day|tim|time|newest|oldest|new|recent|datum|jahr|fecha|data|année)$/;
const NAME =
  /^(?:nam|name|titl|title|alphabet|alphabetical|alphabetically|nom|nombre|nome|titel|título|titre)$/;

/** Whether the entries of the page's list stand in the order of what the words name; of what no list tells, any order is one. */
export function standsInOrder(
  snapshot: PageSnapshot,
  { by, falling }: Extract<Asked, { kind: 'order' }>,
): boolean {
  const view = new PageView({ path: snapshot.path, snapshot, revealedBy: [] });
  const rows = longest(rowsOf(view));
  const values = valuesOf(
    view,
    rows,
    by.map((word) => stem(word.toLowerCase())),
  );
  if (values === undefined) return falling === undefined;
  const signs = values.slice(1).map((value, at) => compare(values[at] ?? '', value, values));
  const isRising = signs.every((one) => one >= 0);
  const isFalling = signs.every((one) => one <= 0);
  return falling === undefined ? isRising || isFalling : falling ? isFalling : isRising;
}

function longest(rows: readonly Row[]): Row[] {
  const lists = [...new Set(rows.map(({ list }) => list))].map((list) =>
    rows.filter((row) => row.list === list),
  );
  return [...lists].sort((a, b) => b.length - a.length)[0] ?? [];
}

/** The value of each row that the words mean: the cell under a heading of this name, a price, a date, its title. */
function valuesOf(view: PageView, rows: readonly Row[], by: readonly string[]): string[] | undefined {
  if (rows.length < 2) return undefined;
  const heads = view.ofRole('columnheader');
  const at = heads.findIndex((head) => stemsOf(head.name).some((word) => by.includes(word)));
  const cells = rows.map(({ members }) =>
    members.filter(({ role }) => ['cell', 'gridcell', 'rowheader'].includes(role)),
  );
  if (at !== -1 && cells.every((row) => row[at] !== undefined))
    return cells.map((row) => foldText(row[at]?.name ?? ''));
  const read = (pattern: RegExp): string[] | undefined => {
    const found = rows.map(({ text }) => pattern.exec(text)?.[0]);
    return found.every((one) => one !== undefined) ? found : undefined;
  };
  if (by.some((word) => PRICE.test(word)))
    return read(/[€$£¥]\s?-?[\d.,]*\d|-?\d[\d.,]*\s?(?:[€$£¥]|EUR|USD)/u) ?? read(/-?\d[\d.,]*/u);
  if (by.some((word) => DATE.test(word)))
    return (
      read(/\d{4}-\d{2}-\d{2}/) ??
      read(/\d{1,2}\.?\s+\p{L}{3,9}\.?\s+\d{4}|\p{L}{3,9}\s+\d{1,2},\s+\d{4}/u) ??
      read(/(?<!\d)(?:19|20)\d{2}(?!\d)/)
    );
  return by.some((word) => NAME.test(word)) ? rows.map(({ title }) => title) : undefined;
}

const asNumber = (text: string): number => {
  const digits = text.replace(/[^\d.,-]/g, '').replace(/[.,](?=\d{3}(?:\D|$))/g, '');
  return digits === '' ? Number.NaN : Number(digits.replace(',', '.'));
};

/** Positive when `b` is greater: as numbers or dates where all are such, as words else. */
function compare(a: string, b: string, all: readonly string[]): number {
  const isNumeric = all.every(
    (one) =>
      /^[^\p{L}]*\d[\d.,]*[^\p{L}]*(?:EUR|USD)?$/u.test(one) &&
      Number.isFinite(asNumber(one)) &&
      !/^\d{4}-\d/.test(one),
  );
  if (isNumeric) return asNumber(b) - asNumber(a);
  const dates = all.map((one) => Date.parse(one));
  if (dates.every(Number.isFinite)) return Date.parse(b) - Date.parse(a);
  return b.localeCompare(a, undefined, { numeric: true, sensitivity: 'base' });
}
