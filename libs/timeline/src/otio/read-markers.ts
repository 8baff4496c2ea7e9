import { CalloutSchema, CaptionSchema, BlurSchema, ZoomSchema } from '../document/overlays';
import { FPS, type Span } from '../document/primitives';
import { ChapterSchema, type Chapter, type Timeline } from '../document/timeline';
import { isSameFrame, kindOf, OtioMarkerSchema, OWN, type OtioMarker } from './otio-schema';
import { nameOf, type ReadContext } from './read-clip';

/** A marker, and when it begins on the film's clock. */
export interface PlacedMarker {
  marker: OtioMarker;
  startMs: number;
  /** Of the film: shorter than the marker where it lies on a clip that is played faster. */
  durationMs: number;
}

/** What markers of a document say. */
export type Marked = Pick<Timeline, 'captions' | 'callouts' | 'zooms' | 'blurs'> & {
  /** Null where none of ours is left: the chapters are as they were. */
  chapters: Chapter[] | null;
};

/**
 * What is laid over a film of `filmMs`: ours as they were, moved and reworded as the document says; one of somebody else that lasts and says
 * something is a caption. Others are named as lost.
 */
export function readMarkers(
  placed: readonly PlacedMarker[],
  filmMs: number,
  { base, lose }: ReadContext,
): Marked {
  const marked: Marked = { captions: [], callouts: [], zooms: [], blurs: [], chapters: null };
  let foreign = 0;
  for (const one of placed) {
    const { marker } = one;
    const what = nameOf(marker, 'marker');
    const own = marker.metadata[OWN];
    const kind = typeof own === 'object' && own !== null && 'kind' in own ? own.kind : null;
    if (kind === 'chapter') {
      const chapter = ChapterSchema.safeParse(own);
      const isOurs = chapter.success && isChapterOf(base, chapter.data);
      if (isOurs) marked.chapters = [...(marked.chapters ?? []), chapter.data];
      else lose(what, 'It is a chapter of another film.');
      continue;
    }
    const span = spanOf(one, own, filmMs);
    if (span === null) lose(what, 'It is behind the end of the film.');
    else if (kind === 'caption' || kind === 'callout') {
      const text = { ...(marker.comment !== '' && { text: marker.comment }) };
      const made = { ...(own as object), ...text, ...span };
      const read = kind === 'caption' ? CaptionSchema.safeParse(made) : CalloutSchema.safeParse(made);
      if (!read.success) lose(what, 'It is not as it was written.');
      else if ('at' in read.data) marked.callouts.push(read.data);
      else marked.captions.push(read.data);
    } else if (kind === 'zoom' || kind === 'blur') {
      const made = { ...(own as object), ...span };
      const read = kind === 'zoom' ? ZoomSchema.safeParse(made) : BlurSchema.safeParse(made);
      if (!read.success) lose(what, 'It is not as it was written.');
      else if ('focus' in read.data) marked.zooms.push(read.data);
      else marked.blurs.push(read.data);
    } else {
      const text = (marker.comment === '' ? marker.name : marker.comment).slice(0, 500);
      const isRead = span.endMs - span.startMs > 1500 / FPS && text.trim() !== '';
      if (isRead) marked.captions.push({ id: `otio-caption-${++foreign}`, ...span, text, avoid: [] });
      else lose(what, 'It is a moment, or says nothing: what lasts and says something is a caption.');
    }
  }
  return {
    ...marked,
    captions: apart(marked.captions, 'caption', lose),
    zooms: apart(marked.zooms, 'zoom', lose),
  };
}

const isChapterOf = ({ chapters, items }: Timeline, { clipId }: Chapter): boolean =>
  [...chapters, ...items].some((one) => one.clipId === clipId);

/** As exact as it was written where the document says the same; null for what is not in the film. */
function spanOf({ startMs, durationMs }: PlacedMarker, own: unknown, filmMs: number): Span | null {
  const was = own as Partial<Span> | undefined;
  const wasMs =
    typeof was?.endMs === 'number' && typeof was.startMs === 'number' ? was.endMs - was.startMs : null;
  const isThere = typeof was?.startMs === 'number' && isSameFrame(was.startMs, startMs);
  const lasts = wasMs !== null && isSameFrame(wasMs, durationMs) ? wasMs : durationMs;
  const from = isThere ? (was.startMs ?? startMs) : startMs;
  const to = isThere && lasts === wasMs ? (was.endMs ?? from + lasts) : Math.min(filmMs, from + lasts);
  return from < 0 || to - from < 1 || to > filmMs + 1000 / FPS ? null : { startMs: from, endMs: to };
}

/** Two at one time are not to be read: the one that begins later is left out. */
function apart<One extends Span & { id: string }>(
  all: readonly One[],
  what: string,
  lose: ReadContext['lose'],
): One[] {
  const sorted = [...all].sort((a, b) => a.startMs - b.startMs);
  const kept: One[] = [];
  for (const one of sorted) {
    const before = kept.at(-1);
    if (before === undefined || one.startMs >= before.endMs - 1) kept.push(one);
    else lose(`${what} “${one.id}”`, `It overlaps with “${before.id}”.`);
  }
  return kept;
}

/** Markers of a list, as far as they are such. */
export function markersOf(all: readonly unknown[], lose: ReadContext['lose']): OtioMarker[] {
  return all.flatMap((one) => {
    const marker = kindOf(one) === 'Marker' ? OtioMarkerSchema.safeParse(one) : null;
    if (marker?.success === true) return [marker.data];
    lose('marker', 'It is not as OpenTimelineIO writes one.');
    return [];
  });
}
