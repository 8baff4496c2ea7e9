import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { EnvironmentError } from '@showrunner/contracts';
import { planMigrations } from './migration-plan';
import type { MigrationFile, MigrationRow } from './migration-plan';

/** The key Prisma itself locks while it migrates. */
const ADVISORY_LOCK = 72_707_369;

const BOOKKEEPING = `
CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies what is missing, each migration in one transaction together with its row in Prisma's bookkeeping: after a failure the database is
 * as it was before that migration. Callers that come at the same time wait for each other.
 * @returns names of the migrations applied now
 * @throws EnvironmentError `migration_sql_failed` and those of planMigrations
 */
export async function applyMigrations(
  connectionString: string,
  files: readonly MigrationFile[],
): Promise<string[]> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await client.query(BOOKKEEPING);
    const { rows } = await client.query<MigrationRow>(
      'SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations ORDER BY started_at',
    );
    const pending = planMigrations(files, rows);
    for (const migration of pending) await applyOne(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    // Ending the session also releases the lock.
    await client.end();
  }
}

async function applyOne(client: pg.Client, migration: MigrationFile): Promise<void> {
  const startedAt = new Date();
  try {
    await client.query('BEGIN');
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, logs, started_at, applied_steps_count)
       VALUES ($1, $2, now(), $3, NULL, $4, 1)`,
      [randomUUID(), migration.checksum, migration.name, startedAt],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    const reason = error instanceof Error ? error.message : String(error);
    throw new EnvironmentError(
      'migration_sql_failed',
      `Migration ${migration.name} failed and was undone: ${reason}`,
      {
        remedy: `Mend prisma/migrations/${migration.name}/migration.sql and start again.`,
        cause: error,
      },
    );
  }
}
