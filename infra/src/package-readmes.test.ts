import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '../..');
const below = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`);
const packages = [...below('apps'), ...below('libs'), 'workflows', 'infra', 'e2e'].filter((folder) =>
  existsSync(path.join(ROOT, folder, 'package.json')),
);

describe('the README of every package', () => {
  it.each(packages)(
    '%s says in thirty lines what it is for, how it is called and what it must not import',
    (folder) => {
      const text = readFileSync(path.join(ROOT, folder, 'README.md'), 'utf8');
      expect(text.trim().split('\n').length).toBeLessThanOrEqual(30);
      expect(text).toMatch(/```(ts|sh)\n/);
      expect(text).toMatch(/^Must not import /m);
    },
  );
});
