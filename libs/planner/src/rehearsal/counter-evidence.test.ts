import { describe, expect, it } from '@jest/globals';
import type { CandidateStep } from '@showrunner/contracts';
import { click } from '../candidate';
import { page } from '../testing/outline';
import { counterEvidence } from './counter-evidence';

const target = { role: 'button', name: 'Go', exact: true };
const pressing = (caption: string, more: Partial<CandidateStep> = {}): CandidateStep => ({
  ...click(target, caption, { kind: 'textChanged' }),
  ...more,
});
const list = (...titles: string[]): ReturnType<typeof page> =>
  page('/', `button "Go"\nlist ""\n${titles.map((one) => `  listitem ""\n    text "${one}"`).join('\n')}`);

describe('what speaks against a step whose condition may hold', () => {
  const soups = list('Tomato soup', 'Apple pie', 'Green salad', 'Rice pudding');
  it.each([
    ['most of what it is to leave out', list('Tomato soup', 'Apple pie'), undefined],
    ['nothing of it', soups, '“Apple pie”'],
    ['one of three', list('Tomato soup', 'Green salad', 'Rice pudding'), '“Green salad”'],
  ])('a filter that leaves out %s', (_, after, left) => {
    const step = pressing('Show only soup', { leavesOut: ['Apple pie', 'Green salad', 'Rice pudding'] });
    const against = counterEvidence(step, soups, after);
    if (left === undefined) expect(against).toBeUndefined();
    else expect(against).toContain(left);
  });

  it.each([
    ['by name', ['Anchor, 40 €', 'Buoy, 12 €', 'Compass, 85 €'], true],
    ['by price', ['Buoy, 12 €', 'Lantern, 23 €', 'Compass, 185 €'], true],
    ['downwards', ['Compass, 1.085 €', 'Lantern, 23 €', 'Buoy, 12 €'], true],
    ['in no order', ['Buoy, 12 €', 'Anchor, 40 €', 'Lantern, 23 €'], false],
    ['of two, which have one always', ['Buoy, 12 €', 'Anchor, 40 €'], true],
  ])('a list that was sorted, %s', (_, titles, isSorted) => {
    const before = list('Compass, 85 €', 'Anchor, 40 €', 'Buoy, 12 €');
    expect(counterEvidence(pressing('Sort by price'), before, list(...titles)) === undefined).toBe(isSorted);
  });

  it.each([
    ['in the place of the shelf that held it', list('Apple pie'), true],
    ['beside the shelf that held it', soups, false],
    ['offered below an empty cart', page('/', 'text "The cart is empty"\ntext "Apple pie"'), false],
    ['not at all', list('Rice pudding'), false],
  ])('a cart that shows what was put into it, %s', (_, after, isShown) => {
    const step = pressing('Open the cart', { brings: 'Apple pie' });
    expect(counterEvidence(step, soups, after) === undefined).toBe(isShown);
  });

  const opens = (state: 'expanded' | 'selected', role: string): CandidateStep => {
    const named = { role, name: 'Fares', exact: true };
    return click(named, 'Open “Fares”', { kind: 'state', target: named, state, equals: true });
  };
  it.each([
    ['a tab', opens('selected', 'tab'), 'tab "Fares" selected=true', true],
    ['a tab with its panel', opens('selected', 'tab'), 'tab "Fares" selected=true\ntext "Four coins"', false],
    ['a folded part', opens('expanded', 'button'), 'button "Fares" expanded=true', true],
    ['what opens', opens('expanded', 'button'), 'button "Fares" expanded=true\ntext "Four"', false],
    [
      'a choice, whose state is all there is',
      opens('selected', 'option'),
      'option "Fares" selected=true',
      false,
    ],
  ])('%s that only looks open', (_, step, after, isRefuted) => {
    const before = page('/', after.split('\n')[0]?.replace('=true', '=false') ?? '');
    expect(counterEvidence(step, before, page('/', after)) !== undefined).toBe(isRefuted);
  });
});
