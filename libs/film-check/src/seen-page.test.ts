import { expect, test } from '@jest/globals';
import type { Gray } from './gray';
import { seenPage } from './seen-page';

test('a window of whole pixels has not quite the shape of the page: a line at its foot is expected where the film shows it', () => {
  const page: Gray = { width: 1280, height: 720, data: new Uint8Array(1280 * 720).fill(235) };
  const line = 700;
  page.data.fill(16, line * page.width, (line + 2) * page.width);
  const film: Gray = { width: 1058, height: 596, data: new Uint8Array(1058 * 596) };
  const place = {
    view: { x: 0, y: 0, width: page.width, height: page.height },
    content: { x: 0, y: 0, width: film.width, height: film.height },
  };
  const seen = seenPage(page, film, place);
  const column = Array.from({ length: film.height }, (_, y) => 235 - (seen.data[y * film.width + 500] ?? 0));
  const weight = column.reduce((sum, dark) => sum + dark, 0);
  const middle = column.reduce((sum, dark, y) => sum + dark * (y + 0.5), 0) / weight;
  expect(middle).toBeCloseTo(((line + 1) * film.height) / page.height, 1);
  expect(column.at(-1)).toBe(0);
});
