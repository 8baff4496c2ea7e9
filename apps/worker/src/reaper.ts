import { NotFoundError, TERMINAL_RUN_STATES } from '@showrunner/contracts';
import type { SandboxInfo } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { reapSandboxes, type SandboxProvider } from '@showrunner/sandbox';
import type { Logger } from '@showrunner/telemetry';

export interface ReaperOptions {
  provider: Pick<SandboxProvider, 'list' | 'destroy' | 'sweep'>;
  database: Pick<Database, 'runs' | 'builds' | 'sandboxes' | 'previews'>;
  logger: Logger;
  everyMs?: number;
}

/** A sandbox younger than this may belong to a run that is being written down. */
const MIN_AGE_MS = 30_000;
/** A sandbox that was kept, or built without a run, goes after this long (requirement 2.7: 30 minutes for a filmed project). */
const KEPT_MS = 30 * 60_000;

/**
 * Whether somebody still has a use for the sandbox: a run that goes on, or a user who kept it a short while ago. Pure but for the look-ups.
 */
export async function isLive(
  database: Pick<Database, 'runs' | 'builds' | 'sandboxes'>,
  info: SandboxInfo,
  now = Date.now(),
): Promise<boolean> {
  const { run, build } = info.labels;
  const record = await database.sandboxes.find(info.id);
  // Under a lease a workflow decides, however long ago it was made.
  if (record !== null && (record.buildId === null || record.idleTimeoutMs !== null))
    return record.status !== 'destroyed';
  const young = now - Date.parse(info.createdAt) < KEPT_MS;
  try {
    if (run) {
      const { state, keepSandbox } = await database.runs.get(run);
      return !TERMINAL_RUN_STATES.includes(state) || (keepSandbox && state === 'done' && young);
    }
    if (build) {
      const { state } = await database.builds.get(build);
      return state !== 'detected' && state !== 'failed' && state !== 'cancelled' && young;
    }
    return young;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}

/** Ends, from time to time, the sandboxes that nobody has a use for: what a terminated workflow or a killed machine left. */
export function startReaper({ provider, database, logger, everyMs = 15_000 }: ReaperOptions): {
  stop(): void;
} {
  let busy = false;
  const sweep = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      const destroyed = await reapSandboxes(provider, (info) => isLive(database, info), MIN_AGE_MS);
      for (const sandboxId of destroyed) {
        await database.previews.revoke(sandboxId);
        await database.sandboxes.markDestroyed(sandboxId);
        logger.warn({ sandboxId }, 'ended a sandbox that nobody had a use for');
      }
    } catch (error) {
      logger.warn({ error }, 'the reaper could not finish its round; it comes again');
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void sweep(), everyMs);
  return { stop: () => clearInterval(timer) };
}
