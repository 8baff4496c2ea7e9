import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestPostgres } from './testing';
import type { TestPostgres } from './testing';

const FOLDER = join(import.meta.dirname, '../../../prisma/migrations');
const NAMES = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

let postgres: TestPostgres;
let server: pg.Client;
let client: pg.Client;
let databases = 0;

beforeAll(async () => {
  postgres = await startTestPostgres();
  server = new pg.Client({ connectionString: postgres.url });
  await server.connect();
});
afterAll(async () => {
  await client.end();
  await server.end();
  await postgres.stop();
});
beforeEach(async () => {
  databases += 1;
  const name = `before_${process.pid}_${databases}`;
  await server.query(`CREATE DATABASE "${name}" TEMPLATE template0`);
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  if (databases > 1) await client.end();
  client = new pg.Client({ connectionString: url.href });
  await client.connect();
});

async function apply(names: readonly string[]): Promise<void> {
  for (const name of names) await client.query(readFileSync(join(FOLDER, name, 'migration.sql'), 'utf8'));
}
/** Brings an empty database to just before a migration, stores rows of that time, and goes on to today. */
async function withRowsBefore(migration: string, rows: string): Promise<void> {
  const index = NAMES.findIndex((name) => name.endsWith(migration));
  expect(index).toBeGreaterThan(0);
  await apply(NAMES.slice(0, index));
  await client.query(rows);
  await apply(NAMES.slice(index));
}

describe('rows that an earlier release left', () => {
  it('clips that were c1 in every run have ids that are unique in the system', async () => {
    await withRowsBefore(
      'clips_of_the_system',
      `INSERT INTO clips (run_id, clip_id, take_id, feature, position, start_seconds, end_seconds) VALUES
        ('r1', 'c1', 't1', 'login', 0, 0, 12.4), ('r1', 'c2', 't1', 'search', 1, 12.401, 20), ('r2', 'c1', 't2', 'login', 0, 1.5, 2)`,
    );
    const { rows } = await client.query(
      'SELECT id, run_id, number, take_id, start_ms, end_ms FROM clips ORDER BY id',
    );
    expect(rows).toEqual([
      { id: 'r1-c1', run_id: 'r1', number: 1, take_id: 't1', start_ms: 0, end_ms: 12_400 },
      { id: 'r1-c2', run_id: 'r1', number: 2, take_id: 't1', start_ms: 12_401, end_ms: 20_000 },
      { id: 'r2-c1', run_id: 'r2', number: 1, take_id: 't2', start_ms: 1500, end_ms: 2000 },
    ]);
  });

  it('actions and stages that were numbered apart for a second film say which film they are of', async () => {
    await withRowsBefore(
      'films_of_a_run',
      `INSERT INTO actions (run_id, session_id, seq, take_id, feature, body) VALUES
        ('r1', 's1', 0, 't1', 'login', '{"seq":0,"feature":"login"}'), ('r1', 's1', 7, 't1', 'login', '{"seq":7,"feature":"login"}'),
        ('r1', 's6', 100000, 't6', 'login', '{"seq":100000,"feature":"login"}'), ('r1', 's6', 100003, 't6', 'login', '{"seq":100003,"feature":"login"}');
      INSERT INTO run_stages (run_id, stage, started_at, duration_ms) VALUES
        ('r1', 'film', '2026-01-01', 5), ('r1', 'film 2', '2026-01-02', 6), ('r1', 'install 2', '2026-01-02', 7)`,
    );
    const actions = await client.query(
      `SELECT film, seq, (body->>'seq')::int AS told, body->>'feature' AS feature FROM actions ORDER BY film, seq`,
    );
    expect(actions.rows).toEqual([
      { film: 1, seq: 0, told: 0, feature: 'login' },
      { film: 1, seq: 7, told: 7, feature: 'login' },
      { film: 2, seq: 0, told: 0, feature: 'login' },
      { film: 2, seq: 3, told: 3, feature: 'login' },
    ]);
    const stages = await client.query('SELECT stage, film FROM run_stages ORDER BY film, stage');
    expect(stages.rows).toEqual([
      { stage: 'film', film: 1 },
      { stage: 'film', film: 2 },
      { stage: 'install', film: 2 },
    ]);
  });

  it('outcomes that were proven are verified, in their order; runs without any stay as they are', async () => {
    await withRowsBefore(
      'outcomes_verified',
      `INSERT INTO projects (id, name, source) VALUES ('p1', 'p', '{}');
      INSERT INTO runs (id, project_id, size, outcomes) VALUES
        ('r1', 'p1', '{}', '[{"feature":"b","title":"B","proven":true},{"feature":"a","title":"A","proven":false,"reason":"no"}]'),
        ('r2', 'p1', '{}', '[]')`,
    );
    const { rows } = await client.query('SELECT id, outcomes FROM runs ORDER BY id');
    expect(rows).toEqual([
      {
        id: 'r1',
        outcomes: [
          { feature: 'b', title: 'B', verified: true },
          { feature: 'a', title: 'A', verified: false, reason: 'no' },
        ],
      },
      { id: 'r2', outcomes: [] },
    ]);
  });
});
