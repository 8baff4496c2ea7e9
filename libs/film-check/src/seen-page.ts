import type { Box } from '@showrunner/contracts';
import type { Gray } from './gray';

/** For a pixel of the film along one axis: which two pixels of the page it lies between, and how far, in 256ths. */
interface Axis {
  first: number;
  near: Int32Array;
  far: Int32Array;
  share: Int32Array;
}

/** Which part of the page is seen, in its pixels, and where in the film's picture. */
export interface Place {
  view: Box;
  content: Box;
}

/**
 * What a film would show where nothing was drawn over the page: `film` with the part `view` of the page's picture put into `content`. Boxes in
 * pixels of their picture; what is around the page, and outside of `region`, stays the film's own, so that it never differs.
 */
export function seenPage(page: Gray, film: Gray, place: Place, region: Box = place.content): Gray {
  const data = new Uint8Array(film.data);
  const steps = stepsOf(place);
  const { content, view } = partOf(place, region);
  if (content.width <= 0 || content.height <= 0) return { ...film, data };
  if (steps.x === 1 && steps.y === 1 && Number.isInteger(view.x) && Number.isInteger(view.y))
    return copied(page, { ...film, data }, { view, content });
  const samples = samplesOf(Math.max(steps.x, steps.y));
  const offsets = Array.from({ length: samples }, (_, n) => (n + 0.5) / samples);
  const columns = offsets.map((by) =>
    axisOf(
      { from: content.x, length: content.width, limit: film.width },
      { by, step: steps.x, start: view.x, page: page.width },
    ),
  );
  const rows = offsets.map((by) =>
    axisOf(
      { from: content.y, length: content.height, limit: film.height },
      { by, step: steps.y, start: view.y, page: page.height },
    ),
  );
  const [across, down] = [columns[0] as Axis, rows[0] as Axis];
  const blended = new Int32Array(page.width);
  const sums = new Float64Array(across.near.length);
  const used = { x0: columns[0]?.near[0] ?? 0, x1: (columns.at(-1)?.far.at(-1) ?? -1) + 1 };
  for (let y = 0; y < down.near.length; y += 1) {
    blended.fill(0, used.x0, used.x1);
    for (const row of rows)
      addRows(blended, page, { ...used, near: row.near[y], far: row.far[y], share: row.share[y] });
    const line = (down.first + y) * film.width + across.first;
    writeLine(data.subarray(line, line + across.near.length), { line: blended, sums, columns });
  }
  return { width: film.width, height: film.height, data };
}

/** Pixels of the page that one of the film stands for, along each axis: a window of whole pixels has not quite the page's shape. */
const stepsOf = ({ view, content }: Place): { x: number; y: number } => ({
  x: view.width / content.width,
  y: view.height / content.height,
});

/** The same place, no larger than a region of the film: whole pixels of it. */
function partOf({ view, content }: Place, region: Box): Place {
  const x = Math.max(Math.round(content.x), Math.floor(region.x));
  const y = Math.max(Math.round(content.y), Math.floor(region.y));
  const width = Math.min(Math.round(content.x + content.width), Math.ceil(region.x + region.width)) - x;
  const height = Math.min(Math.round(content.y + content.height), Math.ceil(region.y + region.height)) - y;
  const steps = stepsOf({ view, content });
  return {
    content: { x, y, width, height },
    view: {
      ...{ x: view.x + (x - content.x) * steps.x, y: view.y + (y - content.y) * steps.y },
      ...{ width: width * steps.x, height: height * steps.y },
    },
  };
}

/** The page as it is, without a camera. */
function copied(page: Gray, film: Gray, { view, content }: { view: Box; content: Box }): Gray {
  for (let y = 0; y < content.height; y += 1) {
    const from = (view.y + y) * page.width + view.x;
    film.data.set(page.data.subarray(from, from + content.width), (content.y + y) * film.width + content.x);
  }
  return film;
}

/** How many samples of the page a pixel of the film needs along an axis: each is a mean of two pixels of the page that lie beside each other. */
function samplesOf(step: number): number {
  if (step <= 1.01) return 1;
  return Math.min(4, Math.max(2, Math.ceil(step / 2 - 0.01)));
}

interface Rows {
  x0: number;
  x1: number;
  near: number | undefined;
  far: number | undefined;
  share: number | undefined;
}

/** Adds what lies between two rows of the page, times 256; of them, the pixels from `x0` to before `x1`. */
function addRows(
  sum: Int32Array,
  { data, width }: Gray,
  { x0, x1, near = 0, far = 0, share = 0 }: Rows,
): void {
  const [upper, lower] = [near * width, far * width];
  const rest = 256 - share;
  for (let x = x0; x < x1; x += 1)
    sum[x] = (sum[x] ?? 0) + (data[upper + x] ?? 0) * rest + (data[lower + x] ?? 0) * share;
}

/** Samples a line that is the sum of as many rows as there are `columns`, each times 256. */
function writeLine(
  to: Uint8Array,
  { line, sums, columns }: { line: Int32Array; sums: Float64Array; columns: readonly Axis[] },
): void {
  const count = 65536 * columns.length ** 2;
  sums.fill(0);
  for (const { near, far, share } of columns)
    for (let x = 0; x < to.length; x += 1) {
      const by = share[x] ?? 0;
      sums[x] = (sums[x] ?? 0) + (line[near[x] ?? 0] ?? 0) * (256 - by) + (line[far[x] ?? 0] ?? 0) * by;
    }
  for (let x = 0; x < to.length; x += 1) to[x] = (sums[x] ?? 0) / count + 0.5;
}

function axisOf(
  { from, length, limit }: { from: number; length: number; limit: number },
  { by, step, start, page }: { by: number; step: number; start: number; page: number },
): Axis {
  const first = Math.max(0, Math.round(from));
  const count = Math.max(0, Math.min(limit, Math.round(from + length)) - first);
  const axis = {
    first,
    near: new Int32Array(count),
    far: new Int32Array(count),
    share: new Int32Array(count),
  };
  for (let n = 0; n < count; n += 1) {
    // The page's edges go on beyond it.
    const place = Math.min(Math.max(start + (first + n + by - from) * step - 0.5, 0), page - 1);
    axis.near[n] = Math.floor(place);
    axis.far[n] = Math.min(Math.floor(place) + 1, page - 1);
    axis.share[n] = Math.round((place - Math.floor(place)) * 256);
  }
  return axis;
}
