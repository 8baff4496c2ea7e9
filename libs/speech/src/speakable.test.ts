import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MOST_SPOKEN, speakable } from './speakable';

test.each([
  ['Type “Buy milk” & press Add', 'Type Buy milk & press Add'],
  ['<speak><break time="10s"/>hi</speak>', 'speak break time 10s hi speak'],
  ['[word](/sˈaʊnd/) and [[f@n]]', 'word, sˈaʊnd, and f n'],
  ['See https://example.com/a?b=c now 🎉', 'See now'],
  ['a\u0000b\u001b[31m\nc', 'a b 31m c'],
  ['1.284,50 € — 20%', '1.284,50 € 20%'],
  ['שלום, दुनिया 日本語。', 'שלום, दुनिया 日本語。'],
  ['-v --stdin', '-v --stdin'],
])('%j is said as %j', (text, said) => {
  expect(speakable(text)).toBe(said);
});

test('whatever is typed, no mark of an engine and no control character is left, and it is not long', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000, unit: 'binary' }), (text) => {
      const said = speakable(text);
      expect(said).not.toMatch(/[<>[\]{}|\\/\p{Cc}]/u);
      expect(said.length).toBeLessThanOrEqual(MOST_SPOKEN);
    }),
  );
});
