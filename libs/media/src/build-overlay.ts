import type { Timeline } from '@showrunner/timeline';
import { assDocument } from './ass-document';
import type { Camera } from './camera';
import { filmLook } from './film-look';
import {
  captionEvents,
  captionLayouts,
  type CaptionLayout,
  type CaptionRoom,
  type PlacedCaption,
} from './overlay-captions';
import { calloutEvents } from './overlay-callouts';
import { cardEvents } from './overlay-cards';
import { pointerEvents } from './overlay-pointer';
import { windowEvents } from './overlay-window';
import { openLists, type OpenList } from './open-lists';
import { listEvents } from './overlay-lists';
import { pointerTracks } from './pointer-track';
import type { Schedule } from './schedule.types';
import type { Stage } from './stage';
import type { Theme } from './themes';

/** Everything drawn over the footage, as one ASS document in the video's pixels. Captions and titles are hostile text and are escaped. */
export function buildOverlay(
  schedule: Schedule,
  { stage, camera, theme }: { stage: Stage; camera: Camera; theme: Theme },
): string {
  const { timeline, size } = schedule;
  const look = filmLook(size, theme);
  const { content } = stage;
  const corners = [content.x, content.y, content.x + content.width, content.y + content.height].join(',');
  const area = { box: content, radius: stage.radius, upperRadius: stage.bar > 0 ? 0 : stage.radius };
  const drawn = {
    ...{ look, style: timeline.pointer, clip: stage.isWhole ? '' : `\\clip(${corners})` },
    fps: camera.fps,
    toFilm: camera.toFilm.bind(camera),
  };
  const lists = openLists(timeline, camera);
  return assDocument(size, look.font, [
    ...windowEvents(schedule, stage, look),
    ...cardEvents(schedule, area, look),
    ...calloutEvents(timeline.callouts, camera, { size, look, clip: drawn.clip }),
    ...listEvents(lists, camera, drawn.clip),
    ...captionEvents(placedCaptions(timeline, camera, lists), roomOf(stage), look),
    ...pointerEvents(pointerTracks(timeline, lists), drawn),
  ]);
}

/** Where the film's captions stand in its picture, and how. */
export const captionPlaces = (
  { timeline, size }: Schedule,
  { stage, camera, theme }: { stage: Stage; camera: Camera; theme: Theme },
): CaptionLayout[] =>
  captionLayouts(
    placedCaptions(timeline, camera, openLists(timeline, camera)),
    roomOf(stage),
    filmLook(size, theme),
  );

/** Captions keep clear of lists that are open while they are read, too. */
const placedCaptions = (timeline: Timeline, camera: Camera, lists: readonly OpenList[]): PlacedCaption[] =>
  timeline.captions.map((caption) => {
    const { boxes, ...one } = placed(caption, camera);
    const open = lists.filter(({ openMs, closeMs }) => openMs < one.endMs && closeMs > one.startMs);
    return { ...one, boxes: [...boxes, ...open.map(({ box, closeMs }) => camera.boxToFilm(box, closeMs))] };
  });

/** Where a caption's places stand while it is read: at its begin, in its middle and at its end. */
function placed({ avoid, ...caption }: Timeline['captions'][number], camera: Camera): PlacedCaption {
  const { startMs, endMs } = caption;
  const [begin, middle, end] = [startMs, (startMs + endMs) / 2, endMs - 1].map((ms) =>
    avoid.map((box) => camera.boxToFilm(box, ms)),
  );
  const rests =
    JSON.stringify(begin) === JSON.stringify(middle) && JSON.stringify(middle) === JSON.stringify(end);
  return { ...caption, boxes: rests ? (begin ?? []) : [...(begin ?? []), ...(middle ?? []), ...(end ?? [])] };
}

const roomOf = (stage: Stage): CaptionRoom => ({
  ...{ size: stage.size, page: stage.content },
  below: freeBelow(stage),
});

/** The stretch below the window where captions stand without covering the page; null where there is little of it. */
function freeBelow({ window, size }: Stage): { fromY: number; toY: number } | null {
  const fromY = window.y + window.height;
  return size.height - fromY < size.height * 0.15 ? null : { fromY, toY: size.height };
}
