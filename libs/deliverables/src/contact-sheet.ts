import type { FilmOutline, FrameSize, OutlineStep } from '@showrunner/contracts';
import {
  assDocument,
  assText,
  drawableLine,
  fontSize,
  textWidth,
  wrapText,
  filmLook,
} from '@showrunner/media';

/** Pictures of a sheet at most; of a longer film every so many steps are shown. */
export const MOST_PICTURES = 24;
const COLUMNS = 4;
const PICTURE_WIDTH = 420;
const GAP = 24;
/** Room for two lines below each picture. */
const TEXT_HEIGHT = 66;
const EM = 19;

/** One picture of the sheet: what stands below it, and when in the film it is seen. */
export interface SheetPicture {
  atMs: number;
  text: string;
}

/** A picture a step, as it is left behind: just before the next one begins. */
export function sheetPictures({ steps, chapters, fps }: FilmOutline): SheetPicture[] {
  const frameMs = 1000 / fps;
  const shown = steps.map((step, n): SheetPicture => {
    const next = steps[n + 1];
    const endMs = next?.feature === step.feature ? Math.max(step.actMs, next.startMs) : step.endMs;
    return { atMs: Math.max(0, endMs - 2 * frameMs), text: textOf(step, chapters) };
  });
  const every = Math.max(1, Math.ceil(shown.length / MOST_PICTURES));
  return shown.filter((_, n) => (n + 1) % every === 0);
}

const textOf = ({ text, feature }: OutlineStep, chapters: FilmOutline['chapters']): string =>
  text.trim() === '' ? (chapters.find((chapter) => chapter.feature === feature)?.title ?? '') : text;

export interface SheetLayout {
  size: FrameSize;
  picture: FrameSize;
  columns: number;
  rows: number;
  /** ASS document of the texts. */
  texts: string;
}

/** Where pictures and texts of a sheet stand. */
export function sheetLayout(pictures: readonly SheetPicture[], film: FrameSize): SheetLayout {
  const columns = Math.min(COLUMNS, pictures.length);
  const rows = Math.ceil(pictures.length / columns);
  const height = Math.round((PICTURE_WIDTH * film.height) / film.width / 2) * 2;
  const picture = { width: PICTURE_WIDTH, height };
  const size = {
    width: columns * (PICTURE_WIDTH + GAP) + GAP,
    height: rows * (height + TEXT_HEIGHT + GAP) + GAP,
  };
  const look = filmLook(size);
  const events = pictures.flatMap(({ atMs, text }, n) => {
    const x = GAP + (n % columns) * (PICTURE_WIDTH + GAP);
    const y = GAP + Math.floor(n / columns) * (height + TEXT_HEIGHT + GAP) + height + 12;
    const stamp = clock(atMs);
    const lines = wrapText(drawableLine(text), EM, PICTURE_WIDTH - textWidth(`${stamp}   `, EM), 2);
    const at = (left: number, line: number, said: string, colour: string) => ({
      layer: 0,
      startMs: 0,
      endMs: 10_000,
      body: `{\\an7\\pos(${left},${Math.round(y + line * EM * 1.35)})${fontSize(EM)}\\1c${colour}}${assText(said)}`,
    });
    const indent = Math.ceil(textWidth(`${stamp}   `, EM));
    return [
      at(x, 0, stamp, '&HFF9D5B&'),
      ...lines.map((line, row) => at(x + indent, row, line, '&HFFFFFF&')),
    ];
  });
  return { size, picture, columns, rows, texts: assDocument(size, look.font, events) };
}

/** Filters that make the sheet of its pictures, in order; `texts` is the name of the ASS file. */
export function sheetFilter({ size, picture, columns, rows }: SheetLayout, texts: string): string {
  const cell = `${picture.width + GAP}:${picture.height + TEXT_HEIGHT + GAP}`;
  return [
    `scale=${picture.width}:${picture.height}:flags=area`,
    'format=rgb24',
    `pad=${cell}:0:0:color=0x0b1220`,
    `tile=${columns}x${rows}:color=0x0b1220`,
    `pad=${size.width}:${size.height}:${GAP}:${GAP}:color=0x0b1220`,
    `ass=${texts}`,
  ].join(',');
}

function clock(ms: number): string {
  const tenths = Math.floor(ms / 100);
  const seconds = String(Math.floor(tenths / 10) % 60).padStart(2, '0');
  return `${Math.floor(tenths / 600)}:${seconds}.${tenths % 10}`;
}
