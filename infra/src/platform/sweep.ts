import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../tooling/paths.mjs';
import { appBundle } from './apps';
import { INSTANCE_VARIABLE } from './environment';
import { isAlive, processesWithEnvironment } from './process-table';
import type { PlatformSettings } from './settings';
import { readState } from './state-file';
import { waitUntil } from './wait-until';

const REAP_TIMEOUT_MS = 20_000;

/**
 * Every process of a platform that still lives, whoever its parent is now: those that carry its mark, and those that its supervisor wrote
 * down (PostgreSQL and Redis write their titles over their environment, and the mark with it).
 */
export function platformProcesses(settings: PlatformSettings): number[] {
  const recorded = (readState(settings.home)?.components ?? []).flatMap(({ pid, startTime }) =>
    pid !== null && startTime !== null && isAlive({ pid, startTime }) ? [pid] : [],
  );
  const marked = processesWithEnvironment(INSTANCE_VARIABLE, settings.instance);
  return [...new Set([...recorded, ...marked])].filter((pid) => pid !== process.pid);
}

/**
 * Ends every process of a platform. Only for one whose supervisor is gone or is ending.
 * @returns how many were ended
 */
export async function endMarkedProcesses(settings: PlatformSettings): Promise<number> {
  const ended = new Set<number>();
  const none = () => {
    const found = processesWithEnvironment(INSTANCE_VARIABLE, settings.instance).filter(
      (pid) => pid !== process.pid,
    );
    for (const pid of found) {
      ended.add(pid);
      kill(pid);
    }
    return found.length === 0;
  };
  await waitUntil(none, { timeoutMs: 5_000, everyMs: 50 });
  return ended.size;
}

/** Has the sandbox layer remove every sandbox of this home, with its mounts and control groups. Resolves to what went wrong, if anything did. */
export async function reapSandboxes(
  settings: PlatformSettings,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  if (!hasSandboxes(settings.home) || !existsSync(appBundle('worker'))) return undefined;
  // Not marked: it must outlive the sweep that may run at the same time.
  const child = spawn(process.execPath, [appBundle('worker'), '--reap-all'], {
    cwd: repositoryRoot,
    env: { ...env, [INSTANCE_VARIABLE]: undefined },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2_000);
  });
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), REAP_TIMEOUT_MS);
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? undefined : `--reap-all ended with ${code ?? 'a signal'}: ${said.trim()}`);
    });
  });
}

function hasSandboxes(home: string): boolean {
  const folder = join(home, 'sandboxes');
  return existsSync(folder) && readdirSync(folder).length > 0;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
