import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pointOf, pointerAt, pointerTracks } from './pointer-track';
import { TimelineSchema, type TimelineAction } from '@showrunner/timeline';

const timelineWith = (actions: TimelineAction[]) =>
  TimelineSchema.parse({
    version: 1, runId: 'r', title: 'Film', page: { width: 1280, height: 720 }, takes: [{ takeId: 't', durationMs: 20_000 }],
    items: [{ kind: 'footage', id: 'f', clipId: 'c1', takeId: 't', inMs: 0, outMs: 20_000 }],
    chapters: [{ title: 'One', clipId: 'c1', feature: 'one' }], actions,
  }); // prettier-ignore
const action = (actMs: number, x: number, y: number, type: 'click' | 'scroll' = 'click'): TimelineAction => ({
  clipId: 'c1', takeId: 't', step: 0, type, startMs: actMs - 700, actMs, endMs: actMs + 300,
  box: { x: x - 20, y: y - 10, width: 40, height: 20 },
}); // prettier-ignore

function trackOf(actions: TimelineAction[]) {
  const [track] = pointerTracks(timelineWith(actions));
  if (track === undefined) throw new RangeError('no track');
  return track;
}

describe('the pointer', () => {
  test('is at the middle of the box before the click, and at rest', () => {
    const track = trackOf([action(5000, 200, 100), action(8000, 900, 500)]);
    for (const atMs of [4860, 5000, 5200]) expect(pointerAt(track, atMs)?.at).toEqual({ x: 200, y: 100 });
    for (const atMs of [7860, 8000]) expect(pointerAt(track, atMs)?.at).toEqual({ x: 900, y: 500 });
  });

  test('stays where it is while the page scrolls', () => {
    expect(trackOf([action(5000, 200, 100), action(8000, 900, 500, 'scroll')]).moves).toHaveLength(1);
  });

  test('is pressed at the click and only then', () => {
    const track = trackOf([action(5000, 200, 100)]);
    expect([4900, 5000, 5300].map((atMs) => pointerAt(track, atMs)?.pressed)).toEqual([false, true, false]);
  });

  test('goes along with what it drags, pressed until it lets go', () => {
    const dragged = {
      ...action(5000, 200, 100),
      drag: { to: { x: 680, y: 290, width: 40, height: 20 }, ms: 800 },
    };
    const track = trackOf([{ ...dragged, type: 'drag' }]);
    expect(pointerAt(track, 5000)).toMatchObject({ at: { x: 200, y: 100 }, pressed: true });
    expect(pointerAt(track, 5400)?.at.x).toBeGreaterThan(250);
    expect(pointerAt(track, 5700)?.pressed).toBe(true);
    expect(pointerAt(track, 5900)).toMatchObject({ at: { x: 700, y: 300 }, pressed: false });
  });

  test('comes and goes gradually', () => {
    const track = trackOf([]);
    const opacity = [0, 75, 150, 10_000, 19_925, 20_000].map((atMs) => pointerAt(track, atMs)?.opacity ?? 0);
    expect(opacity.map((value) => Math.round(value * 10) / 10)).toEqual([0, 0.5, 1, 1, 0.5, 0]);
  });

  test('never jumps when there is time to move, and is at every click when it happens', () => {
    const steps = fc.array(
      fc.tuple(
        fc.integer({ min: 900, max: 3000 }),
        fc.integer({ min: 30, max: 1200 }),
        fc.integer({ min: 30, max: 690 }),
      ),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(steps, (wanted) => {
        let at = 0;
        const actions = wanted.map(([wait, x, y]) => action((at += wait), x, y));
        const track = trackOf(actions);
        for (const [n, { actMs }] of actions.entries()) {
          const [, x, y] = wanted[n] ?? [0, 0, 0];
          expect(pointerAt(track, actMs)?.at).toEqual({ x, y });
        }
        let longest = 0;
        for (let ms = 2; ms < 19_000; ms += 2) {
          const [from, to] = [pointerAt(track, ms - 2)?.at, pointerAt(track, ms)?.at];
          longest = Math.max(
            longest,
            Math.hypot((from?.x ?? 0) - (to?.x ?? 0), (from?.y ?? 0) - (to?.y ?? 0)),
          );
        }
        expect(longest).toBeLessThan(24);
      }),
      { numRuns: 20 },
    );
  });

  test('goes to what can be seen of a box', () => {
    expect(pointOf({ x: -100, y: 700, width: 200, height: 100 }, { width: 1280, height: 720 })).toEqual({
      x: 50,
      y: 709.5,
    });
  });
});
