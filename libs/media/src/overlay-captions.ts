import type { Box, FrameSize } from '@showrunner/contracts';
import { assColour, assText, type AssEvent } from './ass-document';
import { drawableLine } from './drawable-line';
import { roundedRectangle } from './ass-shapes';
import type { Caption } from './film-captions';
import { TEXT, alpha, fontSize, type FilmLook } from './film-look';

import { textWidth, wrapText } from './text-measure';

const LAYER = { box: 3, text: 4 };
const FADE_MS = 120;
/** How much wider bold letters are. */
const BOLD = 1.07;

/** A line of a caption, as large as it is drawn. `lead` stands before its text in the accent colour. */
interface Row {
  text: string;
  lead?: string;
  em: number;
  colour: string;
  isBold: boolean;
}

/**
 * Captions burned in: a dark rounded box near the lower edge; near the upper one where that covers less of what matters. The feature's
 * title, where it has no card, stands above what is done.
 */
export function captionEvents(captions: Caption[], size: FrameSize, look: FilmLook): AssEvent[] {
  return captions.flatMap((caption, n) => {
    const rows = rowsOf(caption, size, look);
    if (rows.length === 0) return [];
    const em = TEXT.caption * look.unit;
    const widest = Math.max(...rows.map(widthOf));
    const width = widest * 1.04 + em * 1.8;
    const textHeight = rows.reduce((sum, row) => sum + heightOf(row), 0);
    const height = textHeight + em * 0.86;
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
    let below = top + (height - textHeight) / 2;
    const texts = rows.map((row): AssEvent => {
      const middle = below + heightOf(row) / 2;
      below += heightOf(row);
      const colour = (of: string): string => `\\1c${assColour(of)}`;
      const lead = row.lead === undefined ? '' : `${colour(look.colours.accent)}}${assText(row.lead)}   {`;
      return {
        layer: LAYER.text,
        ...times,
        body:
          `{\\an5\\pos(${px(size.width / 2)},${px(middle)})${fade}${fontSize(row.em)}\\b${row.isBold ? 1 : 0}` +
          `${lead}${colour(row.colour)}}${assText(row.text)}`,
      };
    });
    return [box, ...texts];
  });
}

function rowsOf({ heading, text }: Caption, size: FrameSize, look: FilmLook): Row[] {
  const em = TEXT.caption * look.unit;
  const rows: Row[] = [];
  const title = drawableLine(heading?.title ?? '');
  if (title !== '') {
    const lead = drawableLine(heading?.eyebrow ?? '', 60);
    const style = { em, colour: look.colours.text, isBold: true };
    const leadWidth = lead === '' ? 0 : textWidth(`${lead}   `, em);
    wrapText(title, em * BOLD, size.width * 0.72 - leadWidth, 2).forEach((line, n) =>
      rows.push({ text: line, ...style, ...(n === 0 && lead !== '' && { lead }) }),
    );
  }
  if (drawableLine(text) !== '') {
    const small = title === '' ? em : em * 0.9;
    const colour = title === '' ? look.colours.text : look.colours.muted;
    for (const line of wrapText(drawableLine(text), small, size.width * 0.72, 2))
      rows.push({ text: line, em: small, colour, isBold: false });
  }
  return rows;
}

const heightOf = ({ em }: Row): number => em * 1.34;

const widthOf = ({ text, lead, em, isBold }: Row): number =>
  textWidth(text, em * (isBold ? BOLD : 1)) + (lead === undefined ? 0 : textWidth(`${lead}   `, em));

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const px = (value: number): string => value.toFixed(1);
