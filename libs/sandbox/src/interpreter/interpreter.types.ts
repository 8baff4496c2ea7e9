export interface RunCodeOptions {
  /** Context to run in; default `default`, which is made on first use. */
  contextId?: string;
  timeoutMs?: number;
  signal?: AbortSignal;
  onOutput?: (stream: 'stdout' | 'stderr', chunk: Buffer) => void;
}

export interface CodeResult {
  stdout: string;
  stderr: string;
  /** `repr` of the last line's expression; null when it is a statement or None. */
  result: string | null;
  /** What the code raised; a raise is a result, not an exception. */
  error: { name: string; value: string; traceback: string } | null;
  timedOut: boolean;
  truncated: boolean;
  durationMs: number;
}

/** Stateful Python: variables, imports and definitions persist between calls of one context, contexts do not see each other. */
export interface SandboxInterpreter {
  /** After a timeout the context lives on with its variables where the code could be interrupted. @throws AppError `context_not_found` */
  run(code: string, options?: RunCodeOptions): Promise<CodeResult>;
  createContext(options?: { cwd?: string; env?: Record<string, string> }): Promise<{ contextId: string }>;
  listContexts(): Promise<{ contextId: string; running: boolean }[]>;
  /** Forgets all variables. */
  restartContext(contextId: string): Promise<void>;
  /** Nothing when there is none. */
  removeContext(contextId: string): Promise<void>;
}
