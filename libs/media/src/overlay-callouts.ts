import type { Box, FrameSize } from '@showrunner/contracts';
import type { Callout } from '@showrunner/timeline';
import { assColour, assText, type AssEvent } from './ass-document';
import { roundedRectangle } from './ass-shapes';
import type { Camera } from './camera';
import { cameraStills } from './camera-stills';
import { drawableLine } from './drawable-line';
import { alpha, fontSize, TEXT, type FilmLook } from './film-look';
import { textWidth, wrapText } from './text-measure';

const LAYER = { frame: 2, box: 3, text: 4 };
const FADE_MS = 140;

interface Drawn {
  size: FrameSize;
  look: FilmLook;
  /** Override that keeps the line within the page, `\\clip(…)`; empty where the page is all there is. */
  clip: string;
}

/** Notes beside a place of the page, with a line around it; they go along where the camera goes. */
export function calloutEvents(callouts: readonly Callout[], camera: Camera, drawn: Drawn): AssEvent[] {
  return callouts.flatMap((callout) =>
    cameraStills(callout, camera).flatMap(({ startMs, endMs }) => {
      const box = camera.boxToFilm(callout.at, startMs);
      const isWhole = startMs === callout.startMs && endMs === callout.endMs;
      return noteAt(
        callout.text,
        box,
        { startMs, endMs },
        drawn,
        isWhole ? `\\fad(${FADE_MS},${FADE_MS})` : '',
      );
    }),
  );
}

function noteAt(
  text: string,
  box: Box,
  times: { startMs: number; endMs: number },
  { size, look, clip }: Drawn,
  fade: string,
): AssEvent[] {
  const em = TEXT.body * 0.86 * look.unit;
  const air = 6 * look.unit;
  const lines = wrapText(drawableLine(text), em, size.width * 0.34, 3);
  const width = Math.max(0, ...lines.map((line) => textWidth(line, em))) * 1.04 + em * 1.4;
  const height = lines.length * em * 1.34 + em * 0.7;
  const isBelow = box.y + box.height + height + air * 3 < size.height;
  const top = isBelow ? box.y + box.height + air * 2 : Math.max(0, box.y - height - air * 2);
  const left = Math.min(Math.max(box.x + box.width / 2 - width / 2, air), size.width - width - air);
  const accent = assColour(look.colours.accent);
  const outline = roundedRectangle(box.width + 2 * air, box.height + 2 * air, 8 * look.unit);
  const drawing = (layer: number, x: number, y: number, style: string, shape: string): AssEvent => ({
    ...{ layer, ...times },
    body: `{\\an7\\pos(${px(x)},${px(y)})${fade}${style}\\p1}${shape}`,
  });
  const ring = `${clip}\\1a&HFF&\\3c${accent}\\bord${(2.5 * look.unit).toFixed(1)}`;
  return [
    drawing(LAYER.frame, box.x - air, box.y - air, ring, outline),
    ...(lines.length === 0
      ? []
      : [
          drawing(
            LAYER.box,
            left,
            top,
            `\\1c${accent}\\1a${alpha(0.96)}`,
            roundedRectangle(width, height, 9 * look.unit),
          ),
        ]),
    ...lines.map((line, n) => ({
      ...{ layer: LAYER.text, ...times },
      body: `{\\an5\\pos(${px(left + width / 2)},${px(top + em * (0.35 + 1.34 * (n + 0.5)))})${fade}${fontSize(em)}\\b1\\1c&HFFFFFF&}${assText(line)}`,
    })),
  ];
}

const px = (value: number): string => value.toFixed(1);
