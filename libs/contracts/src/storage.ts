import { z } from 'zod';

/** A run that goes, or would go, to keep to the limits. */
export const DueRunSchema = z.object({
  runId: z.string(),
  projectId: z.string(),
  finishedAt: z.string(),
  bytes: z.number().int().nonnegative(),
  /** A sentence: which limit it is over. */
  reason: z.string(),
});
export type DueRun = z.infer<typeof DueRunSchema>;

/** What is stored, the limits it is held to, and what a round that clears away would do, or did. */
export const StorageReportSchema = z.object({
  /** All objects. */
  bytes: z.number().int().nonnegative(),
  /** Bytes by the first part of the keys, e.g. `runs`, `exports`, `installs`. */
  byKind: z.record(z.string(), z.number().int().nonnegative()),
  /** Runs that have ended. */
  runs: z.number().int().nonnegative(),
  /** Theirs: takes, films, histories, logs. */
  bytesOfRuns: z.number().int().nonnegative(),
  limits: z.object({ runsKeptDays: z.number(), runsKeptBytes: z.number() }),
  /** Of the data folder's file system. */
  disk: z.object({ freeBytes: z.number(), totalBytes: z.number(), freeFloorBytes: z.number() }),
  due: z.array(DueRunSchema),
  /** Objects of which no row says whose they are, older than a day. */
  orphans: z.array(z.object({ key: z.string(), bytes: z.number().int().nonnegative() })),
  /** Objects that a row speaks of and that are not there. Nothing is done about them but said. */
  missing: z.array(z.object({ runId: z.string(), key: z.string() })),
  /** Whether due runs and orphans were deleted by this request. */
  isPruned: z.boolean(),
});
export type StorageReport = z.infer<typeof StorageReportSchema>;
