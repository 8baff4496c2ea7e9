import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { textWidth, wrapText } from './text-measure';

describe('wrapText', () => {
  test('lines fit, and nothing is lost unless the ellipsis says so', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 60, max: 900 }),
        fc.integer({ min: 1, max: 3 }),
        (text, width, most) => {
          const lines = wrapText(text, 20, width, most);
          expect(lines.length).toBeLessThanOrEqual(most);
          for (const line of lines) expect(textWidth(line, 20)).toBeLessThanOrEqual(width + 40);
          if (!(lines.at(-1) ?? '').endsWith('…'))
            expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        },
      ),
    );
  });

  test('breaks at spaces', () => {
    expect(wrapText('Add the card to the board', 20, 130, 3)).toEqual(['Add the card', 'to the board']);
  });
});
