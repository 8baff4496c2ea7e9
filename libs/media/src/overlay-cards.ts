import type { Box } from '@showrunner/contracts';
import { FPS, type Card } from '@showrunner/timeline';
import { assColour, assText, type AssEvent } from './ass-document';
import { DIM, FADE_IN_MS, FADE_OUT_MS, steadyDim } from './card-dim';
import { drawableLine } from './drawable-line';
import { roundedRectangle } from './ass-shapes';
import { TEXT, alpha, fontSize, type FilmLook } from './film-look';

import { wrapList, wrapText } from './text-measure';
import { isCard, type Schedule, type Segment } from './schedule.types';

const LAYER = { dim: 0, text: 1 };
/** Text is gone before the picture is bright again: light text on a light page reads as a fault. */
const TEXT_LEAVES_MS = 110;

/** Opening card and the title card of each feature. */
export function cardEvents({ segments }: Schedule, area: CardArea, look: FilmLook): AssEvent[] {
  return segments.flatMap((segment, n) =>
    isCard(segment) && segment.card !== undefined
      ? [...dimFades(segments, n, area, look), ...cardText(segment.card, segment, area, look)]
      : [],
  );
}

/** Where the page is seen. */
export interface CardArea {
  box: Box;
  /** Of its lower and upper corners. */
  radius: number;
  upperRadius: number;
}

function cardText(card: Card, segment: Segment, area: CardArea, look: FilmLook): AssEvent[] {
  const { accent, text, muted } = look.colours;
  const { progress } = card;
  const number = progress === undefined ? '' : `${progress.number} / ${progress.of}`;
  const isList = card.card === 'opening';
  const em = isList ? TEXT.filmTitle : TEXT.title;
  return [
    ...textBlock(segment, area, look, [
      { text: number, em: TEXT.eyebrow, colour: accent, bold: true, lines: 1 },
      { text: card.title, em, colour: text, bold: true, lines: 2 },
      { text: card.body, em: TEXT.body, colour: muted, bold: false, lines: bodyLines(area.box), isList },
    ]),
    ...(progress === undefined ? [] : progressBars(segment, progress, area, look)),
  ];
}

/** Where lines are short there is room for more of them. */
const bodyLines = ({ width, height }: Box): number => (width > height * 1.2 ? 2 : 4);

/** The card's dim while it comes and goes; between them the picture itself is dark. */
function dimFades(segments: readonly Segment[], n: number, area: CardArea, look: FilmLook): AssEvent[] {
  const { x, y, width, height } = area.box;
  const segment = segments[n];
  if (segment === undefined) return [];
  const { fromMs, toMs } = steadyDim(segment, { before: segments[n - 1], after: segments[n + 1] });
  // Half a frame early, so that rounding to hundredths of a second never moves a fade into the neighbouring frame.
  const early = 500 / FPS;
  const event = (startMs: number, endMs: number, fade: string): AssEvent => ({
    layer: LAYER.dim,
    startMs,
    endMs,
    body: `{\\an7\\pos(${px(x)},${px(y)})\\fad(${fade})\\1c${assColour(look.colours.slate)}\\1a${alpha(DIM)}\\p1}${roundedRectangle(width, height, area.radius, area.upperRadius)}`,
  });
  return [
    ...(fromMs > segment.startMs ? [event(segment.startMs, fromMs - early, `${FADE_IN_MS},0`)] : []),
    ...(toMs < segment.endMs ? [event(toMs - early, segment.endMs, `0,${FADE_OUT_MS}`)] : []),
  ];
}

interface TextLine {
  text: string;
  em: number;
  colour: string;
  bold: boolean;
  lines: number;
  /** Parts with a middle dot between. */
  isList?: boolean;
}

/** Left-aligned lines, centred as a block, with an accent bar at their left; they rise a little as they come. */
function textBlock(segment: Segment, { box }: CardArea, look: FilmLook, wanted: TextLine[]): AssEvent[] {
  const { width, height } = box;
  const left = box.x + width * 0.1;
  const lines = wanted
    .filter(({ text }) => drawableLine(text) !== '')
    .flatMap((line) => {
      const em = line.em * look.unit;
      const wrap = line.isList === true ? wrapList : wrapText;
      const wrapped = wrap(drawableLine(line.text), em * (line.bold ? 1.07 : 1), width * 0.76, line.lines);
      return wrapped.map((text, n) => ({
        ...line,
        text,
        em,
        advance: em * 1.32,
        space: n === 0 ? em * 0.34 : 0,
      }));
    });
  const total = lines.reduce((sum, line, n) => sum + line.advance + (n === 0 ? 0 : line.space), 0);
  let top = box.y + (height - total) / 2;
  const events: AssEvent[] = [accentBar(segment, look, left - 26 * look.unit, top, total)];
  lines.forEach((line, n) => {
    if (n > 0) top += line.space;
    const middle = top + line.advance / 2;
    const rise = 10 * look.unit;
    events.push({
      layer: LAYER.text,
      startMs: segment.startMs,
      endMs: segment.endMs - TEXT_LEAVES_MS,
      body:
        `{\\an4\\move(${px(left)},${px(middle + rise)},${px(left)},${px(middle)},0,${320 + n * 40})\\fad(${200 + n * 40},160)` +
        `${fontSize(line.em)}\\b${line.bold ? 1 : 0}\\1c${assColour(line.colour)}}${assText(line.text)}`,
    });
    top += line.advance;
  });
  return events;
}

function accentBar(segment: Segment, look: FilmLook, x: number, y: number, height: number): AssEvent {
  const width = 5 * look.unit;
  return {
    layer: LAYER.text,
    startMs: segment.startMs,
    endMs: segment.endMs - TEXT_LEAVES_MS,
    body: `{\\an7\\pos(${px(x)},${px(y)})\\fad(200,160)\\1c${assColour(look.colours.accent)}\\p1}${roundedRectangle(width, height, width / 2)}`,
  };
}

/** One thin bar a feature at the foot of the card, the ones shown so far in the accent colour. */
function progressBars(
  segment: Segment,
  { number, of: count }: NonNullable<Card['progress']>,
  { box }: CardArea,
  look: FilmLook,
): AssEvent[] {
  if (count < 2) return [];
  const left = box.x + box.width * 0.1;
  const gap = 8 * look.unit;
  const width = Math.min(64 * look.unit, (box.width * 0.8 - gap * (count - 1)) / count);
  return Array.from({ length: count }, (_, n) => ({
    layer: LAYER.text,
    startMs: segment.startMs,
    endMs: segment.endMs - TEXT_LEAVES_MS,
    body:
      `{\\an7\\pos(${px(left + n * (width + gap))},${px(box.y + box.height * 0.86)})\\fad(200,160)` +
      `\\1c${assColour(n < number ? look.colours.accent : look.colours.track)}\\p1}${roundedRectangle(width, 4 * look.unit, 2 * look.unit)}`,
  }));
}

const px = (value: number): string => value.toFixed(1);
