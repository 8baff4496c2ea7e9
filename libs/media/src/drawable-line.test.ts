import { describe, expect, test } from '@jest/globals';
import { drawableLine } from './drawable-line';

describe('drawableLine', () => {
  test('what would be drawn as an empty box goes, the rest stays', () => {
    expect(drawableLine('Ship it 🚀 today 😀 👩🏽‍💻 ✓ → ©')).toBe('Ship it today 😀 ✓ → ©');
  });
  test('digits, letters of any script and punctuation stay', () => {
    const text = '1 # * Zoë שלום 添加 “50 %”';
    expect(drawableLine(text)).toBe(text);
  });
});
