import { describe, expect, it } from '@jest/globals';
import type { Feature } from '@showrunner/contracts';
import { countsIn, isOpened } from './goes-on';

const endingWith = (caption: string): Pick<Feature, 'steps'> => ({
  steps: [
    {
      action: { type: 'press', key: 'Enter' },
      caption,
      success: { kind: 'themeChanged' },
      timeoutMs: 1,
    },
  ],
});

describe('a part that goes on from the one before', () => {
  it.each([
    ['open the first product', 'sort by price', true],
    ['open the second result', 'search for lamp', true],
    ['open the contact', 'search for Zoe', true],
    ['open the cart', 'search for lamp', false],
    ['go to the settings', 'search for lamp', false],
    ['open the Arc lamp', 'sort by price', false],
    ['open the first product', 'switch to dark mode', false],
  ])('“%s” after “%s” counts in a list that was to be arranged: %s', (text, before, counts) => {
    expect(countsIn(text, before)).toBe(counts);
  });

  it.each([
    ['open the cart', 'Open the cart', true],
    ['show my basket', 'Open the cart', true],
    ['open the settings', 'Open the cart', false],
    ['open the first product in the cart', 'Open the cart', false],
    ['empty the cart', 'Open the cart', false],
    ['open the cart', 'Add to cart', false],
  ])('“%s” is what “%s” has opened: %s', (text, caption, opened) => {
    expect(isOpened(text, endingWith(caption))).toBe(opened);
  });
});
