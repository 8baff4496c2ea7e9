import type { FrameSize } from '@showrunner/contracts';
import { captionPlaces, pointOf, type FilmView, type Schedule } from '@showrunner/media';
import { scaled } from './gray';
import type { Look } from './look.types';

/** Letters and pointers are found as well in pictures whose shorter side is no longer than this. */
const LONGEST_SHORT_SIDE = 720;

/** The size in which a film is looked at. */
export function lookSize({ width, height }: FrameSize): FrameSize {
  const by = Math.min(1, LONGEST_SHORT_SIDE / Math.min(width, height));
  return { width: 2 * Math.round((width * by) / 2), height: 2 * Math.round((height * by) / 2) };
}

/** Where things stand in pictures of `lookSize`. */
export function lookOf(
  schedule: Schedule,
  { camera, stage, theme }: FilmView,
): Omit<Look, 'isEdited'> & { scale: number } {
  const { timeline, size } = schedule;
  const scale = lookSize(size).height / size.height;
  const captions = captionPlaces(schedule, { camera, stage, theme });
  const upright = size.height > size.width * 1.2 ? 1.1 : 1;
  return {
    scale,
    content: scaled(stage.content, scale),
    unit: ((Math.min(size.width, size.height) * scale) / 720) * upright,
    accent: lumaOfColour(theme.colours.accent),
    caption: { box: lumaOfColour(theme.colours.card), text: lumaOfColour(theme.colours.text) },
    hasPointer: timeline.pointer.style !== 'none',
    hasClicks: timeline.pointer.clicks,
    boxToFilm: (place, ms) => scaled(camera.boxToFilm(place, ms), scale),
    pointToFilm: (place, ms) => {
      const { x, y } = camera.toFilm(pointOf(place, timeline.page), ms);
      return { x: x * scale, y: y * scale };
    },
    scaleAt: (ms) => stage.content.width / camera.viewAt(ms).width,
    captionsAt: (ms) =>
      captions
        .filter(({ caption }) => ms >= caption.startMs - 40 && ms <= caption.endMs + 40)
        .map(({ box }) => scaled(box, scale)),
    blursAt: (ms) =>
      timeline.blurs
        .filter(({ startMs, endMs }) => ms >= startMs - 40 && ms <= endMs + 40)
        .map(({ box }) => scaled(camera.boxToFilm(box, ms), scale)),
  };
}

/** Luma of `#rrggbb` in limited range of BT.709. */
function lumaOfColour(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16));
  return 16 + ((0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)) * 219) / 255;
}
