import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { textWidth, wrapList, wrapText } from './text-measure';

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

  test('of a list no line begins with a dot, and what does not fit is counted', () => {
    const list = 'Add a card · Find boats · Switch to dark mode · Open the stern · Delete it';
    const plain = (lines: string[]): string[] => lines.map((line) => line.replaceAll('\u00a0', ' '));
    expect(plain(wrapList(list, 20, 400, 3))).toEqual([
      'Add a card · Find boats · Switch to',
      'dark mode · Open the stern · Delete it',
    ]);
    expect(plain(wrapList(list, 20, 400, 1))).toEqual(['Add a card · Find boats · +3']);
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 60, max: 900 }),
        fc.integer({ min: 1, max: 4 }),
        (parts, width, most) => {
          const lines = wrapList(parts.join(' · '), 20, width, most);
          expect(lines.length).toBeLessThanOrEqual(most);
          for (const line of lines) expect(textWidth(line, 20)).toBeLessThanOrEqual(width + 40);
        },
      ),
    );
  });

  test('breaks at spaces', () => {
    expect(wrapText('Add the card to the board', 20, 130, 3)).toEqual(['Add the card', 'to the board']);
  });
});
