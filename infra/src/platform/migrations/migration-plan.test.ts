import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planMigrations } from './migration-plan';
import type { MigrationFile, MigrationRow } from './migration-plan';

const file = (name: string): MigrationFile => ({ name, sql: `-- ${name}`, checksum: `sum-${name}` });
const row = (name: string, change: Partial<MigrationRow> = {}): MigrationRow => ({
  migration_name: name,
  checksum: `sum-${name}`,
  finished_at: new Date(0),
  rolled_back_at: null,
  ...change,
});

describe('planMigrations', () => {
  test('gives exactly the files that no row stands for, in order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[0-9]{14}_[a-z]{1,8}$/)),
        fc.func(fc.boolean()),
        (names, isApplied) => {
          const sorted = [...names].sort();
          const rows = sorted.filter((name) => isApplied(name)).map((name) => row(name));
          const pending = planMigrations(sorted.map(file), rows).map(({ name }) => name);
          expect(pending).toEqual(sorted.filter((name) => !isApplied(name)));
        },
      ),
    );
  });

  test('applies again what was rolled back', () => {
    expect(
      planMigrations([file('a')], [row('a', { finished_at: null, rolled_back_at: new Date(0) })]),
    ).toEqual([file('a')]);
  });

  test.each([
    ['migration_changed', [file('a')], [row('a', { checksum: 'other' })]],
    ['migration_missing', [file('b')], [row('a')]],
    ['migration_failed', [file('a')], [row('a', { finished_at: null })]],
  ])('refuses with %s', (code, files, rows) => {
    expect(() => planMigrations(files, rows)).toThrow(
      expect.objectContaining({ code, remedy: expect.any(String) }),
    );
  });
});
