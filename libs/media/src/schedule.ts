import type { FrameSize } from '@showrunner/contracts';
import { placements, type Aspect, type Placement, type Timeline } from '@showrunner/timeline';
import type { Schedule, Segment } from './schedule.types';

/** Gives everything of a timeline its time. */
export function scheduleOf(timeline: Timeline, size: FrameSize = filmSize(timeline)): Schedule {
  const placed = placements(timeline.items);
  const durationMs = placed.at(-1)?.endMs ?? 0;
  const begins = timeline.chapters
    .map((chapter) => ({
      chapter,
      startMs: placed.find(({ item }) => item.clipId === chapter.clipId)?.startMs ?? null,
    }))
    .flatMap(({ chapter, startMs }) => (startMs === null ? [] : [{ chapter, startMs }]))
    .sort((a, b) => a.startMs - b.startMs);
  return {
    timeline,
    size,
    segments: placed.map(segmentOf),
    chapters: begins.map(({ chapter, startMs }, n) => ({
      ...chapter,
      startMs: n === 0 ? 0 : startMs,
      endMs: begins[n + 1]?.startMs ?? durationMs,
    })),
    durationMs,
  };
}

function segmentOf({ item, startMs, endMs }: Placement): Segment {
  const { clipId, takeId, transition } = item;
  const base = { clipId, takeId, transition, startMs, endMs };
  if (item.kind === 'footage') return { kind: 'footage', ...base, sourceMs: item.inMs, speed: item.speed };
  if (item.kind === 'still') return { kind: 'hold', ...base, sourceMs: item.atMs };
  return { kind: item.card, ...base, sourceMs: item.atMs, card: item };
}

const RATIOS: Record<Exclude<Aspect, 'source'>, number> = {
  '16:9': 16 / 9,
  '9:16': 9 / 16,
  '1:1': 1,
  '4:5': 4 / 5,
};

const HIGHEST = 2160;

/** The film's size: the shorter side of the page stays, the other follows from the aspect ratio. */
export function filmSize({ aspect, page }: Pick<Timeline, 'aspect' | 'page'>): FrameSize {
  if (aspect === 'source') return page;
  const ratio = RATIOS[aspect];
  const short = Math.min(page.width, page.height);
  const long = 2 * Math.round((short * Math.max(ratio, 1 / ratio)) / 2);
  // No film is higher than that of a page of 4K.
  const most = Math.min(1, HIGHEST / long);
  if (ratio < 1 && most < 1) return { width: 2 * Math.round((short * most) / 2), height: HIGHEST };
  return ratio < 1 ? { width: short, height: long } : { width: long, height: short };
}
