import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import pg from 'pg';
import { createTestPlatform } from '../../testing/test-platform';
import type { TestPlatform } from '../../testing/test-platform';
import { databaseUrl } from '../postgres';
import { loadSecrets } from '../secrets';
import { applyMigrations } from './apply-migrations';
import { productMigrations } from './migration-files';
import type { MigrationFile } from './migration-plan';

let platform: TestPlatform;
let urlOf: (database: string) => string;
let databases = 0;
let url = '';

beforeAll(async () => {
  platform = await createTestPlatform(['postgres']);
  expect(await platform.run(['up'])).toMatchObject({ code: 0 });
  const { postgresPassword } = loadSecrets(platform.home, {});
  urlOf = (database) => databaseUrl(platform.settings.ports.postgres, postgresPassword, database);
});
afterAll(() => platform.dispose());
beforeEach(async () => {
  databases += 1;
  await query(urlOf('postgres'), `CREATE DATABASE test_${databases}`);
  url = urlOf(`test_${databases}`);
});

async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const migration = (name: string, sql: string): MigrationFile => ({
  name,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
});
const one = migration('20260101000000_one', 'CREATE TABLE one (id int); CREATE TABLE two (id int);');
const three = migration('20260102000000_three', 'ALTER TABLE two ADD COLUMN name text;');

describe('applyMigrations', () => {
  test('applies what is missing, once, and keeps the books as Prisma does', async () => {
    expect(await applyMigrations(url, [one])).toEqual([one.name]);
    expect(await applyMigrations(url, [one, three])).toEqual([three.name]);
    expect(await applyMigrations(url, [one, three])).toEqual([]);
    const rows = await query(url, 'SELECT * FROM _prisma_migrations ORDER BY migration_name');
    expect(rows).toEqual(
      [one, three].map(({ name, checksum }) => ({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        checksum,
        finished_at: expect.any(Date),
        migration_name: name,
        logs: null,
        rolled_back_at: null,
        started_at: expect.any(Date),
        applied_steps_count: 1,
      })),
    );
  });

  test('undoes a migration that fails in its middle, and can go on once it is mended', async () => {
    const broken = migration(three.name, 'ALTER TABLE two ADD COLUMN name text; SELECT nothing_like_this();');
    await expect(applyMigrations(url, [one, broken])).rejects.toMatchObject({
      code: 'migration_sql_failed',
      message: expect.stringContaining('nothing_like_this'),
    });
    expect(
      await query(
        url,
        "SELECT 1 FROM information_schema.columns WHERE table_name = 'two' AND column_name = 'name'",
      ),
    ).toEqual([]);
    expect(await applyMigrations(url, [one, three])).toEqual([three.name]);
  });

  test('notices a migration that was changed after it had been applied', async () => {
    await applyMigrations(url, [one]);
    const changed = migration(one.name, `${one.sql} -- changed`);
    await expect(applyMigrations(url, [changed, three])).rejects.toMatchObject({ code: 'migration_changed' });
    expect(
      await query(
        url,
        "SELECT 1 FROM information_schema.columns WHERE table_name = 'two' AND column_name = 'name'",
      ),
    ).toEqual([]);
  });

  test('lets callers that come at once wait for each other', async () => {
    const results = await Promise.all(Array.from({ length: 4 }, () => applyMigrations(url, [one, three])));
    expect(results.flat().sort()).toEqual([one.name, three.name]);
  });

  test('applies the migrations of the product', async () => {
    const files = productMigrations();
    expect(files.length).toBeGreaterThan(0);
    expect(await applyMigrations(url, files)).toEqual(files.map(({ name }) => name));
    expect(await applyMigrations(url, files)).toEqual([]);
  });
});
