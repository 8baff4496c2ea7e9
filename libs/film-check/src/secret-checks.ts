import type { Box, CoveredSpan } from '@showrunner/contracts';
import { isCard, type Schedule } from '@showrunner/media';
import { onPage, overlaps } from '@showrunner/timeline';
import { pixelsOf, type Gray } from './gray';
import type { Look } from './look.types';
import { at, right, wrong, type Finding } from './outcomes';
import type { Shot } from './probes';

/** So far within its time a place is surely covered: what was seen and what the page told of it differ by less, ms. */
const MARGIN_MS = 120;
/** The longest ones are looked at; each at its beginning, in its middle and at its end. */
const MOST_SPANS = 60;
/** Strokes of letters go from light to dark and back by so much luma. */
const STROKE = 28;
/** More turns than this in a row of pixels are writing: the ends of a bar, a pointer and a caret make fewer. */
const TURNS = 8;
/** In so many rows, px at 720p. */
const ROWS = 3;

/** Pictures of the film that show a place at which a secret would be read. */
export interface SecretProbe {
  box: Box;
  shots: Shot[];
}

/** @param covered what the takes tell, by take id */
export function secretProbes(
  covered: ReadonlyMap<string, readonly CoveredSpan[]>,
  { segments, timeline }: Schedule,
  shotAt: (ms: number) => Shot,
): SecretProbe[] {
  const shown = segments.flatMap((segment) => {
    if (isCard(segment)) return [];
    const { startMs, endMs, sourceMs, kind, speed = 1 } = segment;
    const lengthMs = kind === 'hold' ? 0 : (endMs - startMs) * speed;
    return (covered.get(segment.takeId) ?? []).flatMap((span) => {
      const [fromMs, toMs] = [
        Math.max(span.fromMs + MARGIN_MS, sourceMs),
        Math.min(span.toMs - MARGIN_MS, sourceMs + lengthMs),
      ];
      const box = onPage(span.box, timeline.page);
      if (box === null || fromMs > toMs) return [];
      const toFilm = (ms: number): number => startMs + (kind === 'hold' ? 0 : (ms - sourceMs) / speed);
      const end = kind === 'hold' ? endMs : toFilm(toMs);
      return [{ box, startMs: toFilm(fromMs), endMs: Math.max(toFilm(fromMs), end - 70) }];
    });
  });
  return shown
    .sort((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs))
    .slice(0, MOST_SPANS)
    .map(({ box, startMs, endMs }) => {
      const shots = [startMs, (startMs + endMs) / 2, endMs].map(shotAt);
      return {
        box,
        shots: shots.filter(({ frame }, n) => shots.findIndex((one) => one.frame === frame) === n),
      };
    });
}

/** Where a secret would be read, nothing can be: no row of the picture has the strokes of letters. */
export function secretFindings(
  { box: place, atMs }: { box: Box; atMs: number },
  film: Gray,
  look: Look,
): Finding[] {
  const box = look.boxToFilm(place, atMs);
  const { content } = look;
  const isInView = overlaps(box, content);
  // What is written there then is the film's own.
  const isDrawnOver = look.captionsAt(atMs).some((one) => overlaps(one, box));
  if (!isInView || isDrawnOver) return [];
  const rows = writtenRows(film, box);
  const { x, y } = place;
  return [
    rows < Math.max(2, Math.round(ROWS * look.unit))
      ? right('secrets')
      : wrong(
          'secrets',
          `What is secret at ${Math.round(x)},${Math.round(y)} of the page can be read at ${at(atMs)}.`,
        ),
  ];
}

/** How many rows of a box turn from light to dark and back as often as writing does. */
function writtenRows({ data, width, height }: Gray, box: Box): number {
  const { x0, x1, y0, y1 } = pixelsOf(box, { width, height });
  let rows = 0;
  for (let y = y0; y < y1; y += 1) {
    let [turns, extreme, way] = [0, data[y * width + x0] ?? 0, 0];
    for (let x = x0 + 1; x < x1; x += 1) {
      const luma = data[y * width + x] ?? 0;
      const by = luma - extreme;
      if (way !== 0 && by * way > 0) extreme = luma;
      else if (Math.abs(by) >= STROKE) {
        turns += 1;
        [way, extreme] = [Math.sign(by), luma];
      }
    }
    if (turns > TURNS) rows += 1;
  }
  return rows;
}
