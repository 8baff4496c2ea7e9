import { mixed, rgbOf, type Rgb } from './colours';
import { backgroundAt } from './plate-background';
import { boxDistance, coverage, shadowAt } from './plate-shapes';
import type { Stage } from './stage';
import type { Theme } from './themes';

/** Rows that are drawn before others get their turn. */
const ROWS_AT_A_TIME = 32;

/**
 * What is around the page and never changes, drawn once: background, shadow, window, bar. Raw `yuva420p`, limited-range BT.709, with a hole
 * where the page is seen.
 */
export async function platePicture(stage: Stage, theme: Theme): Promise<Buffer> {
  const { width, height } = stage.size;
  const pixels = width * height;
  const [y, a] = [Buffer.alloc(pixels), Buffer.alloc(pixels)];
  const [u, v] = [new Float32Array(pixels / 4), new Float32Array(pixels / 4)];
  const paint = painter(stage, theme);
  const hole = holeOf(stage);
  for (let row = 0; row < height; row += 1) {
    const isHoled = row >= hole.top && row < hole.bottom;
    for (let column = 0; column < width; column += 1) {
      // The page is seen there: most of the picture, and all of it clear.
      if (isHoled && column === hole.left) column = hole.right;
      const { rgb, opacity } = paint(column + 0.5, row + 0.5);
      const [red, green, blue] = rgb;
      const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      const at = row * width + column;
      y[at] = clamp(16 + (luma * 219) / 255 + dither(column, row));
      a[at] = Math.round(opacity * 255);
      const pair = (row >> 1) * (width / 2) + (column >> 1);
      u[pair] = (u[pair] ?? 0) + (blue - luma) / 1.8556 / 4;
      v[pair] = (v[pair] ?? 0) + (red - luma) / 1.5748 / 4;
    }
    if (row % ROWS_AT_A_TIME === ROWS_AT_A_TIME - 1) await new Promise(setImmediate);
  }
  const chroma = (plane: Float32Array): Buffer => {
    const bytes = Buffer.allocUnsafe(plane.length);
    for (let at = 0; at < plane.length; at += 1) bytes[at] = clamp(128 + ((plane[at] ?? 0) * 224) / 255);
    return bytes;
  };
  return Buffer.concat([y, chroma(u), chroma(v), a]);
}

/** Rows and columns of which nothing is seen but the page, its rounded corners aside; `right` and `bottom` lie beyond it. */
function holeOf({ content, radius }: Stage): { left: number; right: number; top: number; bottom: number } {
  const inset = Math.ceil(radius) + 1;
  return {
    ...{ left: content.x + 1, right: content.x + content.width - 1 },
    ...{ top: content.y + inset, bottom: content.y + content.height - inset },
  };
}

const clamp = (value: number): number => Math.min(255, Math.max(0, Math.round(value)));

/** A gradient of 8 bits shows bands; a quarter of a step in a fixed pattern hides them. */
const dither = (column: number, row: number): number =>
  ((((column & 3) * 5 + (row & 3) * 11 + (column & 1) * 2) % 16) / 16 - 0.47) * 0.9;

function painter(stage: Stage, theme: Theme): (x: number, y: number) => { rgb: Rgb; opacity: number } {
  const { window, content, size, radius } = stage;
  const background = backgroundAt(theme.background, size);
  const bar = barPainter(stage, theme);
  const blur = Math.min(size.width, size.height) * 0.045;
  const shadowed = { ...window, y: window.y + blur * 0.5 };
  return (x, y) => {
    const inWindow = coverage(boxDistance(x, y, window, radius));
    const shade = inWindow === 1 ? 0 : theme.shadow * shadowAt(boxDistance(x, y, shadowed, radius), blur);
    const around = inWindow === 1 ? background(x, y) : darker(background(x, y), shade);
    if (y < content.y && inWindow > 0) return { rgb: mixed(around, bar(x, y), inWindow), opacity: 1 };
    return { rgb: around, opacity: 1 - inWindow };
  };
}

/** Three dots and a field, as any browser's. */
function barPainter({ window, bar }: Stage, { bar: colours }: Theme): (x: number, y: number) => Rgb {
  const [base, field] = [rgbOf(colours.colour), rgbOf(colours.field)];
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(rgbOf);
  const middle = window.y + bar / 2;
  const dot = bar * 0.16;
  const fieldBox = {
    ...{ x: window.x + window.width * 0.25, y: window.y + bar * 0.19 },
    ...{ width: window.width * 0.5, height: bar * 0.62 },
  };
  return (x, y) => {
    const dotAt = dots.findIndex((_, n) => x < window.x + bar * (0.75 + n * 0.55) || n === dots.length - 1);
    const colour = dots[dotAt] ?? base;
    const distance = Math.hypot(x - window.x - bar * (0.5 + dotAt * 0.55), y - middle) - dot;
    const inField = coverage(boxDistance(x, y, fieldBox, fieldBox.height / 2));
    return mixed(mixed(base, field, inField), colour, coverage(distance));
  };
}

const darker = (colour: Rgb, shade: number): Rgb => mixed(colour, [0, 0, 0], shade);
