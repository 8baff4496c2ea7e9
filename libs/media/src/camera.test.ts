import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Box } from '@showrunner/contracts';
import { FPS, TimelineSchema, type Timeline } from '@showrunner/timeline';
import { Camera } from './camera';
import { geometryOf, shownAt } from './camera-geometry';
import { stepped } from './camera-graph';
import { stageOf } from './stage';
import { themeOf } from './themes';

const PAGE = { width: 1280, height: 720 };
const timelineWith = (change: object): Timeline =>
  TimelineSchema.parse({
    ...{ version: 1, runId: 'r', title: 'Film', page: PAGE, takes: [{ takeId: 't', durationMs: 60_000 }] },
    items: [{ kind: 'footage', id: 'f', clipId: 'c1', takeId: 't', inMs: 0, outMs: 60_000 }],
    chapters: [{ clipId: 'c1', feature: 'one', title: 'One' }],
    ...change,
  });
const cameraOf = (timeline: Timeline, size = PAGE): Camera =>
  new Camera(timeline, stageOf(size, PAGE, themeOf(timeline.theme, {})));

const focus = fc.record({
  x: fc.integer({ min: -50, max: 1300 }),
  y: fc.integer({ min: -50, max: 760 }),
  width: fc.integer({ min: 0, max: 600 }),
  height: fc.integer({ min: 0, max: 400 }),
});
/** Zooms that touch or lie apart. */
const zooms = fc
  .array(
    fc.record({
      focus,
      scale: fc.double({ min: 1, max: 4, noNaN: true }),
      gap: fc.constantFrom(0, 300, 2000),
    }),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((drafts) => {
    let at = 500;
    return drafts.map(({ gap, ...zoom }, n) => {
      const startMs = at + gap;
      at = startMs + 3000;
      return { id: `z${n}`, ...zoom, startMs, endMs: at, easeMs: 700 };
    });
  });

describe('the camera', () => {
  test('never jumps, never leaves the page, and is back at the end', () => {
    fc.assert(
      fc.property(zooms, (drafts) => {
        const camera = cameraOf(timelineWith({ zooms: drafts }));
        const end = (drafts.at(-1)?.endMs ?? 0) + 100;
        let before = camera.viewAt(0);
        for (let frame = 1; frame <= (end * FPS) / 1000; frame += 1) {
          const view = camera.viewAt((frame * 1000) / FPS);
          // The quickest way across the page, eased over 700 ms, has 115 px a frame at its fastest.
          expect(Math.abs(view.x + view.width / 2 - before.x - before.width / 2)).toBeLessThan(130);
          expect(view.x).toBeGreaterThanOrEqual(-1e-6);
          expect(view.x + view.width).toBeLessThanOrEqual(PAGE.width + 1e-6);
          expect(view.y + view.height).toBeLessThanOrEqual(PAGE.height + 1e-6);
          before = view;
        }
        expect(camera.viewAt(end)).toEqual({ x: 0, y: 0, ...PAGE });
      }),
      { numRuns: 40 },
    );
  });

  test('tells each change of what is seen, and nothing while it rests', () => {
    const zoom = {
      id: 'z',
      startMs: 1000,
      endMs: 4000,
      focus: { x: 0, y: 0, width: 100, height: 50 },
      scale: 2,
      easeMs: 700,
    };
    const camera = cameraOf(timelineWith({ zooms: [zoom] }));
    const frames = [...camera.shots()].map(({ frame }) => frame);
    expect(frames.length).toBeLessThan(2 * 23 + 2);
    for (let frame = 1; frame < 200; frame += 1) {
      const moved =
        JSON.stringify(camera.viewAt((frame * 1000) / FPS)) !==
        JSON.stringify(camera.viewAt(((frame - 1) * 1000) / FPS));
      if (moved) expect(frames).toContain(frame);
      if (moved) expect(camera.shotAt(frame)).not.toBe(camera.shotAt(frame - 1));
      if (!moved && frame > 60 && frame < 90) expect(camera.shotAt(frame)).toBe(camera.shotAt(frame - 1));
    }
  });

  test('of an upright film shows the beginning of a wide field, and then what an action brings up elsewhere', () => {
    const act = (actMs: number, box: Box, revealed: Box[] = []) => ({
      ...{
        clipId: 'c1',
        takeId: 't',
        step: 0,
        type: 'click',
        startMs: actMs - 500,
        actMs,
        endMs: actMs + 500,
      },
      ...{ box, revealed },
    });
    const dialog = { x: 800, y: 200, width: 320, height: 300 };
    const actions = [
      act(2000, { x: 60, y: 100, width: 1000, height: 40 }),
      act(6000, { x: 90, y: 300, width: 80, height: 30 }, [dialog]),
    ];
    const camera = cameraOf(timelineWith({ aspect: '9:16', actions }), { width: 720, height: 1280 });
    expect(camera.viewAt(2000).x).toBeLessThanOrEqual(60);
    expect(camera.viewAt(6100).x).toBeLessThanOrEqual(90);
    const { x, width } = camera.viewAt(7500);
    expect([x <= dialog.x, x + width >= dialog.x + dialog.width]).toEqual([true, true]);
  });

  test('of an upright film goes on to the title of a page that was opened, once that page is there', () => {
    const title = { x: 900, y: 160, width: 300, height: 40 };
    const act = {
      ...{ clipId: 'c1', takeId: 't', step: 0, type: 'click', startMs: 1500, actMs: 2000, endMs: 3000 },
      ...{ box: { x: 60, y: 400, width: 120, height: 24 }, revealed: [], opened: title },
    };
    const camera = cameraOf(timelineWith({ aspect: '9:16', actions: [act] }), { width: 720, height: 1280 });
    expect(camera.viewAt(2600)).toEqual(camera.viewAt(2000));
    const { x, width } = camera.viewAt(3400);
    expect([x <= title.x, x + width >= title.x + title.width]).toEqual([true, true]);
  });

  test('goes hardly beyond what is used of the page, so that no picture is half empty', () => {
    const act = (box: Box) => ({
      ...{ clipId: 'c1', takeId: 't', step: 0, type: 'click', startMs: 500, actMs: 1000, endMs: 2000, box },
    });
    const view = (focus: Box, used: Box[]): Box =>
      cameraOf(
        timelineWith({
          actions: used.map(act),
          zooms: [{ id: 'z', startMs: 0, endMs: 9000, focus, scale: 2, easeMs: 100 }],
        }),
      ).viewAt(5000);
    const column = [
      { x: 204, y: 50, width: 200, height: 40 },
      { x: 900, y: 380, width: 176, height: 40 },
    ];
    const [first, last] = [column[0] as Box, column[1] as Box];
    expect(view(first, column)).toMatchObject({ x: 204 - 64, y: 0 });
    expect(view(last, column)).toMatchObject({ x: 1076 + 64 - 640 });
    expect(view({ x: 600, y: 340, width: 60, height: 30 }, column).x).toBe(310);
    // Where little is used, and where nothing is known, it is in the middle.
    expect(view(last, [last]).x).toBe(640);
    expect(view({ x: 600, y: 340, width: 60, height: 30 }, [])).toMatchObject({ x: 310, y: 175 });
  });

  describe('of an upright film, from one clip to the next', () => {
    const clip = (n: number) => ({ clipId: `c${n}`, takeId: 't' });
    const act = (n: number, actMs: number, x: number) => ({
      ...{ ...clip(n), step: 0, type: 'click', startMs: actMs - 500, actMs, endMs: actMs + 500 },
      box: { x, y: 100, width: 80, height: 30 },
    });
    const card = (n: number) => ({
      ...{ kind: 'card', card: 'title', id: `card${n}`, ...clip(n), atMs: 0, durationMs: 1000, title: 'T' },
    });
    /** Clips of 3 s in which something is done after `waitMs`, at the left, the right, and the right again. */
    const upright = (waitMs: number, isCarded: boolean): Camera =>
      cameraOf(
        timelineWith({
          aspect: '9:16',
          items: [1, 2, 3].flatMap((n) => [
            ...(isCarded ? [card(n)] : []),
            { kind: 'footage', id: `f${n}`, ...clip(n), inMs: n * 5000, outMs: n * 5000 + 3000 },
          ]),
          chapters: [1, 2, 3].map((n) => ({ clipId: `c${n}`, feature: `f${n}`, title: 'One' })),
          actions: [60, 1100, 1120].map((x, n) => act(n + 1, (n + 1) * 5000 + waitMs, x)),
        }),
        { width: 720, height: 1280 },
      );
    /** Where the middle of what is seen stands at each picture. */
    const middles = (camera: Camera, endMs: number): number[] =>
      Array.from({ length: Math.floor((endMs * FPS) / 1000) }, (_, frame) => {
        const { x, width } = camera.viewAt((frame * 1000) / FPS);
        return x + width / 2;
      });

    test('it goes there without a jump, and stays where the next thing is seen already', () => {
      const camera = upright(1500, false);
      const seen = middles(camera, 9000);
      expect(Math.max(...seen.slice(1).map((x, n) => Math.abs(x - (seen[n] ?? 0))))).toBeLessThan(130);
      expect(camera.viewAt(2900).x).toBe(0);
      expect(camera.viewAt(4500).x).toBeGreaterThan(700);
      expect(camera.viewAt(8900)).toEqual(camera.viewAt(4500));
    });
    test('it is there at once where there is no time for a calm way', () => {
      const camera = upright(300, false);
      expect(camera.viewAt(2990).x).toBe(0);
      expect(camera.viewAt(3000)).toEqual(camera.viewAt(4000));
    });
    test('it is there when a card goes, and before that where the clip before is', () => {
      const camera = upright(1500, true);
      expect([2500, 3990].map((ms) => camera.viewAt(ms).x)).toEqual([0, 0]);
      expect(camera.viewAt(4000).x).toBeGreaterThan(700);
      expect(camera.viewAt(4000)).toEqual(camera.viewAt(7000));
    });
  });

  test('of an upright film follows what is done, and stays where that is seen already', () => {
    const act = (actMs: number, x: number) => ({
      ...{
        clipId: 'c1',
        takeId: 't',
        step: 0,
        type: 'click',
        startMs: actMs - 500,
        actMs,
        endMs: actMs + 500,
      },
      box: { x, y: 100, width: 80, height: 30 },
    });
    const actions = [act(2000, 60), act(5000, 120), act(9000, 1100)];
    const camera = cameraOf(timelineWith({ aspect: '9:16', actions }), { width: 720, height: 1280 });
    expect(camera.viewAt(0).x).toBe(0);
    expect(camera.viewAt(6000)).toEqual(camera.viewAt(0));
    for (const ms of [8900, 9500]) {
      const { x, width } = camera.viewAt(ms);
      expect(x).toBeLessThanOrEqual(1100);
      expect(x + width).toBeGreaterThanOrEqual(1180);
    }
  });
});

test('a place at the corner of the page stands in the corner of its window, whose shape is not quite the page’s', () => {
  const timeline = timelineWith({ theme: 'midnight' });
  const stage = stageOf(PAGE, PAGE, themeOf(timeline.theme, {}));
  const { x, y, width, height } = stage.content;
  expect(height / width).not.toBeCloseTo(PAGE.height / PAGE.width, 4);
  const box = new Camera(timeline, stage).boxToFilm({ x: 1180, y: 620, width: 100, height: 100 }, 0);
  expect([box.x + box.width, box.y + box.height]).toEqual([
    expect.closeTo(x + width, 6),
    expect.closeTo(y + height, 6),
  ]);
});

test('whole pixels show a view to a quarter of a pixel in its middle', () => {
  fc.assert(
    fc.property(focus, fc.double({ min: 1.02, max: 4, noNaN: true }), ({ x, y }, scale) => {
      const length = PAGE.width / scale;
      const view = { x: Math.min(Math.max(x, 0), PAGE.width - length), y: Math.min(Math.max(y, 0), PAGE.height - length * 0.5625), width: length, height: length * 0.5625 }; // prettier-ignore
      const geometry = geometryOf(view, PAGE, PAGE);
      const axis = { shift: geometry.shift.x, scaled: geometry.scaled.width, offset: geometry.offset.x };
      const at = (place: number): number => shownAt(place, axis, PAGE.width);
      expect(Math.abs(at(view.x + length / 2) - PAGE.width / 2)).toBeLessThan(0.25);
      expect(Math.abs(at(view.x) - 0)).toBeLessThan(0.6);
      expect(Math.abs(at(view.x + length) - PAGE.width)).toBeLessThan(0.6);
    }),
    { numRuns: 300 },
  );
});

test('what changes by frames is a tree of comparisons, however often it changes', () => {
  expect(stepped([{ frame: 0, value: 4 }], FPS)).toBe('4');
  expect(stepped([{ frame: 0, value: 4 }, { frame: 30, value: 6 }, { frame: 31, value: 6 }], FPS)).toBe('if(lt(t,0.9833),4,6)'); // prettier-ignore
  const many = stepped(
    Array.from({ length: 300 }, (_, frame) => ({ frame, value: frame % 7 })),
    FPS,
  );
  expect(Math.max(...[...many].reduce<number[]>((depths, character) => [...depths, (depths.at(-1) ?? 0) + (character === '(' ? 1 : character === ')' ? -1 : 0)], []))).toBeLessThan(16); // prettier-ignore
});
