import type { ActionRecord } from '../action';

/** A key that was pressed and verified, the first action of its feature; the fields given are as given. */
export const actionRecord = (change: Partial<ActionRecord> = {}): ActionRecord => ({
  seq: 0,
  feature: 'add',
  step: 0,
  attempt: 1,
  caption: 'Press',
  action: { type: 'press', key: 'Enter' },
  tool: 'browser_press_key',
  arguments: { key: 'Enter' },
  box: null,
  startMs: 1,
  actMs: 2,
  endMs: 3,
  result: 'succeeded',
  verified: true,
  fingerprintBefore: 'a',
  fingerprintAfter: 'b',
  ...change,
});
