import { join } from 'node:path';
import { platformProgram } from './program';
import type { PlatformSettings } from './settings';

/** Exit code of a command that could not get the lock in time. */
export const LOCK_CONFLICT = 75;

/**
 * Command line that runs one of our own commands while it holds the lock of the home. The kernel releases the lock when the process ends,
 * however it ends, so there is no stale lock.
 * @param waitSeconds how long to wait for another holder
 */
export function lockedCommand(
  settings: PlatformSettings,
  flock: string,
  command: 'supervise' | 'sweep',
  waitSeconds: number,
): string[] {
  return [
    flock,
    ...[
      '--exclusive',
      '--no-fork',
      '--conflict-exit-code',
      String(LOCK_CONFLICT),
      '--timeout',
      String(waitSeconds),
    ],
    join(settings.home, 'platform.lock'),
    ...[process.execPath, platformProgram, command],
  ];
}
