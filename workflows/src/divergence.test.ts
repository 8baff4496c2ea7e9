import { describe, expect, it } from '@jest/globals';
import type { ActionRecord } from '@showrunner/contracts';
import { divergencesOf } from './divergence';

const action = (change: Partial<ActionRecord> = {}): ActionRecord => ({
  seq: 0,
  feature: 'add',
  step: 0,
  attempt: 1,
  caption: 'Add',
  action: { type: 'click', target: { role: 'button', name: 'Add', exact: true } },
  tool: 'browser_click',
  arguments: { a: 1, b: 2 },
  box: null,
  startMs: 1,
  actMs: 2,
  endMs: 3,
  result: 'succeeded',
  verified: true,
  fingerprintBefore: 'x',
  fingerprintAfter: 'y',
  ...change,
});

describe('divergencesOf', () => {
  it('sees no difference when only times, places and the order of keys differ', () => {
    const now = action({
      startMs: 90,
      endMs: 99,
      arguments: { b: 2, a: 1 },
      box: { x: 1, y: 1, width: 1, height: 1 },
    });
    expect(divergencesOf([action()], [now])).toEqual([]);
  });

  it('names an action that is missing, one that is new, and one that ended otherwise', () => {
    expect(divergencesOf([action()], [])).toEqual([
      'add step 0: in the recording, not done now (browser_click)',
    ]);
    expect(divergencesOf([], [action()])).toEqual([
      'add step 0: done now, not in the recording (browser_click)',
    ]);
    expect(
      divergencesOf([action()], [action({ result: 'failed', verified: false, error: 'no text' })]),
    ).toEqual(['add step 0: recorded succeeded, now failed (no text)']);
  });

  it('names changed arguments', () => {
    expect(divergencesOf([action()], [action({ arguments: { a: 1, b: 3 } })])).toHaveLength(1);
  });
});
