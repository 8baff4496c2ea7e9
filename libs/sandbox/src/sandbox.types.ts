import type { SandboxInfo, SandboxLimits, SandboxProviderName } from '@showrunner/contracts';

/** Provider-neutral sandbox interface. Its meaning is the same for every provider; what one cannot do it refuses or reports. */
export interface SandboxProvider {
  readonly name: SandboxProviderName;
  /** Idempotent by id: an existing running sandbox with this id is adopted. */
  create(options: CreateSandboxOptions): Promise<Sandbox>;
  /** undefined when there is none (or it is destroyed). */
  get(id: string): Promise<Sandbox | undefined>;
  list(labels?: Record<string, string>): Promise<SandboxInfo[]>;
  /** Ends and removes everything of a sandbox, known or half made. Never fails because it is gone. */
  destroy(id: string): Promise<void>;
}

export interface CreateSandboxOptions {
  id: string;
  limits: SandboxLimits;
  labels: Record<string, string>;
}

export interface ExecOptions {
  /** Absolute path inside the sandbox; default /app. */
  cwd?: string;
  env?: Record<string, string>;
  stdin?: Uint8Array | NodeJS.ReadableStream;
  timeoutMs?: number;
  /** Ends the command and its whole process tree. */
  signal?: AbortSignal;
  /** Bytes of each stream that are kept (head and tail); the rest is drained and counted. Default 1 MiB. */
  maxOutputBytes?: number;
  onOutput?: (stream: 'stdout' | 'stderr', chunk: Buffer) => void;
}
/** A non-zero exit is a result, not an exception. */
export interface ExecResult {
  exitCode: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
  truncated: boolean;
  timedOut: boolean;
  /** The kernel ended a process of this sandbox for lack of memory during the call. */
  outOfMemory: boolean;
  durationMs: number;
}

export interface ProcessStatus {
  name: string;
  running: boolean;
  exitCode: number | null;
  signal: string | null;
  startedAt: string;
}

export type NetworkPolicy =
  | { mode: 'none' }
  /** HTTP(S) through the egress proxy to these hosts only; `host`, `*.host` or `host:port`. */
  | {
      mode: 'allow';
      hosts: string[];
      /** Operator-set exceptions: `host:port` that may resolve to a private address. */ privateHosts?: string[];
    };

export interface EgressDecision {
  at: string;
  host: string;
  port: number;
  allowed: boolean;
  reason: string;
}

export interface Sandbox {
  readonly id: string;
  info(): Promise<SandboxInfo>;
  /** Runs a `sh -c` line (string) or an argv (array) as the sandbox user and waits. */
  exec(command: string | readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /**
   * Starts a named process that outlives the caller; its output goes to a bounded log (first and last MiB kept). Starting a name
   * that runs already returns its status.
   */
  startProcess(
    name: string,
    command: string,
    options?: Pick<ExecOptions, 'cwd' | 'env'>,
  ): Promise<ProcessStatus>;
  processStatus(name: string): Promise<ProcessStatus | undefined>;
  /** Bounded tail of the process's output, both streams in order of arrival. */
  processLog(name: string, tailBytes?: number): Promise<string>;
  /** Ends the whole tree of the process. */
  killProcess(name: string): Promise<void>;
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
  /** Throws AppError `file_not_found`, `file_too_large`. */
  readFile(path: string, maxBytes?: number): Promise<Buffer>;
  /** TCP ports that listen inside, with the address they listen on. */
  listeningPorts(): Promise<{ port: number; address: string }[]>;
  /** Runs `fn` while the policy holds; before and after it the sandbox has no network. Environment for proxies is set for execs within. */
  withNetwork<T>(
    policy: NetworkPolicy,
    fn: () => Promise<T>,
  ): Promise<{ value: T; decisions: EgressDecision[] }>;
  /** A raw byte stream to a TCP port inside. */
  connect(port: number): Promise<import('node:stream').Duplex>;
  destroy(): Promise<void>;
}
