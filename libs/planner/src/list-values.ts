import { foldText } from '@showrunner/contracts';
import type { Row } from './intent/rows';
import type { PageView } from './page-view';
import { stemsOf } from './words';

const PRICE = /^(?:pric|price|cost|amount|total|preis|prix|precio|prezzo|preco|preço|betrag)$/;
const DATE = /^(?:dat|date|year|day|tim|time|newest|oldest|new|recent|datum|jahr|fecha|data|année)$/;
const NAME =
  /^(?:nam|name|titl|title|alphabet|alphabetical|alphabetically|nom|nombre|nome|titel|título|titre)$/;
const RATING = /^(?:rat|rate|rating|star|score|bewertung|not|note|valoración|avaliação)$/;
const DURATION = /^(?:duration|length|run ?time|dauer|durée|duración|durata|duração)$/;

const MONEY = /[€$£¥₹]\s?-?[\d.,]*\d|-?\d[\d.,]*\s?(?:[€$£¥₹]|EUR|USD|GBP|CHF|kr\b|zł)/u;
const STARS =
  /\d(?:[.,]\d+)?(?=\s*(?:\/\s*(?:5|10)\b|stars?\b|★|⭐|out of|von 5))|(?<=[★⭐]\s?)\d(?:[.,]\d+)?/iu;
const LASTING = /\d{1,3}:\d{2}(?::\d{2})?|\d+(?:[.,]\d+)?(?=\s*(?:min|minutes?|Min\.)\b)/u;

/**
 * The value of each row that the words mean (stems): the cell under a heading of this name, a price, a date, a rating, a duration, its title.
 * Undefined where not every row has one, or there is one row alone.
 */
export function valuesOf(view: PageView, rows: readonly Row[], by: readonly string[]): string[] | undefined {
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
  if (by.some((word) => PRICE.test(word))) return read(MONEY) ?? read(/-?\d[\d.,]*/u);
  if (by.some((word) => DATE.test(word)))
    return (
      read(/\d{4}-\d{2}-\d{2}/) ??
      read(/\d{1,2}\.?\s+\p{L}{3,9}\.?\s+\d{4}|\p{L}{3,9}\s+\d{1,2},\s+\d{4}/u) ??
      read(/(?<!\d)(?:19|20)\d{2}(?!\d)/)
    );
  if (by.some((word) => RATING.test(word))) return read(STARS);
  if (by.some((word) => DURATION.test(word))) return read(LASTING);
  return by.some((word) => NAME.test(word)) ? rows.map(({ title }) => title) : undefined;
}

const asNumber = (text: string): number => {
  const digits = text.replace(/[^\d.,-]/g, '').replace(/[.,](?=\d{3}(?:\D|$))/g, '');
  return digits === '' ? Number.NaN : Number(digits.replace(',', '.'));
};

/** Positive when `b` is greater: as numbers or dates where all are such, as words else. */
export function compareValues(a: string, b: string, all: readonly string[]): number {
  const isNumeric = all.every(
    (one) =>
      /^[^\p{L}]*\d[\d.,]*[^\p{L}]*(?:EUR|USD|GBP|CHF|kr|zł)?$/u.test(one) &&
      Number.isFinite(asNumber(one)) &&
      !/^\d{4}-\d/.test(one) &&
      !/^\d+:\d/.test(one),
  );
  if (isNumeric) return asNumber(b) - asNumber(a);
  const dates = all.map((one) => Date.parse(one));
  if (dates.every(Number.isFinite)) return Date.parse(b) - Date.parse(a);
  return b.localeCompare(a, undefined, { numeric: true, sensitivity: 'base' });
}
