import { expect, test } from '@jest/globals';
import type { ObjectStore } from '@showrunner/storage';
import { BuildLog } from './build-log';

const head = { bytes: 0, etag: '', contentType: '' };

test('keeps the first and the last part of a long log, and stores it at its end', async () => {
  const stored: string[] = [];
  const put: ObjectStore['put'] = (_key, body) => (stored.push(String(body)), Promise.resolve(head));
  const log = new BuildLog({ store: { put }, buildId: 'b1', onStoreError: () => undefined });
  log.note('npm ci');
  for (let line = 0; line < 40_000; line++) log.add(Buffer.from(`line ${line} ${'x'.repeat(90)}\n`));
  await log.close();
  const text = stored.at(-1) ?? '';
  expect(text.length).toBeLessThan(1.5 * 1024 * 1024);
  expect(text.startsWith('\n$ npm ci\nline 0 ')).toBe(true);
  expect(text).toContain('line 39999 ');
  expect(text).toMatch(/\[\d+ bytes left out\]/);
});

test('a store that is away costs the log only', async () => {
  const errors: unknown[] = [];
  const put = () => Promise.reject(new TypeError('away'));
  const log = new BuildLog({ store: { put }, buildId: 'b1', onStoreError: (error) => errors.push(error) });
  log.note('x');
  await log.close();
  expect(errors).toHaveLength(1);
});
