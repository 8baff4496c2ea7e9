import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError, toldCode } from '@showrunner/contracts';
import { requireTool } from '@showrunner/config';
import { LOCK_CONFLICT, lockedCommand } from './lock';
import type { PlatformSettings } from './settings';
import { readRunningState, readState } from './state-file';
import type { PlatformState } from './state-file';
import { waitUntil } from './wait-until';

const LOCK_WAIT_SECONDS = 25;
const UP_TIMEOUT_MS = 120_000;

export interface UpResult {
  state: PlatformState;
  /** False when a platform ran already. */
  started: boolean;
}

/**
 * Starts the platform of a home in the background and waits until it is ready; one that runs already is only reported.
 * @param onProgress gets the state each time it changed
 * @param signal gives up: what was started is taken down again
 * @throws EnvironmentError what kept it from starting
 */
export async function bringUp(
  settings: PlatformSettings,
  env: NodeJS.ProcessEnv,
  onProgress: (state: PlatformState) => void,
  signal?: AbortSignal,
): Promise<UpResult> {
  const running = readRunningState(settings.home);
  if (running && running.state !== 'stopping')
    return { state: await untilReady(settings, onProgress), started: false };

  mkdirSync(settings.logs, { recursive: true });
  const [command = '', ...args] = lockedCommand(
    settings,
    requireTool('flock', { env }).path,
    'supervise',
    LOCK_WAIT_SECONDS,
  );
  const log = openSync(join(settings.logs, 'supervisor.log'), 'a', 0o640);
  const child = spawn(command, args, { env, detached: true, stdio: ['ignore', log, log] });
  let exitCode: number | null = null;
  child.once('exit', (code) => {
    exitCode = code ?? 1;
  });
  child.once('error', () => {
    exitCode = 1;
  });
  signal?.addEventListener('abort', () => child.kill('SIGTERM'));

  const mine = () => {
    const state = readState(settings.home);
    return state?.pid === child.pid ? state : undefined;
  };
  let told = '';
  // Somebody else was quicker, and ours waits for the lock in vain.
  const other = () => {
    const state = readRunningState(settings.home);
    return state !== undefined && state.pid !== child.pid && state.state !== 'stopping';
  };
  const settled = await waitUntil(
    () => {
      if (other()) return true;
      const state = mine();
      const text = JSON.stringify(state ?? null);
      if (state && text !== told) onProgress(state);
      told = text;
      return exitCode !== null || state?.state === 'ready';
    },
    { timeoutMs: UP_TIMEOUT_MS },
  );
  const state = mine();
  if (state?.state === 'ready' && exitCode === null) {
    child.unref();
    return { state, started: true };
  }
  if (exitCode === null && other()) child.kill('SIGTERM');
  if (exitCode === LOCK_CONFLICT || other())
    return { state: await untilReady(settings, onProgress), started: false };
  if (!settled) child.kill('SIGTERM');
  throw new EnvironmentError(
    toldCode(state?.failure?.code ?? 'platform_failed'),
    failureText(settings, state),
    {
      remedy: state?.failure?.remedy ?? `Read ${join(settings.logs, 'supervisor.log')} for the reason.`,
    },
  );
}

function failureText(settings: PlatformSettings, state: PlatformState | undefined): string {
  if (state?.failure) return state.failure.message;
  return state?.state === 'stopped' || state?.state === 'stopping'
    ? 'The platform was stopped while it started.'
    : `The supervisor of ${settings.home} ended without a word.`;
}

/** Waits for a platform that somebody else started. */
async function untilReady(
  settings: PlatformSettings,
  onProgress: (state: PlatformState) => void,
): Promise<PlatformState> {
  let state = readRunningState(settings.home);
  await waitUntil(
    () => {
      state = readRunningState(settings.home);
      if (state?.state === 'starting') onProgress(state);
      return state?.state !== 'starting';
    },
    { timeoutMs: UP_TIMEOUT_MS },
  );
  if (state?.state === 'ready') return state;
  throw new EnvironmentError(
    'platform_busy',
    `The platform of ${settings.home} is being started or stopped elsewhere.`,
    {
      remedy: 'Run `showrunner status` to see how it is.',
    },
  );
}
