import { SourceChangesSchema, storageKeys, type SourceChanges } from '@showrunner/contracts';
import { z } from 'zod';
import type { CompareDependencies } from './compare.types';

/** What is stored of the changes of a run's source, with the two commits that they lie between. */
export const StoredChangesSchema = SourceChangesSchema.extend({
  headCommit: z.string().nullable(),
  baseCommit: z.string().nullable(),
});
export type StoredChanges = z.infer<typeof StoredChangesSchema>;

/** The changes of a run's source: as its repository tells them, or as whoever uploaded it did; null when nobody has. */
export async function knownChanges(
  {
    store,
    database,
  }: { store: Pick<CompareDependencies['store'], 'head' | 'read'> } & {
    database: Pick<CompareDependencies['database'], 'runs'>;
  },
  runId: string,
): Promise<(SourceChanges & Partial<StoredChanges>) | null> {
  const key = storageKeys.changes(runId);
  if ((await store.head(key)) !== null)
    return StoredChangesSchema.parse(JSON.parse((await store.read(key)).toString('utf8')));
  return (await database.runs.find(runId))?.compare?.changes ?? null;
}
