import type { Box } from '@showrunner/contracts';
import { overlaps, type Blur } from '@showrunner/timeline';
import { differenceCount, lumaOf, meanDifference, scaled, shrunk, type Gray } from './gray';
import { keptDetail } from './likeness';
import type { Look, Looked } from './look.types';
import { at, quoted, right, wrong, type Finding } from './outcomes';
import type { ShownStep } from './probes';
import { seenPage } from './seen-page';

const CLEAR = 48;
/** A page that changed by less, in luma, is not told from one that did not. */
const CHANGED = { whole: 0.35, box: 3, seen: 1 } as const;
/** White in limited range is 235; a picture of a page may fall short of it by so much. */
const WHITE = 235;
const NEARLY = 2;
/** Fewer white pixels than this tell nothing. */
const WHITE_PIXELS = 200;
/** Of what is hidden, at most so much of the edges is left. */
const HIDDEN = 0.3;

/** What became of a page is seen as well in pictures so many times smaller. */
const BLOCK = 3;

/** The film shows the picture that it says, and nowhere the page as it was before where the verified one is another; white is white. */
export function stateFindings(
  { step, atMs }: { step: ShownStep; atMs: number },
  looked: Looked,
  look: Look,
): Finding[] {
  const film = shrunk(looked.film, BLOCK);
  const content = scaled(look.content, 1 / BLOCK);
  const [verified, before, now] = looked.pages.map((page) =>
    seenPage(page, film, { view: looked.place.view, content }),
  );
  if (verified === undefined || before === undefined || now === undefined) return [];
  const unlike = differenceCount(film, now, CLEAR, content) / (content.width * content.height);
  const drawn = look.captionsAt(atMs).map((box) => scaled(box, 1 / BLOCK));
  const regions: [Box, number][] = [
    [content, CHANGED.whole],
    ...step.news
      .map((box) => scaled(look.boxToFilm(box, atMs), 1 / BLOCK))
      .filter((box) => !drawn.some((one) => overlaps(one, box)))
      .map((box): [Box, number] => [box, CHANGED.box]),
  ];
  // Clearly the page before: one that goes on moving is like neither.
  const isBefore = regions.some(([box, changed]) => {
    const change = meanDifference(verified, before, box);
    const [toVerified, toBefore] = [meanDifference(film, verified, box), meanDifference(film, before, box)];
    return change > changed && toVerified > 0.6 * change && toBefore < 0.4 * change;
  });
  if (unlike <= 0.3 && (look.isEdited || !isBefore))
    return [right('states'), ...whiteFinding(film, now, atMs)];
  const told = `The end of ${quoted(step.text)} at ${at(atMs)} does not show the page as it was verified.`;
  return [wrong('states', told)];
}

/** Where the page is white all around, the film is white: not darker, and not beyond it. */
function whiteFinding(film: Gray, page: Gray, atMs: number): Finding[] {
  // How many pixels have each luma.
  const [shown, wanted] = [new Uint32Array(256), new Uint32Array(256)];
  const { width, height, data } = page;
  const least = WHITE - NEARLY;
  let count = 0;
  for (let y = 1; y < height - 1; y += 1)
    for (let at = y * width + 1; at < (y + 1) * width - 1; at += 1) {
      const paper = data[at] ?? 0;
      if (paper < least || (data[at - 1] ?? 0) < least || (data[at + 1] ?? 0) < least) continue;
      if ((data[at - width] ?? 0) < least || (data[at + width] ?? 0) < least) continue;
      const luma = film.data[at] ?? 0;
      shown[luma] = (shown[luma] ?? 0) + 1;
      wanted[paper] = (wanted[paper] ?? 0) + 1;
      count += 1;
    }
  if (count < WHITE_PIXELS) return [];
  const [white, paper] = [medianOf(shown, count), medianOf(wanted, count)];
  return [
    Math.abs(white - paper) <= 2
      ? right('white')
      : wrong('white', `White of the page is ${white} instead of ${paper} at ${at(atMs)}; 235 is white.`),
  ];
}

/** Of `count` values, of which each has so many. */
function medianOf(counts: Uint32Array, count: number): number {
  let below = 0;
  return counts.findIndex((many) => (below += many) > count / 2);
}

/** What is hidden cannot be read: nothing of the page's edges is left in its place. */
export function coverFindings(
  { blur, atMs }: { blur: Blur; atMs: number },
  { film, pages: [taken], place }: Looked,
  look: Look,
): Finding[] {
  if (taken === undefined) return [];
  const box = look.boxToFilm(blur.box, atMs);
  const kept = keptDetail(film, seenPage(taken, film, place, box), box);
  if (kept === null) return [];
  const { x, y } = blur.box;
  return [
    kept <= HIDDEN
      ? right('covered')
      : wrong(
          'covered',
          `What is hidden at ${Math.round(x)},${Math.round(y)} of the page can be read at ${at(atMs)}.`,
        ),
  ];
}

/** The film stands still from `startMs` to `endMs`: whether what it shows of the page did, and what it should show in the end. */
export function stillFindings(
  { startMs, endMs }: { startMs: number; endMs: number },
  pictures: readonly Looked[],
): Finding[] {
  const [first, last] = pictures;
  const [before, after] = pictures.map(({ pages: [page] }) => page);
  if (first === undefined || last === undefined || before === undefined || after === undefined) return [];
  // Both as the camera stands in the end: that it moved is no change of the page.
  const [old, now] = [before, after].map((page) => seenPage(page, last.film, last.place)) as [Gray, Gray];
  const change = meanDifference(old, now);
  return change > CHANGED.seen && meanDifference(last.film, now) > change / 2
    ? [wrong('frozen', `The film stands still from ${at(startMs)} to ${at(endMs)} while the page changed.`)]
    : [];
}

/** More than so much light of the page, in luma, is missing where a film is black. */
const LIT = 3;

/** The film is black from `startMs` to `endMs`: whether what it shows of the page was. */
export function blackFindings(
  { startMs, endMs }: { startMs: number; endMs: number },
  { film, pages: [page], place }: Looked,
): Finding[] {
  return page !== undefined && lumaOf(seenPage(page, film, place)).mean > lumaOf(film).mean + LIT
    ? [wrong('black', `The film is black from ${at(startMs)} to ${at(endMs)}; the page was not.`)]
    : [];
}
