import { describe, expect, it } from '@jest/globals';
import { planFromHand, readHandPlan } from './hand-plan';

const step = {
  action: { type: 'click', target: { role: 'button', name: 'Add' } },
  caption: 'Add it',
  success: { kind: 'textVisible', text: 'Added' },
};
const plan = (change: object = {}): object => ({
  title: 'My app',
  features: [{ id: 'add', title: 'Add a card', steps: [step], ...change }],
});

describe('a plan by hand', () => {
  it('may leave out what has a plain meaning', () => {
    const second = { id: 'like', title: 'Like it', steps: [step] };
    const written = {
      title: 'My app',
      features: [{ id: 'add', title: 'Add a card', steps: [step] }, second],
    };
    const made = planFromHand(readHandPlan(written), '');
    expect(made).toMatchObject({ schemaVersion: 1, videoType: 'demo', planner: 'hand', rejected: [] });
    expect(made.features.map(({ startPath, kind }) => [startPath, kind])).toEqual([
      ['/', 'open'],
      [null, 'open'],
    ]);
    expect(made.features[0]?.steps[0]).toMatchObject({
      action: { target: { exact: true } },
      timeoutMs: 8000,
    });
  });

  it('may be the plan.json of a run', () => {
    const stored = planFromHand(readHandPlan(plan()), 'add a card');
    expect(planFromHand(readHandPlan({ planId: 'plan-1', hash: 'x', ...stored }), 'add a card')).toEqual(
      stored,
    );
  });

  it.each<[unknown, RegExp]>([
    [null, /the plan: /],
    [[], /the plan: /],
    [{ title: 'x', features: [] }, /features: /],
    [{ title: '', features: [] }, /title: /],
    [plan({ id: 'Not a slug' }), /features\.0\.id: /],
    [plan({ steps: [{ ...step, caption: '' }] }), /features\.0\.steps\.0\.caption: /],
    [plan({ steps: [{ ...step, action: { type: 'fly' } }] }), /features\.0\.steps\.0\.action/],
    [
      plan({ steps: [{ ...step, success: { kind: 'done' } }] }),
      /features\.0\.steps\.0\.success: The last step/,
    ],
    [plan({ startPath: 'https://elsewhere.example/' }), /features\.0\.startPath: /],
    [{ ...plan(), schemaVersion: 2 }, /schemaVersion: /],
    [
      { title: 'x', features: [1, 2].map(() => ({ id: 'a', title: 'A', steps: [step] })) },
      /features\.1\.id: There is another feature "a"/,
    ],
  ])('that cannot be filmed is refused by place: %#', (value, said) => {
    expect(() => readHandPlan(value)).toThrow(
      expect.objectContaining({ code: 'bad_plan', message: expect.stringMatching(said) }),
    );
  });
});
