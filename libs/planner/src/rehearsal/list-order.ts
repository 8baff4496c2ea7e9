import type { Asked, PageSnapshot } from '@showrunner/contracts';
import { listsOf, rowsOf } from '../intent/rows';
import { compareValues, valuesOf } from '../list-values';
import { PageView } from '../page-view';
import { stem } from '../words';

/** Whether the entries of the page's list stand in the order of what the words name; of what no list tells, any order is one. */
export function standsInOrder(
  snapshot: PageSnapshot,
  { by, falling }: Extract<Asked, { kind: 'order' }>,
): boolean {
  const view = PageView.of(snapshot);
  const [rows = []] = listsOf(rowsOf(view));
  const values = valuesOf(
    view,
    rows,
    by.map((word) => stem(word.toLowerCase())),
  );
  if (values === undefined) return falling === undefined;
  const signs = values.slice(1).map((value, at) => compareValues(values[at] ?? '', value, values));
  const isRising = signs.every((one) => one >= 0);
  const isFalling = signs.every((one) => one <= 0);
  return falling === undefined ? isRising || isFalling : falling ? isFalling : isRising;
}
