import type { Box, FrameSize } from '@showrunner/contracts';

/** A picture of luma in limited range (black 16, white 235), row by row. */
export interface Gray extends FrameSize {
  data: Uint8Array;
}

/** Whole pixels of a box that a picture holds. */
export interface Pixels {
  x0: number;
  x1: number;
  y0: number;
  y1: number;
}

export const whole = ({ width, height }: FrameSize): Box => ({ x: 0, y: 0, width, height });

export function pixelsOf(box: Box, { width, height }: FrameSize): Pixels {
  const within = (value: number, limit: number): number => Math.min(Math.max(Math.round(value), 0), limit);
  return {
    x0: within(box.x, width),
    x1: within(box.x + box.width, width),
    y0: within(box.y, height),
    y1: within(box.y + box.height, height),
  };
}

/** A box with so many pixels more at every side. */
export const grown = ({ x, y, width, height }: Box, by: number): Box => ({
  ...{ x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by },
});

export const scaled = ({ x, y, width, height }: Box, by: number): Box => ({
  ...{ x: x * by, y: y * by, width: width * by, height: height * by },
});

/** Mean and deviation of the luma. */
export function lumaOf({ data }: Gray): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (const value of data) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / Math.max(1, data.length);
  return { mean, deviation: Math.sqrt(Math.max(0, squares / Math.max(1, data.length) - mean * mean)) };
}

/** Of boxes higher than this every second row tells as much. */
const MANY_ROWS = 240;

/** Mean difference of two pictures of one size within a box, 0 to 255. */
export function meanDifference(a: Gray, b: Gray, box: Box = whole(a)): number {
  const { x0, x1, y0, y1 } = pixelsOf(box, a);
  const step = y1 - y0 > MANY_ROWS ? 2 : 1;
  let sum = 0;
  for (let y = y0; y < y1; y += step)
    for (let at = y * a.width + x0; at < y * a.width + x1; at += 1)
      sum += Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0));
  return sum / Math.max(1, (x1 - x0) * Math.ceil((y1 - y0) / step));
}

/** How many pixels of a box differ by more than `threshold`. */
export function differenceCount(a: Gray, b: Gray, threshold: number, box: Box): number {
  const { x0, x1, y0, y1 } = pixelsOf(box, a);
  let count = 0;
  for (let y = y0; y < y1; y += 1)
    for (let at = y * a.width + x0; at < y * a.width + x1; at += 1)
      if (Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0)) > threshold) count += 1;
  return count;
}

/** Pixels of a box in which two pictures differ by more than `threshold`. */
export function differingPixels(
  a: Gray,
  b: Gray,
  threshold: number,
  box: Box = whole(a),
): { x: number; y: number }[] {
  const { x0, x1, y0, y1 } = pixelsOf(box, a);
  const found: { x: number; y: number }[] = [];
  for (let y = y0; y < y1; y += 1)
    for (let x = x0; x < x1; x += 1) {
      const at = y * a.width + x;
      if (Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0)) > threshold) found.push({ x, y });
    }
  return found;
}

/** A picture in blocks of `block` x `block` px, each as bright as its mean: what is too small to be seen at a glance is gone. */
export function shrunk({ data, width, height }: Gray, block: number): Gray {
  if (block <= 1) return { data, width, height };
  const size = { width: Math.floor(width / block), height: Math.floor(height / block) };
  const out = new Uint8Array(size.width * size.height);
  const sums = new Uint32Array(size.width);
  const many = block * block;
  for (let y = 0; y < size.height; y += 1) {
    sums.fill(0);
    for (let row = y * block; row < (y + 1) * block; row += 1)
      for (let x = 0, at = row * width; x < size.width; x += 1) {
        let sum = 0;
        for (const end = at + block; at < end; at += 1) sum += data[at] ?? 0;
        sums[x] = (sums[x] ?? 0) + sum;
      }
    for (let x = 0; x < size.width; x += 1) out[y * size.width + x] = (sums[x] ?? 0) / many + 0.5;
  }
  return { ...size, data: out };
}

/** Those of some pixels that hang together with the one nearest to a point. */
export function regionNear(
  pixels: readonly { x: number; y: number }[],
  point: { x: number; y: number },
): { x: number; y: number }[] {
  const keyOf = (x: number, y: number): number => y * 65536 + x;
  const left = new Map(pixels.map((pixel) => [keyOf(pixel.x, pixel.y), pixel]));
  const distance = (pixel: { x: number; y: number }): number =>
    Math.hypot(pixel.x - point.x, pixel.y - point.y);
  const [first, ...rest] = pixels;
  if (first === undefined) return [];
  const region = [rest.reduce((best, one) => (distance(one) < distance(best) ? one : best), first)];
  left.delete(keyOf(region[0]?.x ?? 0, region[0]?.y ?? 0));
  for (let n = 0; n < region.length; n += 1) {
    const { x, y } = region[n] ?? first;
    for (let dy = -1; dy <= 1; dy += 1)
      for (let dx = -1; dx <= 1; dx += 1) {
        const next = left.get(keyOf(x + dx, y + dy));
        if (next === undefined) continue;
        region.push(next);
        left.delete(keyOf(x + dx, y + dy));
      }
  }
  return region;
}
