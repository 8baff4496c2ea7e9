import { describe, expect, it } from '@jest/globals';
import { noiseBetween, pictureDifference } from './picture-difference';
import type { Picture } from './picture-difference';

type Mark = [x: number, y: number, width: number, height: number, grey: number];

/** A white page with marks on it. */
function page(...marks: Mark[]): Picture {
  const [width, height] = [160, 96];
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (const [left, top, wide, high, grey] of marks)
    for (let y = top; y < top + high; y += 1)
      for (let x = left; x < left + wide; x += 1)
        rgba.fill(grey, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return { width, height, rgba };
}
const button: Mark = [20, 20, 40, 12, 60];

describe('two settled pictures', () => {
  it('are equal, or differ where something changed', () => {
    expect(pictureDifference(page(button), page(button))).toBeNull();
    expect(pictureDifference(page(button), page(button, [100, 50, 10, 10, 0]))).toEqual({
      share: 100 / (160 * 96),
      box: { x: 100, y: 50, width: 10, height: 10 },
    });
  });

  it('do not differ by what nobody sees: a shade, a caret', () => {
    expect(pictureDifference(page(button), page([20, 20, 40, 12, 64]))).toBeNull();
    expect(pictureDifference(page(), page([30, 20, 2, 18, 0]))).toBeNull();
    expect(pictureDifference(page(), page([30, 20, 6, 18, 0]))).not.toBeNull();
  });

  it('do not differ by what changes by itself, and do beside it', () => {
    const clock: Mark = [110, 8, 24, 8, 0];
    const ticked: Mark = [112, 8, 24, 8, 90];
    const noise = noiseBetween(page(button, clock), page(button, ticked));
    expect(pictureDifference(page(button, [108, 8, 24, 8, 120]), page(button, clock), noise)).toBeNull();
    expect(pictureDifference(page(clock), page(button, ticked), noise)).toMatchObject({
      box: { x: 20, y: 20, width: 40, height: 12 },
    });
    expect(noiseBetween(page(button), page(button))).toEqual(new Set());
  });

  it('differ as a whole when their sizes do', () => {
    const small = { width: 2, height: 2, rgba: new Uint8Array(16) };
    expect(pictureDifference(small, page())?.share).toBe(1);
    expect(pictureDifference(page(), page(button), noiseBetween(page(), small))).toBeNull();
  });
});
