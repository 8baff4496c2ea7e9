import type { FrameSize } from '@showrunner/contracts';
import { rawPictures } from '@showrunner/media';
import type { Checking } from './check-film';
import type { LookedAt } from './findings-of';
import { scaled, type Gray } from './gray';
import type { Probe } from './probes';
import type { Place } from './seen-page';
import type { TakeMoment } from './take-moment';

/** One picture of the film that something asks for. */
interface Wanted {
  probe: number;
  shot: number;
  frame: number;
  atMs: number;
  takes: readonly TakeMoment[];
}

/** Pictures of the film, luma only. */
export interface FilmPictures {
  size: FrameSize;
  pictures: AsyncGenerator<Uint8Array>;
}

/** Numbers of the film's pictures that are looked at, in order. */
export const framesOf = (probes: readonly Probe[]): number[] =>
  [...new Set(probes.flatMap(({ shots }) => shots.map(({ frame }) => frame)))].sort((a, b) => a - b);

/**
 * Has each probe looked at as soon as its pictures are there. Film and takes are read once, in the order of the film: in memory are the
 * pictures of probes that are not complete yet.
 * @param film the pictures of `framesOf(probes)`
 */
export async function lookedAt<T>(
  probes: readonly Probe[],
  checking: Checking,
  { size, pictures: film }: FilmPictures,
  look: (looked: LookedAt) => T[],
): Promise<T[]> {
  const wanted = probes
    .flatMap(({ shots }, probe) => shots.map((one, shot): Wanted => ({ probe, shot, ...one })))
    .sort((a, b) => a.frame - b.frame);
  const takes = takePictures(wanted, checking);
  const open = new Map<number, LookedAt['pictures']>();
  const results = new Map<number, T[]>();
  let shown = null as { frame: number; picture: Gray } | null;
  try {
    for (const one of wanted) {
      if (shown?.frame !== one.frame) {
        const next = await film.next();
        // A film that ends before is found too short.
        if (next.done === true) break;
        shown = { frame: one.frame, picture: { ...size, data: next.value } };
      }
      const { picture } = shown;
      const pages: Gray[] = [];
      for (let n = 0; n < one.takes.length; n += 1) {
        const page = await takes.next();
        if (page.done !== true) pages.push(page.value);
      }
      const probe = probes[one.probe] as Probe;
      const pictures = open.get(one.probe) ?? [];
      pictures[one.shot] = { film: picture, pages, place: placeOf(one.atMs, checking, size) };
      open.set(one.probe, pictures);
      if (Object.keys(pictures).length < probe.shots.length) continue;
      results.set(one.probe, look({ probe, pictures }));
      open.delete(one.probe);
    }
    // To its end: who else reads it is not done yet.
    while ((await film.next()).done !== true);
  } finally {
    await Promise.all([film.return(undefined), takes.return(undefined)]);
  }
  return probes.flatMap((_, n) => results.get(n) ?? []);
}

/** Which part of the page the film shows, and where. */
function placeOf(atMs: number, { view, schedule }: Checking, size: FrameSize): Place {
  const content = scaled(view.stage.content, size.height / schedule.size.height);
  return { view: view.camera.viewAt(atMs), content };
}

/** So many pictures of a take are kept: what is looked at together asks for the same ones. */
const KEPT = 4;

/** The takes' pictures for all that is wanted, in its order, in the page's size and the film's colours. */
async function* takePictures(wanted: readonly Wanted[], checking: Checking): AsyncGenerator<Gray> {
  const asked = wanted
    .flatMap(({ takes }) => [...takes])
    .flatMap(({ takeId, ms }) => {
      const take = checking.footage.get(takeId);
      const frame = take?.frameAt(ms);
      if (take === undefined || frame === undefined) return [];
      return [{ name: `${takeId} ${frame.offset}`, jpeg: () => take.jpeg(frame) }];
    });
  const kept: { name: string; picture: Gray | null }[] = [];
  const isKept = (name: string): boolean => kept.some((one) => one.name === name);
  const keep = (name: string, picture: Gray | null): void => {
    kept.push({ name, picture });
    if (kept.length > KEPT) kept.shift();
  };
  // What is read anew, known beforehand by the same rule.
  const read = asked.filter(({ name }) => !isKept(name) && (keep(name, null), true));
  kept.length = 0;
  const decoded = decodedTakes(read, checking);
  try {
    for (const { name } of asked) {
      if (!isKept(name)) {
        const next = await decoded.next();
        if (next.done === true) return;
        keep(name, { ...checking.schedule.timeline.page, data: next.value });
      }
      const picture = kept.find((one) => one.name === name)?.picture;
      if (picture != null) yield picture;
    }
  } finally {
    await decoded.return(undefined);
  }
}

function decodedTakes(
  pictures: readonly { jpeg: () => Promise<Buffer> }[],
  { schedule, ffmpegPath, signal }: Checking,
): AsyncGenerator<Buffer> {
  const { width, height } = schedule.timeline.page;
  async function* jpegs(): AsyncGenerator<Buffer> {
    for (const { jpeg } of pictures) yield await jpeg();
  }
  const scale = `scale=${width}:${height}:flags=bicubic,${PAGE_COLOURS},extractplanes=y`;
  return rawPictures(
    {
      program: ffmpegPath,
      args: [
        ...['-v', 'error', '-f', 'image2pipe', '-c:v', 'mjpeg', '-i', 'pipe:0', '-vf', scale],
        ...['-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'gray', '-'],
      ],
      input: jpegs(),
      signal,
    },
    width * height,
  );
}

/** From JPEG's full-range BT.601 to limited-range BT.709. */
const PAGE_COLOURS =
  'colorspace=ispace=bt470bg:irange=pc:iprimaries=bt709:itrc=bt709:space=bt709:range=tv:primaries=bt709:trc=bt709:format=yuv420p';
