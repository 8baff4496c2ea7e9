import { assDocument } from './ass-document';
import { filmCaptions } from './film-captions';
import { filmLook } from './film-look';
import { captionEvents } from './overlay-captions';
import { cardEvents } from './overlay-cards';
import { pointerEvents } from './overlay-pointer';
import { pointerTracks } from './pointer-track';
import { FPS, type FilmedAction, type Timeline } from './timeline.types';

/** Everything drawn over the footage, as one ASS document in the video's pixels. Captions and titles are hostile text and are escaped. */
export function buildOverlay(timeline: Timeline, actions: FilmedAction[], font?: string, fps = FPS): string {
  const look = filmLook(timeline.size, font);
  return assDocument(timeline.size, look.font, [
    ...cardEvents(timeline, look),
    ...captionEvents(filmCaptions(timeline, actions), timeline.size, look),
    ...pointerEvents(pointerTracks(timeline, actions), look, fps),
  ]);
}
