import { describe, expect, test } from '@jest/globals';
import { actionRecord } from '@showrunner/contracts/testing';
import { placements } from '../document/placements';
import type { Timeline } from '../document/timeline';
import { autoEdit } from '../edit/auto-edit';
import type { FilmedAction } from '../edit/input.types';
import { applyOperations } from '../operations/apply';
import type { Operation } from '../operations/operations';
import { carryEdits } from './carry-edits';

const FEATURES = ['login', 'search', 'sort'];

/** Films of one plan: three features of two steps, ten seconds apart. `late` ms later and `slow` times as slow in one than in another. */
function film(
  run: string,
  { features = FEATURES, late = 0, slow = 1, width = 1280 }: { features?: string[]; late?: number; slow?: number; width?: number } = {},
): Timeline {
  const at = (n: number, ms: number): number => late + (n * 10_000 + ms) * slow;
  const action = (feature: string, n: number, step: number): FilmedAction => ({
    ...actionRecord({ feature, step, caption: `${feature} ${step}` }),
    ...{ takeId: `${run}-t`, box: { x: 10, y: 10, width: 300, height: 200 } },
    ...{ startMs: at(n, 1000 + step * 1000), actMs: at(n, 1400 + step * 1000), endMs: at(n, 1800 + step * 1000) },
  });
  return autoEdit({
    ...{ runId: run, title: 'Film', size: { width, height: 720 } },
    cards: { titles: 'cards', openingMs: 1500 },
    zooms: false,
    clips: features.map((feature, n) => ({
      ...{ clipId: `${run}-c${n + 1}`, number: n + 1, feature, takeId: `${run}-t` },
      ...{ startMs: at(n, 0), endMs: at(n, 4000) },
    })),
    features: features.map((id) => ({ id, title: id.toUpperCase(), description: '' })),
    takes: [{ takeId: `${run}-t`, durationMs: 120_000, changes: features.flatMap((_, n) => [0, 1, 2, 3, 4, 5, 6, 7, 8].map((s) => at(n, s * 500))) }],
    actions: features.flatMap((feature, n) => [action(feature, n, 0), action(feature, n, 1)]),
  });
} // prettier-ignore

const carry = (operations: Operation[], to: Timeline) => carryEdits(film('a'), operations, to);

describe('edits of a film, done to another one of its plan', () => {
  const edits: Operation[] = [
    { op: 'setTheme', theme: 'aurora' },
    { op: 'setAspect', aspect: '9:16' },
    { op: 'move', id: 'a-c3.title', index: 1 },
    { op: 'setSpeed', id: 'a-c2.1', speed: 2 },
    { op: 'trim', id: 'a-c1.1', inMs: 1000 },
    { op: 'setCard', id: 'a-c1.title', title: 'Sign in' },
    { op: 'setCaption', id: 'caption-2', text: 'And now this' },
    { op: 'remove', id: 'a-c2.hold' },
  ];

  test('are all kept where the same was filmed, with its names', () => {
    const { timeline, kept, dropped } = carry(edits, film('b'));
    expect(dropped).toEqual([]);
    expect(kept.map(({ op }) => op)).toEqual(edits.map(({ op }) => op));
    const edited = JSON.stringify(applyOperations(film('a'), edits).timeline);
    expect(timeline).toEqual(
      JSON.parse(edited.replaceAll('"a-', '"b-').replace('"runId":"a"', '"runId":"b"')),
    );
  });

  test('follow what was done, however much later and slower that was', () => {
    const { timeline, kept, dropped } = carry(
      [{ op: 'trim', id: 'a-c1.1', inMs: 1400, outMs: 2400 }],
      film('b', { late: 500, slow: 1.5 }),
    );
    expect(dropped).toEqual([]);
    expect(kept[0]).toEqual({ op: 'trim', id: 'b-c1.1', inMs: 500 + 1400 * 1.5, outMs: 500 + 2400 * 1.5 });
    expect(timeline.items.find(({ id }) => id === 'b-c1.1')).toMatchObject({ inMs: 2600, outMs: 4100 });
  });

  test('of a place stay where it is shown', () => {
    const at = (timeline: Timeline, id: string): number =>
      placements(timeline.items).find(({ item }) => item.id === id)?.startMs ?? NaN;
    const box = { x: 5, y: 5, width: 80, height: 20 };
    const startMs = at(film('a'), 'a-c3.1') + 1400;
    const to = film('b', { features: ['sort', 'login', 'search'] });
    const { timeline, dropped } = carry(
      [{ op: 'addBlur', blur: { id: 'secret', startMs, endMs: startMs + 400, box } }],
      to,
    );
    expect(dropped).toEqual([]);
    expect(timeline.blurs[0]?.startMs).toBeCloseTo(at(to, 'b-c1.1') + 1400, -1);
    expect(timeline.blurs[0]).toMatchObject({ id: 'secret', box });
  });

  test('that no longer apply are named, and the others are kept', () => {
    const { timeline, kept, dropped } = carry(edits, film('b', { features: ['login', 'sort'] }));
    expect(dropped.map(({ operation }) => operation)).toEqual([edits[3], edits[7]]);
    expect(dropped[0]?.reason).toBe('The new film has nothing that is "a-c2.1" of the other.');
    expect(kept).toHaveLength(6);
    expect(timeline).toMatchObject({ theme: 'aurora', aspect: '9:16' });
    expect(timeline.items[1]?.id).toBe('b-c2.title');
  });

  test('what was hidden on a page of another size is named: it would not be hidden', () => {
    const blur = { id: 'secret', startMs: 2000, endMs: 3000, box: { x: 5, y: 5, width: 80, height: 20 } };
    const { dropped } = carry([{ op: 'addBlur', blur }], film('b', { width: 800 }));
    expect(dropped[0]?.reason).toContain('another size');
  });

  test('what an edit was about that was not carried is named, too', () => {
    const callout = {
      id: 'note',
      startMs: 2000,
      endMs: 3000,
      text: 'Look',
      at: { x: 0, y: 0, width: 1, height: 1 },
    };
    const added: Operation[] = [{ op: 'addCallout', callout }, { op: 'remove', id: 'note' }]; // prettier-ignore
    expect(carry(added, film('b')).dropped).toEqual([]);
    expect(carry(added, film('b', { width: 800 })).dropped).toHaveLength(2);
  });
});
