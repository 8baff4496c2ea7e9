import type { Box, FrameSize } from '@showrunner/contracts';
import { pixelsOf, shrunk, scaled, type Gray } from './gray';
import { seenPage, type Place } from './seen-page';

/** Pictures are compared in blocks of so many pixels: an encoder and half a pixel of the camera do not count. */
const BLOCK = 4;
/** Less variation than this, in luma, is none. */
const FLAT = 2;

/**
 * How alike a film's picture is to the page that it should show, where nothing is drawn over it: Pearson's correlation of the luma, 1 for the
 * same place of the same page. Null where one of them is even, so that nothing can be told.
 */
export function likeness(film: Gray, page: Gray, place: Place, drawn: readonly Box[]): number | null {
  const small = shrunk(film, BLOCK);
  const content = scaled(place.content, 1 / BLOCK);
  const other = seenPage(page, small, { view: place.view, content });
  const { x0, x1, y0, y1 } = pixelsOf(content, small);
  const covered = maskOf(
    drawn.map((one) => scaled(one, 1 / BLOCK)),
    small,
  );
  let [count, sumA, sumB, productA, productB, product] = [0, 0, 0, 0, 0, 0];
  for (let y = y0; y < y1; y += 1)
    for (let x = x0; x < x1; x += 1) {
      if (covered[y * small.width + x] === 1) continue;
      const [one, two] = [small.data[y * small.width + x] ?? 0, other.data[y * small.width + x] ?? 0];
      count += 1;
      sumA += one;
      sumB += two;
      productA += one * one;
      productB += two * two;
      product += one * two;
    }
  if (count === 0) return null;
  const [squaresA, squaresB] = [productA - (sumA * sumA) / count, productB - (sumB * sumB) / count];
  const both = product - (sumA * sumB) / count;
  if (Math.sqrt(squaresA / count) < FLAT || Math.sqrt(squaresB / count) < FLAT) return null;
  return both / Math.sqrt(squaresA * squaresB);
}

/** 1 for each pixel that a box touches. */
function maskOf(boxes: readonly Box[], size: FrameSize): Uint8Array {
  const mask = new Uint8Array(size.width * size.height);
  for (const { x, y, width, height } of boxes) {
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const touched = {
      x: left,
      y: top,
      width: Math.ceil(x + width) - left,
      height: Math.ceil(y + height) - top,
    };
    const { x0, x1, y0, y1 } = pixelsOf(touched, size);
    for (let row = y0; row < y1; row += 1) mask.fill(1, row * size.width + x0, row * size.width + x1);
  }
  return mask;
}

/** Less than so much change from pixel to pixel is no text. */
const PLAIN = 1.5;

/**
 * How much of the detail of `page` is left in `film` within a box: 1 for all, 0 for none; the slope of the one's gradients over the other's,
 * so that what is drawn over it does not count as detail of the page. Null where the page has none.
 */
export function keptDetail(film: Gray, page: Gray, box: Box): number | null {
  const { x0, x1, y0, y1 } = pixelsOf(box, film);
  let [both, squares, count] = [0, 0, 0];
  for (let y = y0 + 1; y < y1 - 1; y += 1)
    for (let x = x0 + 2; x < x1 - 2; x += 1) {
      const [ofFilm, ofPage] = [gradient(film, x, y), gradient(page, x, y)];
      both += ofFilm * ofPage;
      squares += ofPage * ofPage;
      count += 1;
    }
  return count === 0 || Math.sqrt(squares / count) < PLAIN ? null : both / squares;
}

/** From left to right over strokes as thick as a letter's, so that half a pixel of the camera does not count. */
function gradient({ data, width }: Gray, x: number, y: number): number {
  let sum = 0;
  for (let row = y - 1; row <= y + 1; row += 1) {
    const at = row * width + x;
    sum += (data[at + 1] ?? 0) + (data[at + 2] ?? 0) - (data[at - 1] ?? 0) - (data[at - 2] ?? 0);
  }
  return sum / 6;
}
