import {
  FILM_CHECKS,
  type CoveredSpan,
  type FilmCheck,
  type FilmOutline,
  type FrameSize,
} from '@showrunner/contracts';
import {
  captionPlaces,
  filmView,
  openLists,
  type FilmView,
  type Schedule,
  type TakeFootage,
} from '@showrunner/media';
import { captionTimes } from './caption-times';
import { decodeFilm, smallSize } from './decode-film';
import { fileChecks, type Expected } from './file-checks';
import { findingsOf } from './findings-of';
import { lookOf, lookSize } from './look';
import { framesOf, lookedAt, type FilmPictures } from './looked-at';
import type { Look } from './look.types';
import { outcomeOf, skipped, type Finding } from './outcomes';
import { probeFile } from './probe-file';
import { probesOf, type Probe } from './probes';
import { soundCheck } from './sound-check';
import { StillStretches } from './still-stretches';
import { suspicions, type Suspicions } from './suspicions';

export interface CheckInput {
  videoPath: string;
  /** What the film should show: its timeline with the time of everything, and its outline. */
  schedule: Schedule;
  outline: FilmOutline;
  expected: Expected;
  /** Somebody edited the timeline: what it leaves out of view, or cuts away, is meant. */
  isEdited?: boolean;
  /** Where the takes of the film would show secrets, by take id. */
  covered?: ReadonlyMap<string, readonly CoveredSpan[]>;
  /** The takes of the film, by take id. */
  footage: ReadonlyMap<string, TakeFootage>;
  ffmpegPath: string;
  ffprobePath: string;
  signal?: AbortSignal;
}

const UNCOMPARED = 'Its pictures are not compared: it has a palette, or another size than it should have.';

/** A check's own view of what it looks at. */
export interface Checking extends CheckInput {
  view: FilmView;
}

/**
 * Decodes a finished film and holds it against its timeline and the pictures of its takes.
 * @throws AppError `ffmpeg_failed` when the file cannot be decoded, `take_unreadable`; the signal's reason
 */
export async function checkFilm(input: CheckInput): Promise<FilmCheck[]> {
  const { schedule, outline, expected } = input;
  const { fps } = expected;
  const checking: Checking = { ...input, view: filmView(schedule, fps) };
  const captions = captionPlaces(schedule, checking.view);
  const lists = openLists(schedule.timeline, checking.view.camera);
  // A GIF has a palette and a rate of its own.
  const isPicture = expected.format !== 'gif';
  const { covered } = input;
  const probes = isPicture ? probesOf({ schedule, outline, captions, lists, fps, covered }) : [];
  const look = { ...lookOf(schedule, checking.view), isEdited: input.isEdited ?? false };
  // What the file says of itself is read meanwhile.
  const [facts, seen] = await Promise.all([
    probeFile(input.videoPath, input.ffprobePath, input.signal),
    findings(checking, probes, look),
  ]);
  const ofFile = [...fileChecks(facts, outline, expected), await soundCheck(input, facts)];
  // Of pictures of another size nothing can be told.
  const isComparable =
    isPicture && ofFile.every(({ name, result }) => name !== 'size' || result === 'passed');
  const all = [...seen, ...captionTimes(outline)];
  const told = new Map(ofFile.map((check) => [check.name, check]));
  return FILM_CHECKS.map(
    (name) => told.get(name) ?? (isComparable ? outcomeOf(name, all) : skipped(name, UNCOMPARED)),
  );
}

/** What the film's pictures say, and those of its takes; the film is decoded once. */
async function findings(
  checking: Checking,
  probes: readonly Probe[],
  look: Look & { scale: number },
): Promise<Finding[]> {
  const { fps, format } = checking.expected;
  const size = lookSize(checking.schedule.size);
  const few = smallSize(size);
  const film = decodeFilm(checking, framesOf(probes), size);
  const looked = (all: readonly Probe[], pictures: FilmPictures): Promise<Finding[]> =>
    lookedAt(all, checking, pictures, (one) => findingsOf(one, look));
  const [stills, seen] = await Promise.all([
    stillStretches(film.all, few, fps),
    looked(probes, { size, pictures: film.some }),
  ]);
  if (format === 'gif') return seen;
  const odd = suspicions(stills, { ...checking, fps });
  return [...seen, ...(await looked(odd.probes, { size: few, pictures: picturesOf(odd) }))];
}

async function* picturesOf({ probes, pictures }: Suspicions): AsyncGenerator<Uint8Array> {
  for (const frame of framesOf(probes)) {
    const picture = pictures.get(frame);
    if (picture !== undefined) yield picture.data;
  }
}

async function stillStretches(
  pictures: AsyncIterable<Buffer>,
  size: FrameSize,
  fps: number,
): Promise<StillStretches> {
  const frameMs = 1000 / fps;
  const found = new StillStretches(frameMs);
  let frame = 0;
  for await (const data of pictures) {
    found.look({ ...size, data }, frame * frameMs);
    frame += 1;
  }
  return found;
}
