import { EnvironmentError } from '@showrunner/contracts';

/** A migration as it lies in `prisma/migrations`. */
export interface MigrationFile {
  name: string;
  sql: string;
  /** SHA-256 of the script, hex. */
  checksum: string;
}

/** A row of Prisma's bookkeeping. */
export interface MigrationRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  rolled_back_at: Date | null;
}

/**
 * Which migrations are still to be applied, in order.
 * @throws EnvironmentError `migration_changed`, `migration_missing`, `migration_failed`
 */
export function planMigrations(
  files: readonly MigrationFile[],
  rows: readonly MigrationRow[],
): MigrationFile[] {
  const standing = rows.filter((row) => row.rolled_back_at === null);
  const applied = new Map(standing.map((row) => [row.migration_name, row]));
  const known = new Set(files.map((file) => file.name));
  for (const row of standing) {
    if (row.finished_at === null) {
      throw new EnvironmentError(
        'migration_failed',
        `Migration ${row.migration_name} was begun and never finished.`,
        {
          remedy: 'Look at what it left, mend it, and mark it with `prisma migrate resolve`.',
        },
      );
    }
    if (!known.has(row.migration_name)) {
      throw new EnvironmentError(
        'migration_missing',
        `The database holds migration ${row.migration_name}, which this version of the product does not know.`,
        { remedy: 'Use the version that made this database, or another SHOWRUNNER_HOME.' },
      );
    }
  }
  const changed = files.find((file) => {
    const row = applied.get(file.name);
    return row !== undefined && row.checksum !== file.checksum;
  });
  if (changed) {
    throw new EnvironmentError(
      'migration_changed',
      `Migration ${changed.name} was changed after it had been applied.`,
      {
        remedy:
          'Restore its file and put the change into a new migration, or start with another SHOWRUNNER_HOME.',
      },
    );
  }
  return files.filter((file) => !applied.has(file.name));
}
