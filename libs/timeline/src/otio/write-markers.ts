import { placements } from '../document/placements';
import type { Span } from '../document/primitives';
import type { Chapter, Timeline } from '../document/timeline';
import { OWN, timeRange, type OtioObject } from './otio-schema';

/** What a marker of ours stands for. */
export type MarkedKind = 'chapter' | 'caption' | 'callout' | 'zoom' | 'blur';

/** Colours of OpenTimelineIO, so that an editing program tells the kinds apart. */
const COLOURS: Record<MarkedKind, string> = {
  chapter: 'CYAN',
  caption: 'YELLOW',
  callout: 'ORANGE',
  zoom: 'GREEN',
  blur: 'RED',
};

/** What is laid over the film, on the film's clock, in the order of the document. */
export const overlayMarkers = ({ captions, callouts, zooms, blurs }: Timeline): OtioObject[] => [
  ...captions.map((caption) =>
    marker('caption', caption, { name: caption.heading?.title ?? '', comment: caption.text, own: caption }),
  ),
  ...callouts.map((callout) => marker('callout', callout, { comment: callout.text, own: callout })),
  ...zooms.map((zoom) => marker('zoom', zoom, { own: zoom })),
  ...blurs.map((blur) => marker('blur', blur, { own: blur })),
];

/** Chapters from the first to the last of their items; one without items is a moment at the begin. */
export function chapterMarkers({ chapters, items }: Timeline): OtioObject[] {
  const spans = new Map<string, Span>();
  for (const { item, startMs, endMs } of placements(items)) {
    const before = spans.get(item.clipId);
    spans.set(item.clipId, { startMs: before?.startMs ?? startMs, endMs });
  }
  return chapters.map((chapter: Chapter) => {
    const { title, description, clipId } = chapter;
    const span = spans.get(clipId) ?? { startMs: 0, endMs: 0 };
    return marker('chapter', span, { name: title, comment: description, own: chapter });
  });
}

function marker(
  kind: MarkedKind,
  { startMs, endMs }: Span,
  { name = '', comment = '', own }: { name?: string; comment?: string; own: object },
): OtioObject {
  return {
    OTIO_SCHEMA: 'Marker.2',
    name: name === '' ? (comment === '' ? kind : comment) : name,
    metadata: { [OWN]: { kind, ...own } },
    color: COLOURS[kind],
    comment,
    marked_range: timeRange(startMs, endMs - startMs),
  };
}
