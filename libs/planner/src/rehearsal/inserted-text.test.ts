import { describe, expect, it } from '@jest/globals';
import { page } from '../testing/outline';
import { insertedText } from './inserted-text';

const text = (words: string): ReturnType<typeof page> => page('/', '', { text: words });

describe('what a page says that it did not say before', () => {
  it.each([
    [
      'an entry and a count',
      'Cart: 0 Rope Paddle Your cart',
      'Cart: 1 Rope Paddle Your cart Rope',
      '1 \u0000 Rope',
    ],
    [
      'nothing of what lies between',
      'Cart: 0 Rope Paddle Your cart',
      'Cart: 1 Rope Paddle Your cart Paddle',
      '1 \u0000 Paddle',
    ],
    ['what has moved', 'Todo Fix Write Doing Rent', 'Todo Write Doing Rent Fix', 'Fix'],
    ['nothing', 'Todo Fix', 'Todo Fix', ''],
    ['nothing where words only went', 'Todo Fix Write', 'Todo Write', ''],
  ])('%s', (_, before, after, expected) => expect(insertedText(text(before), text(after))).toBe(expected));
});
