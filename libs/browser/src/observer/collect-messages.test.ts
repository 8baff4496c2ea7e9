import { describe, expect, it } from '@jest/globals';
import { toneOf } from './collect-messages';

/** A label in a form, as far as its tone is looked for. */
function labelIn(formClass: string): Element {
  const element = (name: string, parentElement: unknown): unknown => ({
    id: '',
    textContent: 'Kind of ticket',
    parentElement,
    getAttribute: (attribute: string) => (attribute === 'class' ? name : null),
    closest: () => ({}),
  });
  return element('label', element('form-group', element(formClass, null))) as Element;
}

describe('the tone of a text', () => {
  it('is not bad because its form still lacks something, as a framework says of every empty one', () => {
    expect(toneOf(labelIn('ticket-form ng-untouched ng-invalid'))).toBe('plain');
  });
  it('is bad where what it stands in is marked as refused', () => {
    expect(toneOf(labelIn('field is-invalid'))).toBe('bad');
  });
});
