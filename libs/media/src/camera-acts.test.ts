import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { actionRecord } from '@showrunner/contracts/testing';
import type { Box, StepAction } from '@showrunner/contracts';
import {
  autoEdit,
  clipClock,
  onPage,
  type Aspect,
  type FilmedAction,
  type Timeline,
} from '@showrunner/timeline';
import { filmView } from './film-view';
import { pointOf } from './pointer-track';
import { scheduleOf } from './schedule';

const PAGE = { width: 1280, height: 720 };
const target = { role: 'button', name: 'Add the entry', exact: true };
const ACTIONS: StepAction[] = [
  { type: 'click', target },
  { type: 'type', target, text: 'Eider', submit: false },
  { type: 'select', target, option: 'Two' },
  { type: 'hover', target },
  { type: 'drag', target, to: target },
  { type: 'scroll', target },
  { type: 'press', key: 'Enter' },
];

const box = fc
  .tuple(fc.nat(1250), fc.nat(700), fc.integer({ min: 4, max: 500 }), fc.integer({ min: 4, max: 200 }))
  .map(([x, y, width, height]): Box => ({ x, y, width, height }));
const deed = fc.record({
  action: fc.constantFrom(...ACTIONS),
  box,
  revealed: fc.array(box, { maxLength: 2 }),
  // From one deed to the next, until it is done, and until its result stands.
  waitMs: fc.integer({ min: 0, max: 4000 }),
  stillMs: fc.integer({ min: 0, max: 900 }),
  resultMs: fc.integer({ min: 0, max: 5000 }),
});
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

/** A take in which all of that is done, one after the other, edited without questions. */
function editOf(deeds: readonly Deed[], leastMs = 0): Timeline {
  let atMs = 500;
  const actions = deeds.map((one, step): FilmedAction => {
    const startMs = atMs + Math.max(leastMs, one.waitMs);
    const actMs = startMs + one.stillMs;
    atMs = actMs + one.resultMs;
    const { action, revealed } = one;
    const isPlaced = action.type !== 'press';
    return {
      ...actionRecord({ feature: 'f', step, startMs, actMs, endMs: atMs }),
      ...{ takeId: 't', action, box: isPlaced ? one.box : null, revealed, result: 'succeeded' },
    };
  });
  const endMs = atMs + 1000;
  return autoEdit({
    ...{ runId: 'r', title: 'Film', size: PAGE, actions },
    features: [{ id: 'f', title: 'F', description: '' }],
    clips: [{ clipId: 'r-c1', number: 1, feature: 'f', takeId: 't', startMs: 0, endMs }],
    takes: [{ takeId: 't', durationMs: endMs, changes: actions.map((one) => one.endMs) }],
  });
}

/** What is done out of view: the whole place is to be seen, and its middle, where the pointer stands. */
function missed(timeline: Timeline, aspect: Aspect = 'source'): string[] {
  const { camera } = filmView(scheduleOf({ ...timeline, aspect }), 30);
  const clock = clipClock(timeline, 'r-c1');
  return timeline.actions.flatMap(({ type, box: place, actMs, step }) => {
    const seen = place === null ? null : onPage(place, PAGE);
    if (clock === null || seen === null || type === 'scroll') return [];
    const ms = clock.toFilm(actMs);
    const view = camera.viewAt(ms);
    const tip = pointOf(seen, PAGE);
    const isWhole = (from: number, length: number, start: number, room: number): boolean =>
      length > room || (from >= start - 1 && from + length <= start + room + 1);
    const isSeen =
      isWhole(seen.x, seen.width, view.x, view.width) &&
      isWhole(seen.y, seen.height, view.y, view.height) &&
      isWhole(tip.x, 0, view.x, view.width) &&
      isWhole(tip.y, 0, view.y, view.height);
    return isSeen ? [] : [`${type} ${step} at ${Math.round(ms)}: ${JSON.stringify({ seen, view })}`];
  });
}

describe('at the moment at which something is done', () => {
  test('all of its place is in view, and the pointer, whatever is done when and where', () => {
    const takes = fc.array(deed, { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(takes, (deeds) => expect(missed(editOf(deeds))).toEqual([])),
      { numRuns: 150 },
    );
  });

  test('so it is where the film is narrower than the page, when there is time to get there', () => {
    const takes = fc.array(deed, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(takes, fc.constantFrom<Aspect>('9:16', '1:1', '4:5'), (deeds, aspect) =>
        expect(missed(editOf(deeds, 2600), aspect)).toEqual([]),
      ),
      { numRuns: 150 },
    );
  });

  test('a zoom holds its place although the next thing is too wide to be gone near to', () => {
    const at = { waitMs: 0, resultMs: 0 };
    const field = { x: 0, y: 0, width: 4, height: 4 };
    const type = { type: 'type' as const, target, text: 'Eider', submit: false };
    const wide = [
      { x: 0, y: 1, width: 4, height: 4 },
      { x: 166, y: 323, width: 375, height: 76 },
    ];
    const button = { x: 209, y: 1, width: 278, height: 4 };
    const deeds: Deed[] = [
      { ...at, action: type, box: field, revealed: [], stillMs: 0 },
      { ...at, action: { type: 'click', target }, box: button, revealed: wide, stillMs: 450 },
    ];
    expect(missed(editOf(deeds, 2600), '9:16')).toEqual([]);
  });

  test('the camera is back when a button is far from the form that was filled in before', () => {
    const field = { x: 80, y: 120, width: 300, height: 40 };
    const far = { x: 900, y: 600, width: 180, height: 44 };
    const typed = { waitMs: 1500, stillMs: 500, resultMs: 900, revealed: [] };
    const type = { type: 'type' as const, target, text: 'Eider', submit: false };
    const click = { type: 'click' as const, target };
    const deeds: Deed[] = [
      { ...typed, action: type, box: field },
      { ...typed, action: click, box: far, waitMs: 0 },
    ];
    expect(missed(editOf(deeds))).toEqual([]);
    // With time enough it goes near the field, and is back.
    const slow = editOf([deeds[0] as Deed, { ...(deeds[1] as Deed), waitMs: 2500 }]);
    expect(slow.zooms).toHaveLength(1);
    expect(missed(slow)).toEqual([]);
  });
});
