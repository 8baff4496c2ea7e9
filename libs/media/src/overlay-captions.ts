import type { Box, FrameSize } from '@showrunner/contracts';
import { overlaps, type Caption } from '@showrunner/timeline';
import { assColour, assText, type AssEvent } from './ass-document';
import { drawableLine } from './drawable-line';
import { roundedRectangle } from './ass-shapes';
import { TEXT, alpha, fontSize, type FilmLook } from './film-look';

import { textWidth, wrapText } from './text-measure';

const LAYER = { box: 3, text: 4 };
const FADE_MS = 120;
/** Pixels at 720p between a caption and the edge of a window. */
const FROM_EDGE = 22;
/** Of a caption's box; a light edge tells it from a page as dark as itself. */
const BOX = { opacity: 0.92, edge: 1.4, edgeColour: '#ffffff', edgeOpacity: 0.22 } as const;
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

/** A caption with the places of the picture that it should not cover. */
export type PlacedCaption = Omit<Caption, 'id' | 'avoid'> & { boxes: Box[] };

/** Where captions may stand: the picture, the page in it, and a free stretch below the page where there is one. */
export interface CaptionRoom {
  size: FrameSize;
  page: Pick<Box, 'y' | 'height'>;
  below: { fromY: number; toY: number } | null;
}

/** A caption as it is drawn: where its box stands in the film's picture, and its rows. */
export interface CaptionLayout {
  caption: PlacedCaption;
  box: Box;
  rows: Row[];
  textHeight: number;
}

/**
 * Where captions stand: near the lower edge; near the upper one where that covers less of what matters. Those without anything to read are
 * left out.
 */
export function captionLayouts(
  captions: PlacedCaption[],
  { size, page, below }: CaptionRoom,
  look: FilmLook,
): CaptionLayout[] {
  return captions.flatMap((caption) => {
    const rows = rowsOf(caption, size, look);
    if (rows.length === 0) return [];
    const em = TEXT.caption * look.unit;
    const widest = Math.max(...rows.map(widthOf));
    const width = widest * 1.04 + em * 1.8;
    const textHeight = rows.reduce((sum, row) => sum + heightOf(row), 0);
    const height = textHeight + em * 0.86;
    const left = (size.width - width) / 2;
    // Upon the edge of a window they would look as if they hung from it.
    const gap = FROM_EDGE * look.unit;
    const lower = Math.min(size.height * 0.945, page.y + page.height - gap) - height;
    const upper = Math.max(size.height * 0.055, page.y + gap);
    const covered = (y: number) =>
      caption.boxes.filter((box) => overlaps(box, { x: left, y, width, height })).length;
    const free = below === null ? null : below.fromY + (below.toY - below.fromY - height) / 2;
    const top =
      free !== null && below !== null && free >= below.fromY
        ? free
        : covered(upper) < covered(lower)
          ? upper
          : lower;
    return [{ caption, box: { x: left, y: top, width, height }, rows, textHeight }];
  });
}

/** Captions burned in: a dark rounded box. The feature's title, where it has no card, stands above what is done. */
export function captionEvents(captions: PlacedCaption[], room: CaptionRoom, look: FilmLook): AssEvent[] {
  return captionLayouts(captions, room, look).flatMap(({ caption, box: place, rows, textHeight }) => {
    const n = captions.indexOf(caption);
    const joins = captions[n - 1]?.endMs === caption.startMs;
    const fade = `\\fad(${joins ? 0 : FADE_MS},${captions[n + 1]?.startMs === caption.endMs ? 0 : FADE_MS})`;
    const times = { startMs: caption.startMs, endMs: caption.endMs };
    const box: AssEvent = {
      layer: LAYER.box,
      ...times,
      body:
        `{\\an7\\pos(${px(place.x)},${px(place.y)})${fade}\\1c${assColour(look.colours.card)}\\1a${alpha(BOX.opacity)}` +
        `\\bord${(BOX.edge * look.unit).toFixed(2)}\\3c${assColour(BOX.edgeColour)}\\3a${alpha(BOX.edgeOpacity)}\\p1}` +
        roundedRectangle(place.width, place.height, 12 * look.unit),
    };
    let rowTop = place.y + (place.height - textHeight) / 2;
    const texts = rows.map((row): AssEvent => {
      const middle = rowTop + heightOf(row) / 2;
      rowTop += heightOf(row);
      const colour = (of: string): string => `\\1c${assColour(of)}`;
      const lead = row.lead === undefined ? '' : `${colour(look.colours.accent)}}${assText(row.lead)}   {`;
      return {
        layer: LAYER.text,
        ...times,
        body:
          `{\\an5\\pos(${px(room.size.width / 2)},${px(middle)})${fade}${fontSize(row.em)}\\b${row.isBold ? 1 : 0}` +
          `${lead}${colour(row.colour)}}${assText(row.text)}`,
      };
    });
    return [box, ...texts];
  });
}

function rowsOf({ heading, text }: PlacedCaption, size: FrameSize, look: FilmLook): Row[] {
  const em = TEXT.caption * look.unit;
  const rows: Row[] = [];
  const title = drawableLine(heading?.title ?? '');
  if (title !== '') {
    const lead = drawableLine(heading?.eyebrow ?? '', 60);
    const style = { em, colour: look.colours.text, isBold: true };
    const leadWidth = lead === '' ? 0 : textWidth(`${lead}   `, em);
    wrapText(title, em * BOLD, widthFor(size) - leadWidth, mostLines(size)).forEach((line, n) =>
      rows.push({ text: line, ...style, ...(n === 0 && lead !== '' && { lead }) }),
    );
  }
  if (drawableLine(text) !== '') {
    const small = title === '' ? em : em * 0.9;
    const colour = title === '' ? look.colours.text : look.colours.muted;
    for (const line of wrapText(drawableLine(text), small, widthFor(size), mostLines(size)))
      rows.push({ text: line, em: small, colour, isBold: false });
  }
  return rows;
}

/** Of a line; an upright film has less to spare. */
const widthFor = ({ width, height }: FrameSize): number => width * (height > width * 1.2 ? 0.86 : 0.72);

const mostLines = ({ width, height }: FrameSize): number => (height > width * 1.2 ? 3 : 2);

const heightOf = ({ em }: Row): number => em * 1.34;

const widthOf = ({ text, lead, em, isBold }: Row): number =>
  textWidth(text, em * (isBold ? BOLD : 1)) + (lead === undefined ? 0 : textWidth(`${lead}   `, em));

const px = (value: number): string => value.toFixed(1);
