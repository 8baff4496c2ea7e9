import { isAlive } from './process-table';
import type { PlatformSettings } from './settings';
import { readState } from './state-file';
import { endMarkedProcesses } from './sweep';
import { waitUntil } from './wait-until';

const GRACE_MS = 45_000;

export interface DownResult {
  /** False when none ran. */
  wasRunning: boolean;
  /** The supervisor did not end in time and was killed. */
  forced: boolean;
  /** Processes of the platform that were left and are ended now. */
  leftovers: number;
}

/** Takes a platform down, gracefully if it can, and ends what an earlier one left. */
export async function takeDown(settings: PlatformSettings): Promise<DownResult> {
  const state = readState(settings.home);
  let forced = false;
  const wasRunning = state !== undefined && isAlive(state);
  if (wasRunning) {
    process.kill(state.pid, 'SIGTERM');
    const ended = await waitUntil(() => !isAlive(state), { timeoutMs: GRACE_MS });
    if (!ended) {
      forced = true;
      process.kill(state.pid, 'SIGKILL');
      await waitUntil(() => !isAlive(state), { timeoutMs: 5_000 });
    }
  }
  return { wasRunning, forced, leftovers: await endMarkedProcesses(settings) };
}
