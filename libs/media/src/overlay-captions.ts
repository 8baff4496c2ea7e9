import type { Box, FrameSize } from '@showrunner/contracts';
import { assColour, assText, type AssEvent } from './ass-document';
import { drawableLine } from './drawable-line';
import { roundedRectangle } from './ass-shapes';
import type { Caption } from './film-captions';
import { TEXT, alpha, fontSize, type FilmLook } from './film-look';

import { textWidth, wrapText } from './text-measure';

const LAYER = { box: 3, text: 4 };
const FADE_MS = 120;

/** Captions burned in: a dark rounded box near the lower edge; near the upper one where that covers less of what matters. */
export function captionEvents(captions: Caption[], size: FrameSize, look: FilmLook): AssEvent[] {
  return captions.flatMap((caption, n) => {
    if (drawableLine(caption.text) === '') return [];
    const em = TEXT.caption * look.unit;
    const lines = wrapText(drawableLine(caption.text), em, size.width * 0.72, 2);
    const lineHeight = em * 1.34;
    const width = Math.max(...lines.map((line) => textWidth(line, em))) * 1.04 + em * 1.8;
    const height = lines.length * lineHeight + em * 0.86;
    const left = (size.width - width) / 2;
    const lower = size.height * 0.945 - height;
    const upper = size.height * 0.055;
    const covered = (y: number) =>
      caption.boxes.filter((box) => overlaps(box, { x: left, y, width, height })).length;
    const top = covered(upper) < covered(lower) ? upper : lower;
    const joins = captions[n - 1]?.endMs === caption.startMs;
    const fade = `\\fad(${joins ? 0 : FADE_MS},${captions[n + 1]?.startMs === caption.endMs ? 0 : FADE_MS})`;
    const times = { startMs: caption.startMs, endMs: caption.endMs };
    const box: AssEvent = {
      layer: LAYER.box,
      ...times,
      body:
        `{\\an7\\pos(${px(left)},${px(top)})${fade}\\1c${assColour(look.colours.card)}\\1a${alpha(0.88)}\\p1}` +
        roundedRectangle(width, height, 12 * look.unit),
    };
    const texts = lines.map((line, row): AssEvent => {
      const middle = top + height / 2 + (row - (lines.length - 1) / 2) * lineHeight;
      return {
        layer: LAYER.text,
        ...times,
        body: `{\\an5\\pos(${px(size.width / 2)},${px(middle)})${fade}${fontSize(em)}\\1c${assColour(look.colours.text)}}${assText(line)}`,
      };
    });
    return [box, ...texts];
  });
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const px = (value: number): string => value.toFixed(1);
