import type { Box, FrameSize } from '@showrunner/contracts';
import { FPS, onPage, type Blur } from '@showrunner/timeline';

/** Around what is to be hidden: shadows and the edges of letters. */
const AIR = 4;
/** No more detail than this remains, px of the page: less than a letter a block. */
const BLOCK = 28;

/** Chains of a filter graph that make places of the page unreadable while they are to be hidden; from label `input` to label `output`. */
export function blurChains(
  blurs: readonly Blur[],
  page: FrameSize,
  labels: { input: string; output: string },
): string[] {
  const seen = blurs.flatMap((blur) => {
    const box = evenBox(blur.box, page);
    return box === null ? [] : [{ ...blur, box }];
  });
  if (seen.length === 0) return [`[${labels.input}]null[${labels.output}]`];
  return seen.flatMap(({ box, startMs, endMs }, n) => {
    const input = n === 0 ? labels.input : `b${n}`;
    const output = n === seen.length - 1 ? labels.output : `b${n + 1}`;
    const small = [box.width, box.height].map((length) => Math.max(2, 2 * Math.round(length / BLOCK / 2)));
    const place = `${box.width}:${box.height}`;
    const enabled = `between(t,${seconds(startMs)},${seconds(endMs)})`;
    return [
      `[${input}]split[k${n}][h${n}]`,
      `[h${n}]crop=${place}:${box.x}:${box.y},scale=${small.join(':')}:flags=area,scale=${place}:flags=bilinear[m${n}]`,
      `[k${n}][m${n}]overlay=${box.x}:${box.y}:enable='${enabled}'[${output}]`,
    ];
  });
}

/** Half a frame early at both ends: the first frame of it is hidden and the first one after it is not. */
const seconds = (ms: number): string => (ms / 1000 - 0.5 / FPS).toFixed(4);

/** Whole pairs of pixels, outwards. */
function evenBox(box: Box, page: FrameSize): Box | null {
  const wide = { x: box.x - AIR, y: box.y - AIR, width: box.width + 2 * AIR, height: box.height + 2 * AIR };
  const part = onPage(wide, page);
  if (part === null) return null;
  const [x, y] = [part.x, part.y].map((value) => 2 * Math.floor(value / 2));
  const end = (value: number, limit: number): number => Math.min(2 * Math.ceil(value / 2), limit);
  const [left, top] = [x ?? 0, y ?? 0];
  const width = end(part.x + part.width, page.width) - left;
  const height = end(part.y + part.height, page.height) - top;
  return width < 4 || height < 4 ? null : { x: left, y: top, width, height };
}
