import { loadSecrets } from './secrets';
import type { PlatformSettings } from './settings';

const ANSWER_MS = 3_000;
const GIB = 1024 ** 3;

/** The parts of `GET /api/maintenance/storage` that the status tells. */
export interface Stored {
  runs: number;
  bytesOfRuns: number;
  limits: { runsKeptDays: number; runsKeptBytes: number };
  disk: { freeBytes: number; freeFloorBytes: number };
  due: unknown[];
  missing: unknown[];
}

/** What the platform keeps; null where it does not answer in time. */
export async function storedNow(settings: PlatformSettings, env: NodeJS.ProcessEnv): Promise<Stored | null> {
  try {
    const response = await fetch(`http://127.0.0.1:${settings.ports.gateway}/api/maintenance/storage`, {
      headers: { authorization: `Bearer ${loadSecrets(settings.home, env).apiKey}` },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return response.ok ? ((await response.json()) as Stored) : null;
  } catch {
    // Nobody to ask: the rest of the status is told all the same.
    return null;
  }
}

export function storedLines(stored: Stored | null): string[] {
  if (stored === null) return [];
  const { runs, bytesOfRuns, limits, disk, due, missing } = stored;
  const isFull = disk.freeBytes < disk.freeFloorBytes;
  return [
    `  Kept             ${runs} runs, ${inGib(bytesOfRuns)} of ${inGib(limits.runsKeptBytes)}, for ${limits.runsKeptDays} days; ${inGib(disk.freeBytes)} of the disk are free`,
    ...(isFull
      ? [
          `                   New work is refused: less than ${inGib(disk.freeFloorBytes)} are free. Make room: showrunner prune`,
        ]
      : []),
    ...(due.length > 0
      ? [`                   ${due.length} runs are over the limits: showrunner prune --dry-run`]
      : []),
    ...(missing.length > 0
      ? [`                   ${missing.length} files of runs are gone: showrunner prune --dry-run`]
      : []),
  ];
}

const inGib = (bytes: number): string => `${Math.round((bytes / GIB) * 100) / 100} GiB`;
