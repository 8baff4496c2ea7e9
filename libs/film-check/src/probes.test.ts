import { expect, test } from '@jest/globals';
import type { FilmOutline } from '@showrunner/contracts';
import { filmView, openLists, scheduleOf } from '@showrunner/media';
import { TimelineSchema } from '@showrunner/timeline';
import { probesOf } from './probes';

const own = { clipId: 'c', takeId: 't' };
const box = { x: 100, y: 80, width: 140, height: 34 };

test('of a list that the film draws, the pointer is looked for on its box as it opens: later the list lies over the page', () => {
  const list = { options: ['One', 'Two'], from: 0, to: 1 };
  const times = { startMs: 1800, actMs: 3000, endMs: 3600 };
  const timeline = TimelineSchema.parse({
    ...{ version: 1, runId: 'r', title: 'Film', page: { width: 1280, height: 720 } },
    takes: [{ takeId: 't', durationMs: 10_000 }],
    items: [{ kind: 'footage', id: 'f', ...own, inMs: 0, outMs: 10_000 }],
    chapters: [{ clipId: 'c', feature: 'one', title: 'One' }],
    actions: [{ ...own, step: 0, type: 'select', ...times, box, list }],
  });
  const step = {
    ...{ feature: 'one', step: 0, action: 'select', text: 'Choose', takeId: 't', ...times, endMs: 10_000 },
    ...{ beforeMs: 3000, verifiedMs: 3600, isLast: false },
  };
  const schedule = scheduleOf(timeline);
  const lists = openLists(timeline, filmView(schedule).camera);
  const outline = { steps: [step] } as unknown as FilmOutline;
  const momentsOf = (drawn: typeof lists) =>
    probesOf({ schedule, outline, captions: [], lists: drawn, fps: 30 }).map(({ kind, shots }) => [
      kind,
      shots.map(({ frame }) => frame),
    ]);
  expect(lists[0]?.openMs).toBe(2220);
  expect(momentsOf([])).toEqual([
    ['act', [89]],
    ['click', [93]],
  ]);
  expect(momentsOf(lists)).toEqual([
    ['act', [65]],
    ['click', [70]],
  ]);
});
