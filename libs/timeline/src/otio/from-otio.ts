import { InvalidInputError } from '@showrunner/contracts';
import { z } from 'zod';
import { durationOf } from '../document/placements';
import { TimelineSchema, type Timeline } from '../document/timeline';
import { problemsOf } from '../operations/sound';
import { keptHidden } from './hidden-places';
import { CompositionSchema, kindOf, OWN } from './otio-schema';
import { nameOf, type Loss, type ReadContext } from './read-clip';
import { markersOf, readMarkers, type PlacedMarker } from './read-markers';
import { filmClock, readTrack, type ReadTrack } from './read-track';

/** A film read from a document, and what of the document is not in it. */
export interface ReadOtio {
  timeline: Timeline;
  losses: Loss[];
}

/** So many losses are named; a document can hold more. */
const MOST_NAMED = 200;

/**
 * Reads a document of OpenTimelineIO as a film of the same run: what `toOtio` wrote gives the same film back, what was changed in it since is
 * changed, and what a film has no word for is named. Facts of the run (page, takes, actions) are those of `base`, whatever the document says.
 * The document is hostile. Pure.
 * @param base the film as it is @param takeOf the take that a file of the document is of, by its name
 * @throws InvalidInputError `bad_otio`
 */
export function fromOtio(
  document: unknown,
  base: Timeline,
  takeOf: (file: string) => string | undefined = (file) => file.replace(/\.[^.]+$/, ''),
): ReadOtio {
  if (kindOf(document) !== 'Timeline') throw refuse('It is no timeline of OpenTimelineIO.');
  const { name, metadata, tracks } = RootSchema.parse(document);
  if (tracks === null) throw refuse('Its timeline has no tracks.');
  const losses: Loss[] = [];
  const lose = (what: string, reason: string): number => losses.push({ what, reason });
  const context: ReadContext = { base, takeOf, lose };
  const film = shownTrack(tracks.children, context);
  const items = film.items.map(({ item }) => item);
  const filmMs = durationOf({ items });
  const marked = readMarkers(markersIn(tracks.markers, film, lose), filmMs, context);
  const { chapters, ...overlays } = marked;
  const read = {
    ...{ ...base, title: name === '' ? base.title : name.slice(0, 500), ...looksIn(metadata) },
    ...{ items, ...overlays, chapters: chapters ?? base.chapters },
  };
  return { timeline: sound(read, base), losses: losses.slice(0, MOST_NAMED) };
}

const refuse = (message: string): InvalidInputError =>
  new InvalidInputError('bad_otio', message, {
    remedy: 'Begin with the document of the film: GET /api/runs/{id}/timeline/otio.',
  });

const RootSchema = z.object({
  name: z.string().catch(''),
  metadata: z.record(z.string(), z.unknown()).catch({}),
  tracks: CompositionSchema.nullable().catch(null),
});

/** What of the look a document may say; each as it was where it says nothing that can be. */
function looksIn(metadata: Record<string, unknown>): Partial<Timeline> {
  const { aspect, theme, look, pointer, voice } = TimelineSchema.shape;
  const own = z
    .object({
      aspect: aspect.unwrap().optional().catch(undefined),
      theme: theme.unwrap().optional().catch(undefined),
      look: look.unwrap().optional().catch(undefined),
      pointer: pointer.unwrap().optional().catch(undefined),
      voice: voice.unwrap().optional().catch(undefined),
    })
    .catch({})
    .parse(metadata[OWN]);
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
}

/** The track of pictures of which most can be shown; the others are named. */
function shownTrack(children: readonly unknown[], { lose, ...context }: ReadContext): ReadTrack {
  const tracks = children.flatMap((child): ReadTrack[] => {
    const track = kindOf(child) === 'Track' ? CompositionSchema.parse(child) : null;
    if (track?.kind === 'Video' && track.enabled) return [readTrack(track, context)];
    const name = track?.name ?? '';
    if (track?.kind === 'Audio')
      lose(nameOf({ name }, 'track'), 'The sound of a film is made of its words: none is read in.');
    else lose(nameOf({ name }, 'track'), 'It is no track of pictures that is switched on.');
    return [];
  });
  const [first, ...others] = [...tracks].sort((a, b) => b.items.length - a.items.length);
  for (const { name, items, losses } of others)
    if (items.length + losses.length > 0)
      lose(nameOf({ name }, 'track'), 'A film has one track of pictures.');
  for (const { what, reason } of first?.losses ?? []) lose(what, reason);
  if (first !== undefined && first.items.length > 0) return first;
  const [because] = first?.losses ?? [];
  throw refuse(
    `Nothing of it is a picture of this run.${because ? ` ${because.what}: ${because.reason}` : ''}`,
  );
}

/** Markers of the film as a whole, and those of its clips, on the film's clock. */
function markersIn(ofFilm: readonly unknown[], film: ReadTrack, lose: ReadContext['lose']): PlacedMarker[] {
  const clock = filmClock(film.items);
  const whole = markersOf(ofFilm, lose).map((marker) => ({
    ...{ marker, startMs: clock(marker.marked_range.startMs) },
    durationMs: marker.marked_range.durationMs,
  }));
  const ofClips = film.items.flatMap(({ markers, mediaMs, speed, atMs }) =>
    markersOf(markers, lose).map((marker) => ({
      ...{ marker, startMs: clock(atMs + (marker.marked_range.startMs - mediaMs) / speed) },
      durationMs: marker.marked_range.durationMs / speed,
    })),
  );
  return [...whole, ...ofClips];
}

/** @throws InvalidInputError `bad_otio` with the first thing that cannot be */
function sound(read: Timeline, base: Timeline): Timeline {
  const film = { ...read, blurs: keptHidden(base, read) };
  const shape = TimelineSchema.safeParse(film);
  const [issue] = shape.error?.issues ?? [];
  if (issue !== undefined) throw refuse(`${issue.path.join('.')}: ${issue.message}`);
  const [problem] = problemsOf(film);
  if (problem !== undefined) throw refuse(problem);
  return film;
}
