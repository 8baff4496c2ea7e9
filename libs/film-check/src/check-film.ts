import { FILM_CHECKS, type FilmCheck, type FilmOutline } from '@showrunner/contracts';
import { captionPlaces, filmView, type FilmView, type Schedule, type TakeFootage } from '@showrunner/media';
import { captionTimes } from './caption-times';
import { decodeFilm, decodeSome, SMALL } from './decode-film';
import { fileChecks, type Expected } from './file-checks';
import { findingsOf } from './findings-of';
import { lookOf, lookSize } from './look';
import { framesOf, lookedAt } from './looked-at';
import { outcomeOf, skipped } from './outcomes';
import { probeFile } from './probe-file';
import { probesOf, type Probe } from './probes';
import { StillStretches } from './still-stretches';
import { suspicions } from './suspicions';

export interface CheckInput {
  videoPath: string;
  /** What the film should show: its timeline with the time of everything, and its outline. */
  schedule: Schedule;
  outline: FilmOutline;
  expected: Expected;
  /** Somebody edited the timeline: what it leaves out of view, or cuts away, is meant. */
  isEdited?: boolean;
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
  const facts = await probeFile(input.videoPath, input.ffprobePath, input.signal);
  const ofFile = fileChecks(facts, outline, expected);
  // A GIF has a palette and a rate of its own; of pictures of another size nothing can be told.
  const isComparable =
    expected.format !== 'gif' && ofFile.every(({ name, result }) => name !== 'size' || result === 'passed');
  const probes = isComparable ? probesOf({ schedule, outline, captions, fps }) : [];
  const look = { ...lookOf(schedule, checking.view), isEdited: input.isEdited ?? false };
  const findings = (all: readonly Probe[], film: AsyncGenerator<Buffer>) =>
    lookedAt(all, checking, film, (looked) => findingsOf(looked, look));
  const size = lookSize(schedule.size);
  const film = decodeFilm(input, framesOf(probes), size);
  const [stills, seen] = await Promise.all([stillStretches(film.all, fps), findings(probes, film.some)]);
  const odd = isComparable ? suspicions(stills, schedule, fps) : [];
  const more = odd.length === 0 ? [] : await findings(odd, decodeSome(input, framesOf(odd), size));
  const all = [...seen, ...more, ...captionTimes(outline)];
  const told = new Map(ofFile.map((check) => [check.name, check]));
  return FILM_CHECKS.map(
    (name) => told.get(name) ?? (isComparable ? outcomeOf(name, all) : skipped(name, UNCOMPARED)),
  );
}

async function stillStretches(pictures: AsyncIterable<Buffer>, fps: number): Promise<StillStretches> {
  const frameMs = 1000 / fps;
  const found = new StillStretches(frameMs);
  let frame = 0;
  for await (const data of pictures) {
    found.look({ ...SMALL, data }, frame * frameMs);
    frame += 1;
  }
  return found;
}
