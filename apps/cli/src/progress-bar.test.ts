import { expect, it } from '@jest/globals';
import { barOf, ProgressBar } from './progress-bar';

const screen = (isTTY: boolean, columns = 80) => {
  const written: string[] = [];
  return { written, isTTY, columns, write: (text: string) => written.push(text) };
};

it.each([
  [0, null, '[------------------------]   0 %'],
  [0.314, 42_000, '[########----------------]  31 %  about 42 s left'],
  [0.999, 0, '[########################]  99 %  about 1 s left'],
  [0.5, 125_000, '[############------------]  50 %  about 2 min 5 s left'],
  [1, 0, '[########################] 100 %'],
])('a share of %d with %s ms left is drawn as it is', (share, etaMs, drawn) => {
  expect(barOf({ share, etaMs })).toBe(drawn);
});

it('stays below the lines on a terminal, and goes at the end', () => {
  const terminal = screen(true, 30);
  const bar = new ProgressBar(terminal);
  bar.line('before');
  bar.show({ share: 0.5, etaMs: 10_000 });
  bar.line('a line');
  bar.end();
  bar.end();
  const drawn = '[############------------]  5';
  expect(terminal.written).toEqual([
    'before\n',
    `\r\u001b[2K${drawn}`,
    `\r\u001b[2Ka line\n${drawn}`,
    '\r\u001b[2K',
  ]);
});

it('is not drawn into a file', () => {
  const file = screen(false);
  const bar = new ProgressBar(file);
  bar.show({ share: 0.5, etaMs: 10_000 });
  bar.line('a line');
  bar.end();
  expect(file.written).toEqual(['a line\n']);
});
