import { signalName } from '@showrunner/sandbox/provider';

/** Signals that end a process when it does nothing about them. */
const DEADLY = new Set([
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGKILL',
  'SIGUSR1',
  'SIGSEGV',
  'SIGUSR2',
  'SIGPIPE',
  'SIGALRM',
  'SIGTERM',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGSYS',
]);

/**
 * Reads a shell's exit status. A shell tells a signal as 128 and its number, and so does the engine: a command that itself exits with such a
 * number cannot be told apart from one that was ended by the signal.
 */
export function readExitStatus(code: number): { exitCode: number | null; signal: string | null } {
  const name = code > 128 ? signalName(code - 128) : undefined;
  return name !== undefined && DEADLY.has(name)
    ? { exitCode: null, signal: name }
    : { exitCode: code, signal: null };
}
