import { execFileSync } from 'node:child_process';
import type { FrameSize } from '@showrunner/contracts';

/** Pictures are kept so small that nothing but looks is left of them: letters are seen, their edges are not. */
const SHORT_SIDE = 180;
/** A picture is compared in squares of so many pixels. */
const CELL = 6;
/** No square may differ by more than this in any colour, and the whole by less: encoders and fonts of other versions do not. */
const CELL_TOLERANCE = 14;
const WHOLE_TOLERANCE = 0.8;

/** As it is kept. @param picture any image that ffmpeg reads */
export function smallPicture(picture: Buffer): Buffer {
  const scale = `scale='if(gt(iw,ih),-2,${SHORT_SIDE})':'if(gt(iw,ih),${SHORT_SIDE},-2)':flags=area`;
  return execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', '-', '-vf', scale, '-frames:v', '1', '-f', 'image2pipe', '-c:v', 'png', '-'],
    { input: picture },
  );
}

/** How a picture differs from the one that is kept, in words; null when it looks the same. */
export function differenceOf(kept: Buffer, picture: Buffer): string | null {
  const [size, now] = [pngSize(kept), pngSize(picture)];
  if (size.width !== now.width || size.height !== now.height)
    return `it is ${now.width}x${now.height} instead of ${size.width}x${size.height}`;
  const [a, b] = [pixelsOf(kept), pixelsOf(picture)];
  let whole = 0;
  let worst = { by: 0, x: 0, y: 0 };
  for (let y = 0; y < size.height; y += CELL)
    for (let x = 0; x < size.width; x += CELL) {
      const by = cellDifference([a, b], { x, y }, size);
      whole += by.sum;
      if (by.mean > worst.by) worst = { by: by.mean, x, y };
    }
  const mean = whole / (size.width * size.height);
  if (worst.by > CELL_TOLERANCE)
    return `around ${worst.x},${worst.y} of ${size.width}x${size.height} it is another by ${worst.by.toFixed(1)}`;
  return mean > WHOLE_TOLERANCE ? `all of it is another by ${mean.toFixed(2)}` : null;
}

/** The mean difference of a square's colours: of each colour's mean, so that a letter's edge half a pixel away is none. */
function cellDifference(
  [a, b]: [Buffer, Buffer],
  { x, y }: { x: number; y: number },
  { width, height }: FrameSize,
): { mean: number; sum: number } {
  const sums = [0, 0, 0];
  const [right, bottom] = [Math.min(x + CELL, width), Math.min(y + CELL, height)];
  for (let row = y; row < bottom; row += 1)
    for (let column = x; column < right; column += 1)
      for (const channel of [0, 1, 2]) {
        const at = (row * width + column) * 3 + channel;
        sums[channel] = (sums[channel] ?? 0) + (a[at] ?? 0) - (b[at] ?? 0);
      }
  const most = Math.max(...sums.map(Math.abs));
  return { mean: most / ((right - x) * (bottom - y)), sum: most };
}

const pixelsOf = (png: Buffer): Buffer =>
  execFileSync('ffmpeg', ['-v', 'error', '-i', '-', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'], {
    input: png,
  });

/** Of the IHDR chunk: https://www.w3.org/TR/png-3/#11IHDR */
const pngSize = (png: Buffer): FrameSize => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });
