import { expect, it } from '@jest/globals';
import { chosenFeatures, readMinutes, toldReview } from './review.command';

const features = ['add-card', 'search'].map((id) => ({
  ...{ id, kind: 'use' as const, title: `Show ${id}`, description: '' },
}));

it('takes features by number and by id, in the order given', () => {
  expect(chosenFeatures({ features }, ['2', 'add-card'])).toEqual(['search', 'add-card']);
  expect(() => chosenFeatures({ features }, ['3'])).toThrow(/no feature "3"/);
});

it('says what waits, until when, and how to go on', () => {
  const told = toldReview('r1', {
    state: 'open',
    minutes: 15,
    deadline: '2026-01-01T00:00:00.000Z',
    features,
  });
  expect(told).toContain('  1  Show add-card  (add-card)');
  expect(told).toContain('at 2026-01-01T00:00:00.000Z. Choose: showrunner review r1');
  expect(toldReview('r1', { state: 'changed', minutes: 15, deadline: null, features })).not.toContain(
    'Choose',
  );
});

it.each(['0', '61', '1.5', 'x'])('refuses %j minutes', (text) => expect(() => readMinutes(text)).toThrow());
