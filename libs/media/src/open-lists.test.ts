import { describe, expect, test } from '@jest/globals';
import type { Box } from '@showrunner/contracts';
import { TimelineSchema, type Timeline } from '@showrunner/timeline';
import { buildOverlay } from './build-overlay';
import { filmView } from './film-view';
import { openLists } from './open-lists';
import { pointerAt, pointerTracks } from './pointer-track';
import { scheduleOf } from './schedule';

const PAGE = { width: 1280, height: 720 };
const own = { clipId: 'c', takeId: 't' };
const LABELS = ['Viewer', 'Editor', 'Owner {\\an8} <b> 100%', 'مالك'];

/** Ten seconds of footage in which something is chosen at 3 s, having waited since `startMs`. */
const film = (
  box: Box,
  change: { startMs?: number; options?: string[]; to?: number } & Partial<Timeline> = {},
): Timeline => {
  const { startMs = 1800, options = LABELS, to = 1, ...more } = change;
  return TimelineSchema.parse({
    ...{ version: 1, runId: 'r', title: 'Film', page: PAGE, takes: [{ takeId: 't', durationMs: 10_000 }] },
    items: [{ kind: 'footage', id: 'f', ...own, inMs: 0, outMs: 10_000 }],
    chapters: [{ clipId: 'c', feature: 'one', title: 'One' }],
    actions: [
      {
        ...own,
        step: 0,
        type: 'select',
        startMs,
        actMs: 3000,
        endMs: 3600,
        box,
        list: { options, from: 0, to },
      },
    ],
    ...more,
  });
};

const listsOf = (timeline: Timeline) => {
  const schedule = scheduleOf(timeline);
  const view = filmView(schedule);
  return { lists: openLists(timeline, view.camera), view, schedule };
};
const one = (timeline: Timeline) => {
  const { lists, view } = listsOf(timeline);
  const [list] = lists;
  if (list === undefined) throw new Error('no list is drawn');
  const { camera } = view;
  return { list, view: camera.viewAt(list.closeMs), camera };
};
const within = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
const box = { x: 100, y: 80, width: 140, height: 34 };

describe('an open list', () => {
  test('stands below its box until something is chosen of it', () => {
    const { list } = one(film(box));
    expect([list.openMs, list.closeMs]).toEqual([2220, 3000]);
    expect(list.rows.map(({ text }) => text)).toEqual(LABELS);
    expect(list.box.y).toBeGreaterThanOrEqual(box.y + box.height);
    expect(list.box.width).toBeGreaterThanOrEqual(box.width);
  });

  test('stays in the picture: above where there is no room below, left of the edge, as many rows as fit around the chosen one', () => {
    const corner = one(film({ x: 1190, y: 680, width: 80, height: 30 }));
    expect(corner.list.box.y + corner.list.box.height).toBeLessThanOrEqual(680);
    expect(within(corner.list.box, corner.view)).toBe(true);
    const months = Array.from({ length: 12 }, (_, n) => `Month ${n + 1}`);
    const middle = one(film({ x: 10, y: 330, width: 80, height: 60 }, { options: months, to: 9 }));
    expect(within(middle.list.box, middle.view)).toBe(true);
    expect(middle.list.rows[middle.list.to]?.text).toBe('Month 10');
    expect(middle.list.rows.length).toBeLessThan(12);
  });

  test('follows the camera', () => {
    const zoom = { id: 'z', startMs: 1000, endMs: 5000, focus: box, scale: 2, easeMs: 300 };
    const { list, view } = one(film(box, { zooms: [zoom] }));
    expect(view.width).toBeCloseTo(640, 0);
    expect(within(list.box, view)).toBe(true);
  });

  test.each([
    ['there is no time for it', film(box, { startMs: 2900 })],
    ['its box is hidden', film(box, { blurs: [{ id: 'b', startMs: 0, endMs: 9000, box }] })],
    [
      'its moment is cut away',
      film(box, {
        items: [
          { kind: 'footage', id: 'f', ...own, inMs: 5000, outMs: 9000, speed: 1, transition: 'auto' },
        ] as Timeline['items'],
      }),
    ],
  ])('is not drawn where %s', (_, timeline) => expect(listsOf(timeline).lists).toEqual([]));

  test('is opened by a click, and its row chosen by another', () => {
    const timeline = film(box);
    const { lists } = listsOf(timeline);
    const [track] = pointerTracks(timeline, lists);
    const row = lists[0]?.rows[1]?.box ?? box;
    expect(track?.clicks).toEqual([
      { atMs: 2220, at: { x: 170, y: 97 } },
      { atMs: 3000, at: { x: row.x + row.width / 2, y: row.y + row.height / 2 } },
    ]);
    const tip = track && pointerAt(track, 2990)?.at;
    expect(tip?.y).toBeCloseTo(row.y + row.height / 2, 0);
  });

  test('is drawn with its labels as typed, and the row marked that is chosen', () => {
    const { schedule, view } = listsOf(film(box));
    const drawn = buildOverlay(schedule, view);
    expect(drawn).toContain('Viewer');
    expect(drawn).not.toContain('{\\an8} <b>');
    expect(drawn).toContain('<b> 100%');
    expect(drawn).toContain('مالك');
    // White paper from the click to the choice.
    expect(drawn).toMatch(/Dialogue: 2,0:00:02\.2\d,/);
    expect(drawn).not.toMatch(/Dialogue: 2,0:00:03/);
  });
});
