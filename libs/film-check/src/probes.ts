import type { Box, CoveredSpan, FilmOutline, OutlineStep } from '@showrunner/contracts';
import { clipClock, onPage, type Blur } from '@showrunner/timeline';
import type { CaptionLayout, OpenList, Schedule } from '@showrunner/media';
import { secretProbes } from './secret-checks';
import { takeMomentAt, type TakeMoment } from './take-moment';

/** A step of the outline with its places in the pixels of the page. */
export interface ShownStep extends OutlineStep {
  place: Box | null;
  /** Where something appeared or changed by it. */
  news: readonly Box[];
  /** When the pointer acts on its place: its action, or the click that opens the list of which it chooses. */
  pointedMs: number;
}

/** Pictures of the film to look at, by the number of the first; each `frame` is 0-based, with its time. */
export interface Shot {
  frame: number;
  atMs: number;
}

/** What is to be looked at together: pictures of the film, each with those of its take that belong to it. */
export type Probe = { shots: (Shot & { takes: TakeMoment[] })[] } & (
  | { kind: 'act'; step: ShownStep; isCalm: boolean }
  | { kind: 'click'; step: ShownStep }
  | { kind: 'state'; step: ShownStep }
  | { kind: 'caption'; caption: CaptionLayout; isTimed: boolean }
  | { kind: 'cover'; blur: Blur }
  | { kind: 'secret'; box: Box }
  | { kind: 'still'; startMs: number; endMs: number }
  | { kind: 'black'; startMs: number; endMs: number }
);

/** Actions at which the pointer stands on what is acted on, and those that leave a mark. */
const CLICKED: ReadonlySet<string> = new Set(['click', 'doubleClick', 'type', 'select', 'upload', 'drag']);
const POINTED: ReadonlySet<string> = new Set([...CLICKED, 'hover']);
/** What was just drawn is fading in. */
const SETTLED_MS = 300;
/** Where one action follows the other sooner, the pointer may still be on its way. */
const HURRIED_MS = 900;
/** So long after a click its mark is a ring around the pointer, not faded yet. */
const MARK_MS = 130;
/** A caption is there, or not yet, so far from its time. */
const PUNCTUAL_MS = 40;
/** Before that nothing of it is seen, as slow as it may fade in. */
const EARLIER_MS = 170;

export interface Looking {
  schedule: Schedule;
  outline: FilmOutline;
  captions: readonly CaptionLayout[];
  /** Where secrets are in the takes, by take id. */
  covered?: ReadonlyMap<string, readonly CoveredSpan[]> | undefined;
  /** That the film draws. */
  lists: readonly OpenList[];
  fps: number;
}

/** What is to be looked at in a film. */
export function probesOf(looking: Looking): Probe[] {
  const { schedule, captions } = looking;
  const steps = shownSteps(looking);
  return [
    ...steps.flatMap((step, n) => stepProbes(step, steps[n - 1], looking)),
    ...captions.flatMap((caption, n) => captionProbes(caption, captions[n - 1], looking)),
    ...schedule.timeline.blurs.flatMap((blur) => coverProbes(blur, looking)),
    ...secretProbes(looking.covered ?? new Map(), schedule, (ms) => shotAt(ms, looking.fps)).map(
      ({ box, shots }): Probe => ({
        kind: 'secret',
        box,
        shots: shots.map((shot) => ({ ...shot, takes: [] })),
      }),
    ),
  ];
}

function shownSteps({ schedule: { timeline }, outline, lists }: Looking): ShownStep[] {
  return outline.steps.map((step) => {
    const done = timeline.actions.find(
      (action) =>
        action.takeId === step.takeId &&
        action.step === step.step &&
        Math.max(0, action.actMs) === step.beforeMs,
    );
    const { box = null, revealed: news = [] } = done ?? {};
    const list = lists.find(({ action }) => action === done);
    const place = box === null ? null : onPage(box, timeline.page);
    return { ...step, place, news, pointedMs: list?.openMs ?? step.actMs };
  });
}

/** The picture at a moment, or the one before it. */
export function shotAt(ms: number, fps: number): Shot {
  const frame = Math.max(0, Math.floor((ms * fps) / 1000 + 0.01));
  return { frame, atMs: (frame * 1000) / fps };
}

function stepProbes(step: ShownStep, last: ShownStep | undefined, { schedule, fps }: Looking): Probe[] {
  const probes: Probe[] = [];
  // Just before it: the click mark is not drawn yet.
  const { pointedMs } = step;
  const before = shotAt(pointedMs - 1000 / fps, fps);
  const now = takeMomentAt(schedule, before.atMs);
  const isThere = takeMomentAt(schedule, pointedMs - SETTLED_MS) !== null;
  if (step.place !== null && POINTED.has(step.action) && now !== null) {
    const isCalm = isThere && isUnhurried(last, step);
    probes.push({ kind: 'act', step, isCalm, shots: [{ ...before, takes: [now] }] });
    const mark = shotAt(pointedMs + MARK_MS, fps);
    const then = takeMomentAt(schedule, mark.atMs);
    if (CLICKED.has(step.action) && isThere && then !== null)
      probes.push({ kind: 'click', step, shots: [{ ...mark, takes: [then] }] });
  }
  const clock = clockOf(step, schedule);
  if (!step.isLast || clock === null || !clock.shows(step.verifiedMs)) return probes;
  const end = shotAt(step.endMs - 3000 / fps, fps);
  const shown = takeMomentAt(schedule, end.atMs);
  const verified = { takeId: step.takeId, ms: step.verifiedMs };
  const earlier = { takeId: step.takeId, ms: step.beforeMs };
  if (shown !== null)
    probes.push({ kind: 'state', step, shots: [{ ...end, takes: [verified, earlier, shown] }] });
  return probes;
}

function clockOf(step: ShownStep, { timeline }: Schedule): ReturnType<typeof clipClock> {
  const chapter = timeline.chapters.find(({ feature }) => feature === step.feature);
  return chapter === undefined ? null : clipClock(timeline, chapter.clipId);
}

/** The pointer has come to rest before the action: it had time since the one before, and since its feature began. */
function isUnhurried(before: OutlineStep | undefined, { pointedMs, startMs, feature }: ShownStep): boolean {
  if (before === undefined || before.feature !== feature) return pointedMs - startMs >= SETTLED_MS;
  return before.action !== 'drag' && pointedMs - before.actMs >= HURRIED_MS;
}

function captionProbes(
  layout: CaptionLayout,
  last: CaptionLayout | undefined,
  { schedule, fps }: Looking,
): Probe[] {
  const { startMs, endMs } = layout.caption;
  if (endMs - startMs < 2 * SETTLED_MS) return [];
  const shots = [
    (startMs + endMs) / 2,
    startMs - EARLIER_MS,
    startMs - PUNCTUAL_MS,
    startMs + PUNCTUAL_MS + 1000 / fps,
  ].map((ms, n) => {
    const shot = shotAt(ms, fps);
    const now = n === 0 ? null : takeMomentAt(schedule, shot.atMs);
    return { ...shot, takes: now === null ? [] : [now] };
  });
  // Whether it comes in time is seen where nothing else comes or goes: no card, no other clip, no caption that comes or goes itself.
  const clipAt = (ms: number): string | undefined =>
    takeMomentAt(schedule, ms) === null
      ? undefined
      : schedule.segments.find((segment) => ms >= segment.startMs && ms < segment.endMs)?.clipId;
  const before = clipAt(startMs - EARLIER_MS);
  const isAlone = before !== undefined && before === clipAt(startMs + 2 * PUNCTUAL_MS);
  const wasQuiet =
    last === undefined ||
    last.caption.endMs <= startMs - EARLIER_MS - SETTLED_MS ||
    (last.caption.endMs === startMs && last.caption.startMs <= startMs - EARLIER_MS - SETTLED_MS);
  return [{ kind: 'caption', caption: layout, isTimed: isAlone && wasQuiet, shots }];
}

function coverProbes(blur: Blur, { schedule, fps }: Looking): Probe[] {
  const frameMs = 1000 / fps;
  const moments = [blur.startMs + frameMs, (blur.startMs + blur.endMs) / 2, blur.endMs - 2 * frameMs];
  const shots = [...new Set(moments.map((ms) => shotAt(ms, fps).frame))].flatMap((frame) => {
    const atMs = (frame * 1000) / fps;
    const now = takeMomentAt(schedule, atMs);
    return now === null || atMs < blur.startMs || atMs > blur.endMs ? [] : [{ frame, atMs, takes: [now] }];
  });
  return shots.length === 0 ? [] : [{ kind: 'cover', blur, shots }];
}
