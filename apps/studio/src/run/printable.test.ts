import { expect, it } from '@jest/globals';
import { printable } from './printable';

it('leaves what can be read of what was meant for a terminal', () => {
  expect(printable('\x1b[32madded\x1b[0m 3\n10 %\r50 %\r100 %\nwin\r\n\x1b]0;title\x07end\u202e\0')).toBe(
    'added 3\n100 %\nwin\nend',
  );
  expect(printable('x'.repeat(300_000))).toHaveLength(200_000);
});
