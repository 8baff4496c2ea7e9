import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { LogFile } from './log-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'showrunner-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a log keeps the newest lines and never more than twice its size', () => {
  const path = join(folder, 'logs', 'app.log');
  const log = new LogFile(path, 1_000);
  for (let line = 0; line < 500; line += 1) log.write(`line ${line}\n`);
  expect(log.tail(2)).toBe('line 498\nline 499');
  log.close();
  expect(statSync(path).size).toBeLessThanOrEqual(1_000);
  expect(statSync(`${path}.1`).size).toBeLessThanOrEqual(1_000);
  const kept = readFileSync(`${path}.1`, 'utf8') + readFileSync(path, 'utf8');
  const numbers = kept
    .trim()
    .split('\n')
    .map((text) => Number(text.slice(5)));
  expect(numbers).toEqual(numbers.map((_, index) => 500 - numbers.length + index));
});

test('a log that exists is continued', () => {
  const path = join(folder, 'app.log');
  for (const text of ['first\n', 'second\n']) {
    const log = new LogFile(path);
    log.write(text);
    log.close();
  }
  expect(readFileSync(path, 'utf8')).toBe('first\nsecond\n');
});
