import { spawn } from 'node:child_process';

/** Processes this program started and waits for; ended with it. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
const keptOutput = 20_000;

/** A command that failed, with the end of what it said. */
export class CommandError extends Error {
  /**
   * @param {string} command
   * @param {string} outcome
   * @param {string} output
   */
  constructor(command, outcome, output) {
    super(`\`${command}\` ${outcome}.${output ? `\n${lastLines(output, 25)}` : ''}`);
    this.name = 'CommandError';
    this.command = command;
    this.output = output;
  }
}

/**
 * Runs a command to its end in its own process group and resolves with what it wrote to stdout.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, onLine?: (line: string) => void }} [options]
 * @returns {Promise<string>}
 * @throws {CommandError} when it cannot start, exits non-zero or takes too long
 */
export function runCommand(command, args, options = {}) {
  const shown = [command, ...args].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(child);
    let stdout = '';
    let all = '';
    let timedOut = false;
    const timer = options.timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          endGroup(child, 'SIGKILL');
        }, options.timeoutMs)
      : undefined;
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      stdout = (stdout + text).slice(-1_000_000);
      collect(text);
    });
    child.stderr.setEncoding('utf8').on('data', collect);
    /** @param {string} text */
    function collect(text) {
      all = (all + text).slice(-keptOutput);
      const line = text.trim().split('\n').pop();
      if (line) options.onLine?.(line);
    }
    child.once('error', (error) => {
      settle();
      reject(new CommandError(shown, `could not be started (${error.message})`, ''));
    });
    child.once('close', (code, signal) => {
      settle();
      if (code === 0) resolve(stdout);
      else if (timedOut) reject(new CommandError(shown, `took longer than ${options.timeoutMs} ms`, all));
      else
        reject(new CommandError(shown, signal ? `was ended by ${signal}` : `exited with code ${code}`, all));
    });
    function settle() {
      clearTimeout(timer);
      running.delete(child);
    }
  });
}

/** Ends every command that still runs, with its children. For Ctrl-C. */
export function endRunningCommands() {
  for (const child of running) endGroup(child, 'SIGTERM');
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function endGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * @param {string} text
 * @param {number} count
 */
export function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
