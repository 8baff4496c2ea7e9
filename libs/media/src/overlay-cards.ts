import { assColour, assText, type AssEvent } from './ass-document';
import { DIM, FADE_IN_MS, FADE_OUT_MS, steadyDim } from './card-dim';
import { drawableLine } from './drawable-line';
import { rectangle, roundedRectangle } from './ass-shapes';
import { TEXT, alpha, fontSize, type FilmLook } from './film-look';

import { wrapText } from './text-measure';
import { FPS, isCard, type Chapter, type Segment, type Timeline } from './timeline.types';

const LAYER = { dim: 0, text: 1 };
/** Text is gone before the picture is bright again: light text on a light page reads as a fault. */
const TEXT_LEAVES_MS = 110;

/** Opening card and the title card of each feature. */
export function cardEvents(timeline: Timeline, look: FilmLook): AssEvent[] {
  return timeline.segments.flatMap((segment, n) => {
    const chapter = timeline.chapters.findIndex(({ clipId }) => clipId === segment.clipId);
    const found = timeline.chapters[chapter];
    if (found === undefined) return [];
    if (!isCard(segment)) return [];
    return [
      ...dimFades(timeline, n, look),
      ...(segment.kind === 'opening'
        ? openingCard(timeline, segment, look)
        : titleCard(timeline, segment, found, chapter, look)),
    ];
  });
}

function openingCard(timeline: Timeline, segment: Segment, look: FilmLook): AssEvent[] {
  const names = timeline.chapters.map(({ title }) => drawableLine(title)).join('   ·   ');
  return textBlock(timeline, segment, look, [
    { text: timeline.title, em: TEXT.filmTitle, colour: look.colours.text, bold: true, lines: 2 },
    { text: names, em: TEXT.body, colour: look.colours.muted, bold: false, lines: 2 },
  ]);
}

function titleCard(
  timeline: Timeline,
  segment: Segment,
  chapter: Chapter,
  number: number,
  look: FilmLook,
): AssEvent[] {
  return [
    ...textBlock(timeline, segment, look, [
      {
        text: `${number + 1} / ${timeline.chapters.length}`,
        em: TEXT.eyebrow,
        colour: look.colours.accent,
        bold: true,
        lines: 1,
      },
      { text: chapter.title, em: TEXT.title, colour: look.colours.text, bold: true, lines: 2 },
      { text: chapter.description, em: TEXT.body, colour: look.colours.muted, bold: false, lines: 2 },
    ]),
    ...progress(timeline, segment, number, look),
  ];
}

/** The card's dim while it comes and goes; between them the picture itself is dark. */
function dimFades(timeline: Timeline, n: number, look: FilmLook): AssEvent[] {
  const { width, height } = timeline.size;
  const segment = timeline.segments[n];
  if (segment === undefined) return [];
  const { fromMs, toMs } = steadyDim(segment, {
    before: timeline.segments[n - 1],
    after: timeline.segments[n + 1],
  });
  // Half a frame early, so that rounding to hundredths of a second never moves a fade into the neighbouring frame.
  const early = 500 / FPS;
  const event = (startMs: number, endMs: number, fade: string): AssEvent => ({
    layer: LAYER.dim,
    startMs,
    endMs,
    body: `{\\an7\\pos(0,0)\\fad(${fade})\\1c${assColour(look.colours.slate)}\\1a${alpha(DIM)}\\p1}${rectangle(width, height)}`,
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
}

/** Left-aligned lines, centred as a block, with an accent bar at their left; they rise a little as they come. */
function textBlock(timeline: Timeline, segment: Segment, look: FilmLook, wanted: TextLine[]): AssEvent[] {
  const { width, height } = timeline.size;
  const left = width * 0.1;
  const lines = wanted
    .filter(({ text }) => drawableLine(text) !== '')
    .flatMap((line) => {
      const em = line.em * look.unit;
      const wrapped = wrapText(
        drawableLine(line.text),
        em * (line.bold ? 1.07 : 1),
        width * 0.76,
        line.lines,
      );
      return wrapped.map((text, n) => ({
        ...line,
        text,
        em,
        advance: em * 1.32,
        space: n === 0 ? em * 0.34 : 0,
      }));
    });
  const total = lines.reduce((sum, line, n) => sum + line.advance + (n === 0 ? 0 : line.space), 0);
  let top = (height - total) / 2;
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
function progress(timeline: Timeline, segment: Segment, number: number, look: FilmLook): AssEvent[] {
  const count = timeline.chapters.length;
  if (count < 2) return [];
  const left = timeline.size.width * 0.1;
  const gap = 8 * look.unit;
  const width = Math.min(64 * look.unit, (timeline.size.width * 0.8 - gap * (count - 1)) / count);
  return timeline.chapters.map((_, n) => ({
    layer: LAYER.text,
    startMs: segment.startMs,
    endMs: segment.endMs - TEXT_LEAVES_MS,
    body:
      `{\\an7\\pos(${px(left + n * (width + gap))},${px(timeline.size.height * 0.86)})\\fad(200,160)` +
      `\\1c${assColour(n <= number ? look.colours.accent : look.colours.track)}\\p1}${roundedRectangle(width, 4 * look.unit, 2 * look.unit)}`,
  }));
}

const px = (value: number): string => value.toFixed(1);
