import { describe, expect, test } from '@jest/globals';
import { actionRecord } from '@showrunner/contracts/testing';
import type { ActionRecord, Box, StepAction } from '@showrunner/contracts';
import { clipClock } from '../document/clip-clock';
import { autoZooms } from './auto-zooms';
import { LONGEST_TYPING_MS, quickened } from './quicken';

const PAGE = { width: 1280, height: 720 };
const target = { role: 'textbox', name: 'Name', exact: true };
const TYPE: StepAction = { type: 'type', target, text: 'Eider', submit: false };
const CLICK: StepAction = { type: 'click', target };
const field: Box = { x: 40, y: 60, width: 200, height: 40 };

const act = (atMs: number, change: Partial<ActionRecord>): ActionRecord =>
  actionRecord({
    feature: 'f',
    step: 0,
    startMs: atMs - 500,
    actMs: atMs,
    endMs: atMs + 900,
    box: field,
    ...change,
  });

function zoomsOf(actions: ActionRecord[]) {
  const clock = clipClock(
    {
      items: [
        {
          kind: 'footage',
          id: 'a',
          clipId: 'c1',
          takeId: 't',
          transition: 'auto',
          inMs: 0,
          outMs: 12_000,
          speed: 1,
        },
        {
          kind: 'still',
          id: 'b',
          clipId: 'c1',
          takeId: 't',
          transition: 'auto',
          atMs: 12_000,
          durationMs: 500,
        },
      ],
    },
    'c1',
  );
  if (clock === null) throw new RangeError('the clip has pictures');
  return autoZooms(clock, actions, PAGE);
}

describe('automatic zooms', () => {
  test('go to what is small, are there before it is done, and let its result be seen', () => {
    const [zoom, ...more] = zoomsOf([act(3000, { action: TYPE })]);
    expect(more).toEqual([]);
    expect(zoom?.scale).toBeCloseTo(1.8);
    expect((zoom?.startMs ?? 0) + (zoom?.easeMs ?? 0)).toBeLessThanOrEqual(2800);
    expect((zoom?.endMs ?? 0) - (zoom?.easeMs ?? 0)).toBeGreaterThanOrEqual(3900);
  });

  test('are one zoom for what is seen together', () => {
    const beside = { ...field, x: 260 };
    const zooms = zoomsOf([
      act(3000, { action: TYPE }),
      act(5000, { action: CLICK, box: beside, revealed: [field] }),
    ]);
    expect(zooms).toHaveLength(1);
    expect(zooms[0]?.focus).toEqual({ x: 40, y: 60, width: 420, height: 40 });
  });

  test('stay on a form while its button is pressed, and leave it for a result that is elsewhere', () => {
    const far = { x: 0, y: 600, width: 1200, height: 100 };
    const save = act(5000, { action: CLICK, box: { ...field, y: 130 }, revealed: [far] });
    const [zoom, ...more] = zoomsOf([act(3000, { action: TYPE }), save]);
    expect(more).toEqual([]);
    expect(zoom?.focus).toEqual({ x: 40, y: 60, width: 200, height: 110 });
    expect((zoom?.endMs ?? 0) - (zoom?.easeMs ?? 0)).toBeGreaterThanOrEqual(5200);
    expect(zoom?.endMs).toBeLessThanOrEqual(5900);
    // What comes next in the whole page has it in time, and another form is gone near to only after that.
    const next = (atMs: number, change: object) =>
      zoomsOf([act(3000, { action: TYPE }), save, act(atMs, change)]);
    expect(next(6000, { action: CLICK, revealed: [far], box: far })[0]?.endMs).toBeLessThanOrEqual(5800);
    const [first, second] = next(7400, { action: TYPE, box: { ...field, x: 1000, y: 500 } });
    expect(second?.startMs).toBeGreaterThanOrEqual(first?.endMs ?? Infinity);
    // Far from the form there is time neither to stay nor to leave.
    const away = { ...save, box: { ...field, x: 1000, y: 500 } };
    expect(zoomsOf([act(3000, { action: TYPE }), { ...away, actMs: 4300 }])).toEqual([]);
  });

  test('keep away from what changes the whole page, and from what would be hurried', () => {
    const far = { x: 0, y: 600, width: 1200, height: 100 };
    expect(zoomsOf([act(3000, { action: CLICK, revealed: [far] })])).toEqual([]);
    expect(zoomsOf([act(3000, { action: CLICK })])).toEqual([]);
    expect(zoomsOf([act(400, { action: TYPE })])).toEqual([]);
    expect(zoomsOf([act(11_900, { action: TYPE })])).toEqual([]);
  });

  test('do not overlap, and end before the clip does', () => {
    const zooms = zoomsOf(
      [3000, 5200, 7400].map((atMs, n) => act(atMs, { action: TYPE, box: { ...field, x: n * 500 } })),
    );
    expect(zooms.length).toBeGreaterThan(1);
    zooms
      .slice(1)
      .forEach((zoom, n) => expect(zoom.startMs).toBeGreaterThanOrEqual(zooms[n]?.endMs ?? Infinity));
    expect(zooms.at(-1)?.endMs).toBeLessThan(12_500);
  });
});

describe('long typing', () => {
  test('is quickened, and nothing else is', () => {
    const span = { fromMs: 0, toMs: 12_000 };
    const typing = act(2000, { action: TYPE, endMs: 9350 });
    const pieces = quickened([span], [typing]);
    expect(pieces).toEqual([
      { fromMs: 0, toMs: 2350, speed: 1 },
      { fromMs: 2350, toMs: 9350, speed: 3 },
      { fromMs: 9350, toMs: 12_000, speed: 1 },
    ]);
    expect(7000 / 3).toBeLessThan(LONGEST_TYPING_MS);
    expect(quickened([span], [act(2000, { action: TYPE })])).toEqual([{ ...span, speed: 1 }]);
    expect(quickened([span], [act(2000, { action: CLICK, endMs: 9000 })])).toEqual([{ ...span, speed: 1 }]);
  });
});
