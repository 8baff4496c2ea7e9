import type { Duplex } from 'node:stream';
import type {
  EgressDecision,
  NetworkPolicy,
  SandboxCapabilities,
  SandboxInfo,
  SandboxLimits,
  SandboxMetrics,
  SandboxProviderName,
} from '@showrunner/contracts';
import type { SandboxFiles } from './files/files.types';
import type { SandboxGit } from './git/git.types';
import type { SandboxInterpreter } from './interpreter/interpreter.types';
import type { OutputListener } from './output/output-listener';

export type { EgressDecision, NetworkPolicy };
export type AllowPolicy = Extract<NetworkPolicy, { mode: 'allow' }>;

/**
 * Provider-neutral sandbox interface. Its meaning is the same for every provider; what one cannot do it refuses with
 * `sandbox_capability_missing` or reports in `SandboxInfo`, never silently drops.
 */
export interface SandboxProvider {
  readonly name: SandboxProviderName;
  readonly capabilities: SandboxCapabilities;
  /**
   * Idempotent by id: an existing sandbox with this id is adopted (and started when it is stopped or archived), never duplicated.
   * @throws AppError `sandbox_start_failed`, `sandbox_capability_missing`, `sandbox_unavailable`, `sandbox_quota`, `sandbox_rate_limited`
   */
  create(options: CreateSandboxOptions): Promise<Sandbox>;
  /** Folder of this host that every sandbox sees at `/showrunner` and can only read; undefined where sandboxes lie elsewhere. */
  readonly sharedFolder?: string;
  /** Systems that can be put beneath a sandbox of this provider; undefined where there are none. */
  readonly systems?: SandboxSystems | undefined;
  /** A handle whatever the status; undefined when there is none (or it is destroyed). Starts nothing. */
  get(id: string): Promise<Sandbox | undefined>;
  /** A handle on the running sandbox; starts a stopped or archived one. @throws AppError `sandbox_not_found`, `sandbox_lost` */
  getOrStart(id: string): Promise<Sandbox>;
  /** Every sandbox of this installation that carries these labels, all pages, half-made and failed ones included. */
  list(labels?: Record<string, string>): Promise<SandboxInfo[]>;
  /** Ends and removes everything of a sandbox, known or half made. Never fails because it is gone. */
  destroy(id: string): Promise<void>;
  /** Finishes what a destroyer that died left behind. */
  sweep(): Promise<void>;
  /** Closes this process's connections to the provider; sandboxes live on. */
  close(): Promise<void>;
}

export interface SandboxSystems {
  /** Folder of this host with one file system in each folder below it. */
  readonly folder: string;
  /**
   * Has the programs, libraries and settings of a system stand in place of the host's, read-only. Everything that runs in the sandbox ends; its files
   * stay. Nothing happens when it stands on that already.
   * @param name of a folder below `folder`; undefined: what it stands on now
   * @param hostNames single labels that lead to the sandbox itself from then on
   * @throws AppError `sandbox_not_found`, `sandbox_busy`, `sandbox_start_failed`
   */
  putBeneath(id: string, name: string | undefined, hostNames?: readonly string[]): Promise<Sandbox>;
}

export interface CreateSandboxOptions {
  id: string;
  limits: SandboxLimits;
  labels: Record<string, string>;
  /** What the sandbox is made from; default: the provider's own image with Node, Python, git and their package managers. */
  image?: SandboxImage;
  /** Network while no phase of `withNetwork` is open; default none. */
  network?: NetworkPolicy;
  /** Set for every command. Never secrets of the platform. */
  environment?: Record<string, string>;
  /** The provider's own timer as a backstop behind our lease: no later than this the provider stops the sandbox. */
  backstopAt?: Date;
  signal?: AbortSignal;
}

export type SandboxImage =
  | { kind: 'registry'; reference: string }
  /** `context`: a tar stream of the build context, gzip allowed; its Dockerfile at `dockerfile` (default `Dockerfile`). */
  | {
      kind: 'dockerfile';
      context: () => Promise<NodeJS.ReadableStream>;
      dockerfile?: string;
      /** What its steps may reach; default nothing. */
      network?: AllowPolicy;
      /** What the build says, as it says it. */
      onOutput?: (text: string) => void;
    };

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
  onOutput?: OutputListener;
}
/** A non-zero exit is a result, not an exception. */
export interface ExecResult {
  exitCode: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
  truncated: boolean;
  timedOut: boolean;
  /** The kernel ended a process of this sandbox for lack of memory during the call; false where the provider cannot tell. */
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

/** How the preview proxy reaches a port inside. */
export type PortRoute =
  /** A raw byte stream. */
  | { kind: 'stream'; connect: () => Promise<Duplex> }
  /** An HTTP(S) origin of the provider that serves the port, WebSockets too, with the headers that it asks for. */
  | { kind: 'origin'; url: URL; headers: Record<string, string> };

export interface Sandbox {
  readonly id: string;
  readonly provider: SandboxProviderName;
  readonly files: SandboxFiles;
  readonly git: SandboxGit;
  /** Stateful Python. */
  readonly interpreter: SandboxInterpreter;

  info(): Promise<SandboxInfo>;
  /** Brings a stopped or archived sandbox back; nothing when it runs. Files of /app and /home/app are as they were; no process is. */
  start(): Promise<void>;
  /** Ends every process, keeps the files, frees processor and memory; nothing when it is stopped. */
  stop(): Promise<void>;
  /** Stops, and keeps the files compressed where they cost least; nothing when it is archived. */
  archive(): Promise<void>;
  destroy(): Promise<void>;
  /** Moves the provider's backstop timer; where a provider has none this does nothing. Never wakes a stopped sandbox. */
  renew(backstopAt: Date): Promise<void>;
  /** Replaces all labels. @throws AppError `sandbox_capability_missing` where they are fixed at the creation */
  setLabels(labels: Record<string, string>): Promise<void>;
  metrics(): Promise<SandboxMetrics>;

  /** Runs a `sh -c` line (string) or an argv (array) as the sandbox user and waits. @throws AppError `sandbox_lost`, `exec_aborted` */
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
  listProcesses(): Promise<ProcessStatus[]>;
  processStatus(name: string): Promise<ProcessStatus | undefined>;
  /** Bounded tail of the process's output, both streams in order of arrival. */
  processLog(name: string, tailBytes?: number): Promise<string>;
  /** Writes to the process's standard input. @throws AppError `process_not_running` */
  sendInput(name: string, data: string | Uint8Array): Promise<void>;
  /** Ends the whole tree of the process. */
  killProcess(name: string): Promise<void>;

  writeFile(path: string, content: string | Uint8Array): Promise<void>;
  /** Throws AppError `file_not_found`, `file_too_large`. */
  readFile(path: string, maxBytes?: number): Promise<Buffer>;

  /** TCP ports that listen inside, with the address they listen on. */
  listeningPorts(): Promise<{ port: number; address: string }[]>;
  route(port: number): Promise<PortRoute>;
  /** A raw byte stream to a TCP port inside. @throws AppError `sandbox_capability_missing` where there are only origins */
  connect(port: number): Promise<Duplex>;

  /**
   * Runs `fn` while the policy holds; after it the sandbox is back at its policy of before. Environment for proxies is set for execs
   * within. `decisions` is complete where `capabilities.egressLog` says so.
   */
  withNetwork<T>(
    policy: NetworkPolicy,
    fn: () => Promise<T>,
  ): Promise<{ value: T; decisions: EgressDecision[] }>;
  /** Changes the policy that holds outside phases, at once, for connections that are open too. */
  setNetwork(policy: NetworkPolicy): Promise<void>;
  /** The latest decisions about traffic out of this sandbox, oldest first; bounded. */
  egressLog(): Promise<EgressDecision[]>;
}
