import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '../..');
const text = readFileSync(path.join(ROOT, 'docs/walkthrough.md'), 'utf8');

it('the walkthrough of a film has under a hundred lines, and every path in it leads to something', () => {
  expect(text.split('\n').length).toBeLessThan(100);
  const paths = [...text.matchAll(/`((?:apps|libs|workflows)\/[\w./-]+)`/g)].map(([, found]) => found ?? '');
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((one) => !existsSync(path.join(ROOT, one)))).toEqual([]);
});
