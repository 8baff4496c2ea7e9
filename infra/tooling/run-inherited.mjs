import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a Node program in our place: same terminal, and its exit code is ours. Ctrl-C in a terminal reaches both, a signal sent to us alone
 * only us: with `passInterrupts` it is handed on, for a program that counts signals close together as one.
 * @param {string} program path of the script
 * @param {readonly string[]} args
 * @param {{ stdoutToStderr?: boolean, passInterrupts?: boolean, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} exit code; 128 + number for a signal, as shells count
 */
export function runNodeProgram(program, args, options = {}) {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['inherit', options.stdoutToStderr ? 2 : 'inherit', 'inherit'],
    env: options.env ?? process.env,
  });
  const interrupt = () => void (options.passInterrupts && child.kill('SIGINT'));
  const pass = () => child.kill('SIGTERM');
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', pass);
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
