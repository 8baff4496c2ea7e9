/** The part of envd's `process.Process` service that we use, as the SDK's generated client offers it. */
export interface ProcessRpc {
  start(request: StartRequest, options: CallOptions): AsyncIterable<{ event?: { event: ProcessEvent } }>;
  sendInput(
    request: { process: ProcessSelector; input: { input: { case: 'stdin'; value: Uint8Array } } },
    options: CallOptions,
  ): Promise<unknown>;
  closeStdin(request: { process: ProcessSelector }, options: CallOptions): Promise<unknown>;
  sendSignal(request: { process: ProcessSelector; signal: number }, options: CallOptions): Promise<unknown>;
}

export interface StartRequest {
  process: { cmd: string; args: string[]; envs: Record<string, string>; cwd?: string };
  tag: string;
  stdin: boolean;
}

export interface ProcessSelector {
  selector: { case: 'tag'; value: string };
}

export interface CallOptions {
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** 0: no deadline. */
  timeoutMs?: number;
}

export type ProcessEvent =
  | { case: 'start'; value: { pid: number } }
  | { case: 'data'; value: { output: { case: 'stdout' | 'stderr' | 'pty' | undefined; value?: Uint8Array } } }
  | { case: 'end'; value: ProcessEnd }
  | { case: 'keepalive' | undefined; value?: unknown };

export interface ProcessEnd {
  exitCode: number;
  exited: boolean;
  /** `exit status 7`, `signal: killed`. */
  status: string;
  error?: string;
}

/** Of the two signals that envd knows, the one that a supervisor can act upon. */
export const SIGTERM = 15;

export const byTag = (tag: string): ProcessSelector => ({ selector: { case: 'tag', value: tag } });

/** As Go prints signals. */
const SIGNALS: Record<string, string> = {
  killed: 'SIGKILL',
  terminated: 'SIGTERM',
  interrupt: 'SIGINT',
  hangup: 'SIGHUP',
  quit: 'SIGQUIT',
  aborted: 'SIGABRT',
  'segmentation fault': 'SIGSEGV',
  'bus error': 'SIGBUS',
  'floating point exception': 'SIGFPE',
  'illegal instruction': 'SIGILL',
  'broken pipe': 'SIGPIPE',
  'alarm clock': 'SIGALRM',
  'user defined signal 1': 'SIGUSR1',
  'user defined signal 2': 'SIGUSR2',
  'trace/breakpoint trap': 'SIGTRAP',
  'file size limit exceeded': 'SIGXFSZ',
  'CPU time limit exceeded': 'SIGXCPU',
};

/** A process ended by a signal has no exit code; envd says -1 and names the signal in words. */
export function exitOf(end: ProcessEnd): { exitCode: number | null; signal: string | null } {
  const word = /^signal: (.*?)( \(core dumped\))?$/.exec(end.status)?.[1];
  if (word === undefined) return { exitCode: end.exitCode, signal: null };
  const number = /^signal (\d+)$/.exec(word)?.[1];
  return { exitCode: null, signal: SIGNALS[word] ?? (number === undefined ? word : `SIG${number}`) };
}

/** Codes of Connect, by number (https://connectrpc.com/docs/protocol#error-codes). */
export const RPC = {
  canceled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  resourceExhausted: 8,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** @returns undefined when the error is none of the RPC */
export function rpcCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || error.name !== 'ConnectError') return undefined;
  const { code } = error as Error & { code?: unknown };
  return typeof code === 'number' ? code : undefined;
}
