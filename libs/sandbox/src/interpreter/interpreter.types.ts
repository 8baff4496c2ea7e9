import type { ContextLanguage } from '@showrunner/contracts';
import type { OutputListener } from '../output/output-listener';

export interface RunCodeOptions {
  /** Default: that of the context, `python` without one. */
  language?: ContextLanguage;
  /** Context to run in; default one of the language, which is made on first use. */
  contextId?: string;
  /** From the call on, waiting for earlier runs of the context included; none without. */
  timeoutMs?: number;
  signal?: AbortSignal;
  onOutput?: OutputListener;
}

export interface CodeResult {
  stdout: string;
  stderr: string;
  /** `repr` of the last line's expression, of JavaScript `util.inspect`; null when it is a statement, None or undefined. */
  result: string | null;
  /** What the code raised; a raise is a result, not an exception. `ContextDied`: its process ended, with all variables. */
  error: { name: string; value: string; traceback: string } | null;
  /** The context's process was started for this run: no variable of an earlier one is there. */
  fresh: boolean;
  timedOut: boolean;
  truncated: boolean;
  durationMs: number;
}

export interface CodeContext {
  contextId: string;
  language: ContextLanguage;
}

export interface CreateContextOptions {
  /** Default `python`. */
  language?: ContextLanguage;
  cwd?: string;
  env?: Record<string, string>;
}

/**
 * Stateful Python, JavaScript and TypeScript: variables, imports and definitions persist between calls of one context, contexts do not see each other.
 * JavaScript awaits at top level and imports as a module does; of TypeScript the types are taken out, not checked. Runs of one context wait for each other. Contexts live inside the sandbox: they outlive the caller, and end when the sandbox is stopped.
 * @throws AppError `interpreter_unavailable`
 */
export interface SandboxInterpreter {
  /**
   * After a timeout the context lives on with its variables where the code could be interrupted. An abort interrupts the code too.
   * What JavaScript awaited then may go on behind.
   * @throws AppError `context_not_found`, `context_language_differs`, `exec_aborted`
   */
  run(code: string, options?: RunCodeOptions): Promise<CodeResult>;
  /** Variables of `env` are seen by its code alone. @throws AppError `file_not_found` for `cwd` */
  createContext(options?: CreateContextOptions): Promise<CodeContext>;
  listContexts(): Promise<(CodeContext & { running: boolean })[]>;
  /** Ends its processes and forgets all variables. @throws AppError `context_not_found` */
  restartContext(contextId: string): Promise<void>;
  /** Ends all its processes; nothing when there is none. */
  removeContext(contextId: string): Promise<void>;
}
