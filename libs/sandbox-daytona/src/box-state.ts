import type { SandboxStatus } from '@showrunner/contracts';

export type Wanted = 'started' | 'stopped' | 'archived';

/**
 * What to do next on the way to a state: it is reached (`there`), Daytona is on its way somewhere (`wait`), one of its calls is due
 * (`start`, `stop`, `archive`), the box cannot be brought there (`failed`), or it is no more (`gone`).
 */
export type NextStep = 'there' | 'wait' | 'start' | 'stop' | 'archive' | 'failed' | 'gone';

// States of Daytona, `SandboxState` of its specification; what is newer counts as unknown.
const COMING_UP: readonly string[] = [
  'creating',
  'restoring',
  'starting',
  'resuming',
  'pending_build',
  'building_snapshot',
  'pulling_snapshot',
];
const UP: readonly string[] = ['started', 'resizing', 'snapshotting', 'forking'];
const FAILED: readonly string[] = ['error', 'build_failed'];

export function statusOf(state: string | undefined): SandboxStatus {
  if (state === undefined || COMING_UP.includes(state)) return 'creating';
  if (UP.includes(state)) return 'running';
  if (state === 'archived') return 'archived';
  if (state === 'destroying' || state === 'destroyed') return 'destroyed';
  return ['stopping', 'stopped', 'pausing', 'paused', 'archiving'].includes(state) ? 'stopped' : 'failed';
}

export function nextStep(state: string | undefined, wanted: Wanted): NextStep {
  if (state === 'destroying' || state === 'destroyed') return 'gone';
  if (state !== undefined && FAILED.includes(state)) return 'failed';
  switch (wanted) {
    case 'started':
      if (state === 'started') return 'there';
      return ['stopped', 'archived', 'archiving', 'paused'].includes(state ?? '') ? 'start' : 'wait';
    case 'stopped':
      // What is archived is stopped, and more.
      if (state === 'stopped' || state === 'archived' || state === 'archiving') return 'there';
      return state === 'started' || state === 'paused' ? 'stop' : 'wait';
    case 'archived':
      if (state === 'archived') return 'there';
      if (state === 'stopped') return 'archive';
      return state === 'started' || state === 'paused' ? 'stop' : 'wait';
  }
}
