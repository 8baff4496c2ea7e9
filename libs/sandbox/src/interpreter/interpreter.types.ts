import type { OutputListener } from '../output/output-listener';

export interface RunCodeOptions {
  /** Context to run in; default `default`, which is made on first use. */
  contextId?: string;
  /** From the call on, waiting for earlier runs of the context included; none without. */
  timeoutMs?: number;
  signal?: AbortSignal;
  onOutput?: OutputListener;
}

export interface CodeResult {
  stdout: string;
  stderr: string;
  /** `repr` of the last line's expression; null when it is a statement or None. */
  result: string | null;
  /** What the code raised; a raise is a result, not an exception. `ContextDied`: its process ended, with all variables. */
  error: { name: string; value: string; traceback: string } | null;
  /** The context's process was started for this run: no variable of an earlier one is there. */
  fresh: boolean;
  timedOut: boolean;
  truncated: boolean;
  durationMs: number;
}

/**
 * Stateful Python: variables, imports and definitions persist between calls of one context, contexts do not see each other. Runs of one
 * context wait for each other. Contexts live inside the sandbox: they outlive the caller, and end when the sandbox is stopped.
 * @throws AppError `interpreter_unavailable`
 */
export interface SandboxInterpreter {
  /**
   * After a timeout the context lives on with its variables where the code could be interrupted. An abort interrupts the code too.
   * @throws AppError `context_not_found`, `exec_aborted`
   */
  run(code: string, options?: RunCodeOptions): Promise<CodeResult>;
  /** Variables of `env` are seen by its code alone. @throws AppError `file_not_found` for `cwd` */
  createContext(options?: { cwd?: string; env?: Record<string, string> }): Promise<{ contextId: string }>;
  listContexts(): Promise<{ contextId: string; running: boolean }[]>;
  /** Ends its processes and forgets all variables. @throws AppError `context_not_found` */
  restartContext(contextId: string): Promise<void>;
  /** Ends all its processes; nothing when there is none. */
  removeContext(contextId: string): Promise<void>;
}
