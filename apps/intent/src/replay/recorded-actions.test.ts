import { describe, expect, it } from '@jest/globals';
import { actionRecord } from '@showrunner/contracts/testing';
import { recordedActions } from './replay.service';

const action = (sessionId: string, feature: string, step: number, seq: number) => {
  const record = actionRecord({
    seq,
    feature,
    step,
    action: { type: 'navigate', path: '/' },
    tool: 'browser_navigate',
    arguments: { path: '/' },
  });
  return { film: 1, sessionId, takeId: 't', record };
};

describe('recordedActions', () => {
  it('leaves times and pages out', () => {
    expect(recordedActions([action('s1', 'a', -1, 0)])).toEqual([
      {
        feature: 'a',
        step: -1,
        tool: 'browser_navigate',
        arguments: { path: '/' },
        action: { type: 'navigate', path: '/' },
        result: 'succeeded',
        verified: true,
      },
    ]);
  });

  it('keeps what was decided, so that a replay needs nobody to decide', () => {
    const decision = {
      ...{ by: 'rules-1', outcome: 'resolved' as const, confidence: 1, evidence: 'There is one.' },
      target: { role: 'button', name: 'Add', exact: true },
    };
    const stored = { film: 1, sessionId: 's1', takeId: 't', record: actionRecord({ decision }) };
    expect(recordedActions([stored])).toMatchObject([{ decision }]);
  });

  it('takes the last filming of each feature', () => {
    const actions = [
      action('s1', 'a', -1, 0),
      action('s1', 'b', -1, 1),
      action('s1', 'b', 0, 2),
      action('s2', 'b', -1, 3),
    ];
    expect(recordedActions(actions).map(({ feature, step }) => [feature, step])).toEqual([
      ['a', -1],
      ['b', -1],
    ]);
  });
});
