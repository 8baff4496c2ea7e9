import { assColour, assText, type AssEvent } from './ass-document';
import { drawableLine } from './drawable-line';
import { fontSize, type FilmLook } from './film-look';
import type { Schedule } from './schedule.types';
import type { Stage } from './stage';
import { themeOf } from './themes';
import { wrapText } from './text-measure';

const LAYER = 0;

/** What is written around the page and never changes: the film's title in the window's bar, the brand's name on the background. */
export function windowEvents(
  { timeline, durationMs, size }: Schedule,
  stage: Stage,
  look: FilmLook,
): AssEvent[] {
  const { window, bar } = stage;
  const { bar: colours } = themeOf(timeline.theme, timeline.look);
  const times = { layer: LAYER, startMs: 0, endMs: durationMs };
  const em = bar * 0.34;
  const [title] = bar === 0 ? [] : wrapText(drawableLine(timeline.title), em, window.width * 0.44, 1);
  const logo = drawableLine(timeline.look.logoText ?? '', 60);
  const margin = 26 * look.unit;
  // Above an upright film's window, else in the corner; without a background nothing is written on the page.
  const hasRoom = window.y > 40 * look.unit;
  const logoY = hasRoom ? window.y / 2 : size.height - (size.height - window.y - window.height) / 2;
  const text = (x: number, y: number, line: string, style: string): AssEvent => ({
    ...times,
    body: `{${style}\\pos(${x.toFixed(1)},${y.toFixed(1)})}${assText(line)}`,
  });
  return [
    ...(title === undefined
      ? []
      : [
          text(
            window.x + window.width / 2,
            window.y + bar / 2,
            title,
            `\\an5${fontSize(em)}\\1c${assColour(colours.text)}`,
          ),
        ]),
    ...(logo === '' || stage.isWhole
      ? []
      : [
          text(
            ...([window.x + margin * 0.2, logoY, logo] as const),
            `\\an4${fontSize((hasRoom ? 24 : 15) * look.unit)}\\b1\\1c${assColour(look.onBackground)}`,
          ),
        ]),
  ];
}
