import type { StateActivities } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { filmRecordActivities } from './film-record';
import { runStateActivities } from './run-state';
import { placeActivities } from './take-place';
import type { PlaceSettings } from './take-place';

export { recordClips, recordExportProgress } from './film-record';

/**
 * The short database writes of workflows. A database that is away is waited for up to its retry budget; then they fail with the
 * retryable `database_unavailable`. Idempotent: a repeated call changes nothing and tells no event.
 */
export function createStateActivities({
  database,
  ...settings
}: { database: Database } & PlaceSettings): StateActivities {
  return {
    ...runStateActivities(database),
    ...filmRecordActivities(database),
    ...placeActivities(database, settings),
  };
}
