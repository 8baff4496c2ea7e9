import { placements } from '../document/placements';
import type { Timeline } from '../document/timeline';
import { hasDissolve } from '../document/transitions';
import { clipOf, dissolveInto } from './write-clip';
import { chapterMarkers, overlayMarkers } from './write-markers';
import { OWN, type OtioObject, type OtioTimeline } from './otio-schema';

/** Where the file of a take is found, as a URL or a path beside the document. */
export type TakeFiles = (takeId: string) => string;

/**
 * The film as OpenTimelineIO 0.18 reads it: one track of pictures with in, out, speed and dissolves, cards as generators, and a marker for
 * each caption, note, zoom, hidden place and chapter. `metadata.showrunner` holds what it has no word for, so that `fromOtio` gives the same
 * film back. Times are on whole frames. Pure.
 */
export function toOtio(timeline: Timeline, fileOf: TakeFiles = (takeId) => `${takeId}.mkv`): OtioTimeline {
  const { title, aspect, theme, look, pointer, voice, page, runId, version } = timeline;
  return {
    OTIO_SCHEMA: 'Timeline.1',
    name: title,
    metadata: { [OWN]: { version, runId, page, aspect, theme, look, pointer, voice } },
    global_start_time: null,
    tracks: {
      ...composition('Stack.1', 'tracks', [
        { ...composition('Track.1', 'pictures', pictures(timeline, fileOf)), kind: 'Video' },
      ]),
      markers: [...chapterMarkers(timeline), ...overlayMarkers(timeline)],
    },
  };
}

function pictures({ items, takes }: Timeline, fileOf: TakeFiles): OtioObject[] {
  const lengths = new Map(takes.map(({ takeId, durationMs }) => [takeId as string, durationMs]));
  return placements(items).flatMap((placement, n) => {
    const { item } = placement;
    const before = items[n - 1];
    const isDissolved = before !== undefined && hasDissolve(joinedOf(before), joinedOf(item));
    const media = { url: fileOf(item.takeId), durationMs: lengths.get(item.takeId) ?? 0 };
    const clip = clipOf(placement, media);
    return isDissolved ? [dissolveInto(), clip] : [clip];
  });
}

export const joinedOf = ({ kind, clipId, transition }: Timeline['items'][number]) => ({
  ...{ isCard: kind === 'card', clipId, transition },
});

const composition = (schema: string, name: string, children: OtioObject[]): OtioObject => ({
  ...{ OTIO_SCHEMA: schema, name, metadata: {}, source_range: null, effects: [], markers: [], enabled: true },
  children,
});
