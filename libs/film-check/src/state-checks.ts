import type { Box } from '@showrunner/contracts';
import type { Blur } from '@showrunner/timeline';
import { differingPixels, lumaOf, meanDifference, overlaps, scaled, shrunk, type Gray } from './gray';
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
  const unlike = differingPixels(film, now, CLEAR, content).length / (content.width * content.height);
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
  const [shown, wanted]: [number[], number[]] = [[], []];
  const { width, height } = page;
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const isWhite = (place: number): boolean => (page.data[place] ?? 0) >= WHITE - NEARLY;
      if (!(isWhite(at) && isWhite(at - 1) && isWhite(at + 1) && isWhite(at - width) && isWhite(at + width)))
        continue;
      shown.push(film.data[at] ?? 0);
      wanted.push(page.data[at] ?? 0);
    }
  if (shown.length < WHITE_PIXELS) return [];
  const [white, paper] = [medianOf(shown), medianOf(wanted)];
  return [
    Math.abs(white - paper) <= 2
      ? right('white')
      : wrong('white', `White of the page is ${white} instead of ${paper} at ${at(atMs)}; 235 is white.`),
  ];
}

const medianOf = (values: number[]): number =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

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
  const [first, last] = pictures.map(({ film, pages: [page], place }) => {
    const block = Math.max(1, Math.floor(film.width / 192));
    const small = shrunk(film, block);
    const seen = { view: place.view, content: scaled(place.content, 1 / block) };
    return page === undefined ? null : { film: small, page: seenPage(page, small, seen) };
  });
  if (first == null || last == null) return [];
  const change = meanDifference(first.page, last.page);
  return change > CHANGED.seen && meanDifference(last.film, last.page) > change / 2
    ? [wrong('frozen', `The film stands still from ${at(startMs)} to ${at(endMs)} while the page changed.`)]
    : [];
}

/** The film is black from `startMs` to `endMs`: whether the page was. */
export function blackFindings(
  { startMs, endMs }: { startMs: number; endMs: number },
  { film, pages: [page] }: Looked,
): Finding[] {
  return page !== undefined && lumaOf(page).mean > lumaOf(film).mean + 10
    ? [wrong('black', `The film is black from ${at(startMs)} to ${at(endMs)}; the page was not.`)]
    : [];
}
