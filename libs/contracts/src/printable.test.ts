import { expect, it } from '@jest/globals';
import { printable } from './printable';

it.each([
  ['colours', '\u001b[1;31mred\u001b[0m and plain', 'red and plain'],
  ['colours and underlines with colons', '\u001b[38:2::255:0:0mred\u001b[4:3m wavy\u001b[m', 'red wavy'],
  ['private modes', '\u001b[?25lhidden cursor\u001b[>4;1m', 'hidden cursor'],
  ['movements', '\u001b[2K\u001b[1Gdone', 'done'],
  ['titles', '\u001b]0;npm run build\u0007building', 'building'],
  ['links', '\u001b]8;;https://example.org/a\u001b\\a page\u001b]8;;\u001b\\.', 'a page.'],
  ['character sets', '\u001b(Btext', 'text'],
  ['bells, NUL and lone escapes', 'a\u0007b\u0000c\u001b', 'abc'],
  ['lines and tabs, which stay', 'one\n\ttwo\r\n', 'one\n\ttwo\n'],
])('%s', (_what, text, seen) => {
  expect(printable(text)).toBe(seen);
});
