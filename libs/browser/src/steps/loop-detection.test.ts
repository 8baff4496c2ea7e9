import { describe, expect, it } from '@jest/globals';
import type { Condition, StepAction } from '@showrunner/contracts';
import { wouldLoop, type ExecutedAction } from './loop-detection';

const action: StepAction = { type: 'press', key: 'a' };
const other: StepAction = { type: 'press', key: 'b' };
const text = (wanted: string): Condition => ({ kind: 'textVisible', text: wanted });
const done = (
  fingerprintBefore: string,
  verified = false,
  more: Partial<ExecutedAction> = {},
): ExecutedAction => ({
  action,
  fingerprintBefore,
  verified,
  ...more,
});
const third = { fingerprint: 'p', action };

describe('wouldLoop', () => {
  it('sees the third time in a row', () => {
    expect(wouldLoop([done('p'), done('p')], third)).toBe(true);
    expect(wouldLoop([done('p')], third)).toBe(false);
    expect(wouldLoop([done('p'), done('q')], third)).toBe(false);
    expect(wouldLoop([done('p'), done('p')], { fingerprint: 'p', action: other })).toBe(false);
  });

  it('lets verified actions repeat: a counter is clicked three times', () => {
    expect(wouldLoop([done('p', true), done('p', true)], third)).toBe(false);
  });

  it('sees a loop that leads over other actions and other pages', () => {
    const away = done('q', true, { action: other });
    expect(wouldLoop([done('p'), away, done('p'), away], third)).toBe(true);
    expect(wouldLoop([done('p'), done('q'), done('p')], third)).toBe(true);
  });

  it('forgets what is long ago', () => {
    const between = Array.from({ length: 11 }, (_, at) => done(`q${at}`, true, { action: other }));
    expect(wouldLoop([done('p'), done('p'), ...between.slice(1)], third)).toBe(true);
    expect(wouldLoop([done('p'), done('p'), ...between], third)).toBe(false);
  });

  it('lets another feature try the same for something else', () => {
    const failed = [
      done('p', false, { success: text('Saved') }),
      done('p', false, { success: text('Saved') }),
    ];
    expect(wouldLoop(failed, { ...third, success: text('Closed') })).toBe(false);
    expect(wouldLoop(failed, { ...third, success: text('Saved') })).toBe(true);
  });
});
