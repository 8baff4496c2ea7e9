import { describe, expect, it } from '@jest/globals';
import {
  askedFeatures,
  intentNotShown,
  IntentNotShownError,
  intentOutcomes,
  notShownNotes,
} from './intent-part';

const parts = [
  { text: 'add a card', feature: 'add' },
  { text: 'like it', feature: 'like' },
  { text: 'export it', reason: 'Nothing is called “export”.' },
];
const outcomes = [
  { feature: 'sign-in', verified: true },
  { feature: 'add', verified: true },
  { feature: 'like', verified: false, reason: 'The count stayed.' },
];

describe('the parts of an intent', () => {
  it('are shown only by features that were filmed and verified', () => {
    const told = intentOutcomes(parts, outcomes, 'done');
    expect(told.map(({ status, reason }) => [status, reason])).toEqual([
      ['shown', undefined],
      ['not_shown', 'The count stayed.'],
      ['not_shown', 'Nothing is called “export”.'],
    ]);
    expect(notShownNotes(told)).toEqual([
      'Asked for and not shown: like it. The count stayed.',
      'Asked for and not shown: export it. Nothing is called “export”.',
    ]);
  });
  it('are not shown by a run that failed, or has not filmed yet', () => {
    expect(intentOutcomes(parts, outcomes, 'failed').map(({ status }) => status)).not.toContain('shown');
    expect(intentOutcomes(parts, [], 'filming').map(({ status }) => status)).not.toContain('shown');
  });
  it('name the features of a film; without an intent everything may be shown', () => {
    expect(askedFeatures(parts)).toEqual(new Set(['add', 'like']));
    expect(askedFeatures(undefined)).toBeUndefined();
  });
  it('of which none is shown are a failure that names each', () => {
    const error = new IntentNotShownError(parts.slice(2));
    expect([error.code, error.status, error.retryable]).toEqual(['intent_not_shown', 422, false]);
    expect(error.message).toContain('export it: Nothing is called “export”.');
    expect(
      intentNotShown([{ text: 'x'.repeat(300), reason: 'y'.repeat(4000) }]).message.length,
    ).toBeLessThanOrEqual(2000);
  });
});
