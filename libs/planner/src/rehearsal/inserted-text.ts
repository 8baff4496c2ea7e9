import type { PageSnapshot } from '@showrunner/contracts';
import { newText } from '../learn';

/** Products of lengths up to which two texts are compared word by word; beyond, what lies between their first and last difference counts. */
const MOST_CELLS = 4_000_000;
/** Stands between two runs of words, and in no text. */
const GAP = ' \u0000 ';

/**
 * Words that a page has and did not have before, each run in one piece: of a count at the top and an entry at the bottom these two, and not
 * what stands between them.
 */
export const insertedText = (before: PageSnapshot, after: PageSnapshot): string =>
  runsInserted(before, after).join(GAP);

/** The same, run by run. */
export function runsInserted(before: PageSnapshot, after: PageSnapshot): string[] {
  const [gone, come] = [newText(after, before), newText(before, after)].map((text) => text.split(' '));
  if (gone === undefined || come === undefined || gone.length * come.length > MOST_CELLS)
    return [newText(before, after)];
  // Longest common subsequence from each pair of positions on.
  const width = come.length + 1;
  const common = new Uint16Array((gone.length + 1) * width);
  for (let row = gone.length - 1; row >= 0; row -= 1)
    for (let at = come.length - 1; at >= 0; at -= 1)
      common[row * width + at] =
        gone[row] === come[at]
          ? (common[(row + 1) * width + at + 1] ?? 0) + 1
          : Math.max(common[(row + 1) * width + at] ?? 0, common[row * width + at + 1] ?? 0);
  const runs: string[][] = [[]];
  let row = 0;
  for (let at = 0; at < come.length;) {
    if (row < gone.length && gone[row] === come[at]) {
      row += 1;
      at += 1;
      runs.push([]);
    } else if (
      row < gone.length &&
      (common[(row + 1) * width + at] ?? 0) >= (common[row * width + at + 1] ?? 0)
    ) {
      row += 1;
    } else {
      runs[runs.length - 1]?.push(come[at] ?? '');
      at += 1;
    }
  }
  return runs.filter((run) => run.length > 0).map((run) => run.join(' '));
}
