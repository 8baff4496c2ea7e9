import { describe, expect, it } from '@jest/globals';
import { actionRecord } from '@showrunner/contracts/testing';
import type { ActionRecord } from '@showrunner/contracts';
import { planBody } from '../testing/film-fixtures';
import { compareCheck } from './compare-check';

const feature = planBody.features[0] ?? { id: '', title: '', steps: [] };
const [only] = feature.steps;
const plan = {
  features: [{ ...feature, steps: only === undefined ? [] : [only, { ...only, caption: 'Again' }] }],
} as Pick<typeof planBody, 'features'>;
const decided = (name: string, outcome: 'resolved' | 'missing' = 'resolved'): ActionRecord['decision'] => ({
  ...{ by: 'rules-1', outcome, confidence: 1, evidence: 'x' },
  target: outcome === 'resolved' ? { role: 'button', name, exact: true } : null,
});
const done = (step: number, more: Partial<ActionRecord> = {}): ActionRecord =>
  actionRecord({ feature: 'add', step, startMs: 100, endMs: 250, decision: decided('Add'), ...more });
const failed = (step: number, more: Partial<ActionRecord> = {}): ActionRecord =>
  done(step, { verified: false, result: 'failed', error: 'It did not appear.', ...more });
const changes = (before: ActionRecord[], now: ActionRecord[]) =>
  compareCheck(plan, before, now).map(({ step, change, reason }) => [step, change, reason]);

describe('what became of each step', () => {
  it('nothing, and how long it took', () => {
    const before = [done(-1), failed(0), done(0), done(1)];
    expect(compareCheck(plan, before, [done(-1), done(0), done(1)])).toEqual([
      {
        feature: 'add',
        featureTitle: 'Add',
        step: 0,
        caption: 'Add',
        change: 'same',
        reason: '',
        durationMs: 150,
      },
      {
        feature: 'add',
        featureTitle: 'Add',
        step: 1,
        caption: 'Again',
        change: 'same',
        reason: '',
        durationMs: 150,
      },
    ]);
  });

  it('another target, no effect, no target, and what comes after', () => {
    const before = [done(-1), done(0), done(1)];
    expect(changes(before, [done(0, { decision: decided('Add card') }), failed(1)])).toEqual([
      [0, 'healed', 'It was button "Add", and is button "Add card" now.'],
      [1, 'refuted', 'It did not appear.'],
    ]);
    expect(changes(before, [failed(0, { decision: decided('', 'missing') })])).toEqual([
      [0, 'missing', 'It did not appear.'],
      [1, 'notReached', 'A step before it failed.'],
    ]);
  });

  it('works now, or fails as before', () => {
    const before = [done(-1), failed(0)];
    expect(changes(before, [done(0), failed(1)])).toEqual([
      [0, 'worksNow', 'It did not work when it was filmed.'],
      [1, 'stillFails', 'It did not appear.'],
    ]);
    expect(changes(before, [failed(0)]).map(([, change]) => change)).toEqual(['stillFails', 'stillFails']);
  });

  it('a page that is gone', () => {
    const before = [done(-1), done(0), done(1)];
    expect(changes(before, [failed(-1, { error: 'The app has no page / (404).' })])).toEqual([
      [-1, 'missing', 'The app has no page / (404).'],
      [0, 'notReached', 'A step before it failed.'],
      [1, 'notReached', 'A step before it failed.'],
    ]);
  });
});
