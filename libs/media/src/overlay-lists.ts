import type { Box } from '@showrunner/contracts';
import { assColour, assText, type AssEvent } from './ass-document';
import { roundedRectangle } from './ass-shapes';
import { cameraStills } from './camera-stills';
import type { Camera } from './camera';
import { alpha, fontSize } from './film-look';
import type { OpenList } from './open-lists';
import { chosenAt } from './pointer-track';
import { wrapText } from './text-measure';

/** What comes later is drawn over it. */
const LAYER = 2;
/** As browsers draw them, whatever the page's colours. */
const COLOURS = {
  paper: '#ffffff',
  edge: '#b4b9c2',
  text: '#1d2129',
  chosen: '#1a66d0',
  chosenText: '#ffffff',
};

/** Lists while they are open, as a browser draws them; they go along where the camera goes. */
export function listEvents(lists: readonly OpenList[], camera: Camera, clip: string): AssEvent[] {
  return lists.flatMap((list) => {
    const chosenMs = chosenAt(list);
    const parts = [
      { startMs: list.openMs, endMs: chosenMs, row: list.from },
      { startMs: chosenMs, endMs: list.closeMs, row: list.to },
    ];
    return parts.flatMap(({ row, ...part }) =>
      cameraStills(part, camera).flatMap((span) => {
        const toFilm = (box: Box): Box => camera.boxToFilm(box, span.startMs);
        return shapes(list, row, toFilm, clip).map((event) => ({ ...event, ...span }));
      }),
    );
  });
}

type Shape = Omit<AssEvent, 'startMs' | 'endMs'>;

function shapes(list: OpenList, chosen: number, toFilm: (box: Box) => Box, clip: string): Shape[] {
  const paper = toFilm(list.box);
  const scale = paper.width / list.box.width;
  const shadow = {
    layer: LAYER,
    body: `{\\an7\\pos(${px(paper.x)},${px(paper.y + 3 * scale)})${clip}\\1c&H000000&\\1a${alpha(0.28)}\\bord0\\blur${px(5 * scale)}\\p1}${roundedRectangle(paper.width, paper.height, 5 * scale)}`,
  };
  const edge = `\\3c${assColour(COLOURS.edge)}\\bord${px(Math.max(1, scale))}`;
  const marked = list.rows[chosen];
  return [
    shadow,
    { layer: LAYER, body: filled(paper, COLOURS.paper, 5 * scale, edge + clip) },
    ...(marked === undefined
      ? []
      : [{ layer: LAYER, body: filled(toFilm(marked.box), COLOURS.chosen, 0, `\\bord0${clip}`) }]),
    ...list.rows.map(({ text, box }, n) => {
      const row = toFilm(box);
      const em = list.em * scale;
      const [line = ''] = wrapText(text, em, row.width - 16 * scale, 1);
      const colour = assColour(n === chosen ? COLOURS.chosenText : COLOURS.text);
      const place = `\\an4\\pos(${px(row.x + 10 * scale)},${px(row.y + row.height / 2)})${clip}`;
      return {
        layer: LAYER,
        body: `{${place}${fontSize(em)}\\b0\\bord0\\1c${colour}}${assText(line)}`,
      };
    }),
  ];
}

const filled = ({ x, y, width, height }: Box, colour: string, radius: number, style: string): string =>
  `{\\an7\\pos(${px(x)},${px(y)})\\1c${assColour(colour)}${style}\\p1}${roundedRectangle(width, height, radius)}`;

const px = (value: number): string => value.toFixed(1);
