import { spawn } from 'node:child_process';
import { signalGroup } from './signal-group';

const KEPT_OUTPUT = 4_000;

/**
 * Runs a program in a process group of its own, so that its end takes along what it started. Resolves when it and whoever holds its
 * output have ended.
 * @throws Error with the end of what it said on standard error, when it does not exit with 0 or `signal` ended it
 */
export function runInGroup(
  command: string,
  args: readonly string[],
  options: { cwd: string; uid: number | undefined; gid: number | undefined; signal: AbortSignal },
): Promise<void> {
  const { signal, ...place } = options;
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(new Error('It was stopped before it started.'));
      return;
    }
    const child = spawn(command, args, { ...place, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const endAll = () => {
      // Without a pid it was never started, and 'error' tells so.
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL', 'group');
    };
    let said = '';
    child.stdout.resume();
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-KEPT_OUTPUT)));
    signal.addEventListener('abort', endAll, { once: true });
    child.once('error', reject);
    child.once('exit', () => signal.removeEventListener('abort', endAll));
    child.once('close', (code, endedBy) => {
      if (code === 0) resolve();
      else reject(new Error(said.trim() || `It ended with ${endedBy ?? `code ${code}`}.`));
    });
  });
}
