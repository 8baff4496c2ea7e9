import type { Box } from '@showrunner/contracts';
import type { CaptionLayout } from '@showrunner/media';
import { meanDifference, pixelsOf, scaled, type Gray } from './gray';
import type { Look, Looked } from './look.types';
import { at, quoted, right, wrong, type Finding } from './outcomes';
import { seenPage } from './seen-page';

/** Pixels that a drawn letter lights at least, at 720p. */
const LETTER_PX = 8;
/** Of a caption's box, so much is its own colour. */
const BOX_SHARE = 0.3;
/** On its way in, after 40 ms and a frame, a caption is seen by so much. */
const COMING = 0.12;

/**
 * A caption is in the picture in the middle of its time, and comes within 40 ms of its begin. `film` is the middle, then three moments around
 * its begin: well before it, 40 ms before it, 40 ms after it.
 */
export function captionFindings(
  { caption: layout, isTimed }: { caption: CaptionLayout; isTimed: boolean },
  pictures: readonly Looked[],
  look: Look & { scale: number },
): Finding[] {
  const [middle, before, early, late] = pictures.map(({ film }) => film);
  if (middle === undefined) return [];
  const box = scaled(layout.box, look.scale);
  const { startMs, endMs } = layout.caption;
  const text = quoted(layout.rows.map((row) => row.text).join(' '));
  const letters = Math.min(
    60,
    layout.rows.reduce((sum, { text: row }) => sum + [...row.replace(/\s/gu, '')].length, 0),
  );
  const { x0, x1, y0, y1 } = pixelsOf(box, middle);
  const half = (look.caption.box + look.caption.text) / 2;
  let [dark, bright] = [0, 0];
  for (let y = y0; y < y1; y += 1)
    for (let at = y * middle.width + x0; at < y * middle.width + x1; at += 1) {
      const luma = middle.data[at] ?? 0;
      if (Math.abs(luma - look.caption.box) < 40) dark += 1;
      if (look.caption.text > look.caption.box ? luma > half : luma < half) bright += 1;
    }
  const isSeen =
    dark >= BOX_SHARE * (x1 - x0) * (y1 - y0) && bright >= letters * LETTER_PX * look.unit * look.unit;
  if (!isSeen) return [wrong('captions', `${text} is not in the picture at ${at((startMs + endMs) / 2)}.`)];
  if (!isTimed || before === undefined || early === undefined || late === undefined)
    return [right('captions')];
  if (movesUnder(box, pictures.slice(1))) return [right('captions')];
  const share = (picture: Gray): number => arrived(picture, { before, middle }, { x0, x1, y0, y1 });
  if (share(early) > COMING)
    return [
      wrong('captions', `${text} is in the picture more than 40 ms before its action at ${at(startMs)}.`),
    ];
  if (share(late) < COMING)
    return [wrong('captions', `${text} comes more than 40 ms after its action at ${at(startMs)}.`)];
  return [right('captions')];
}

/** The page below a caption changes by more than this, in luma: whether the caption comes cannot be told from that. */
const CALM = 2;

/** Whether what the film shows of the page in a box changes from picture to picture. */
function movesUnder(box: Box, pictures: readonly Looked[]): boolean {
  if (pictures.every((one) => isSameView(one, pictures[0]))) return false;
  const [first, ...more] = pictures.flatMap(({ film, pages: [page], place }) =>
    // Around the page nothing moves.
    page === undefined ? [] : [seenPage(page, { ...film, data: blank(film) }, place, box)],
  );
  return first !== undefined && more.some((next) => meanDifference(first, next, box) > CALM);
}

/** The same picture of a take, seen from the same place. */
const isSameView = ({ pages: [page], place: { view } }: Looked, other: Looked | undefined): boolean =>
  page === other?.pages[0] &&
  view.x === other?.place.view.x &&
  view.y === other.place.view.y &&
  view.width === other.place.view.width;

const blank = ({ data }: Gray): Uint8Array => new Uint8Array(data.length);

/** How far a picture is on the way from one to another within some pixels, 0 to 1; what moves besides hardly counts. */
function arrived(
  picture: Gray,
  { before, middle }: { before: Gray; middle: Gray },
  { x0, x1, y0, y1 }: ReturnType<typeof pixelsOf>,
): number {
  let [way, whole] = [0, 0];
  for (let y = y0; y < y1; y += 1)
    for (let at = y * middle.width + x0; at < y * middle.width + x1; at += 1) {
      const from = before.data[at] ?? 0;
      const change = (middle.data[at] ?? 0) - from;
      way += ((picture.data[at] ?? 0) - from) * change;
      whole += change * change;
    }
  return whole === 0 ? 0 : way / whole;
}
