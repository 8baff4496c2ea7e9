import { expect, it } from '@jest/globals';
import { PlanSchema } from '@showrunner/contracts';
import { chosenPlan } from './review-plan';

const feature = (id: string) => ({
  ...{ id, kind: 'use', title: `Show ${id}`, description: '', startPath: '/' },
  steps: [{ action: { type: 'back' }, caption: 'Go back', success: { kind: 'textVisible', text: 'x' } }],
});
const DRAFT = PlanSchema.parse({
  ...{ schemaVersion: 1, videoType: 'demo', title: 'App', intent: 'a and b', planner: 'rules', rejected: [] },
  features: ['a', 'b', 'c'].map(feature),
  intentParts: [
    { text: 'a', feature: 'a' },
    { text: 'b', feature: 'b' },
    { text: 'd', reason: 'Not found.' },
  ],
});

it('has the chosen features in their order, and tells what was dropped', () => {
  const plan = PlanSchema.parse(chosenPlan(DRAFT, ['c', 'a']));
  expect(plan.features.map(({ id }) => id)).toEqual(['c', 'a']);
  expect(plan.rejected).toEqual([{ title: 'Show b', reason: expect.stringContaining('dropped') }]);
  expect(plan.intentParts).toEqual([
    { text: 'a', feature: 'a' },
    { text: 'b', reason: expect.stringContaining('dropped') },
    { text: 'd', reason: 'Not found.' },
  ]);
  expect(() => chosenPlan(DRAFT, ['x'])).toThrow(/no feature "x"/);
});
