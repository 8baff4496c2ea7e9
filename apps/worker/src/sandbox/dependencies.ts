import type { WorkerConfig } from '@showrunner/config';
import type { Database } from '@showrunner/database';
import type { DebianSystems, RuntimeStore } from '@showrunner/runtimes';
import type { SandboxProvider } from '@showrunner/sandbox';
import type { ObjectStore } from '@showrunner/storage';
import type { Logger } from '@showrunner/telemetry';

/** What the activities of the sandbox pool need. `heartbeat` and `signal` speak of the activity that runs now. */
export interface SandboxDependencies {
  provider: SandboxProvider;
  database: Pick<Database, 'sandboxes' | 'previews' | 'builds' | 'projects' | 'transaction'>;
  store: Pick<ObjectStore, 'get' | 'put' | 'read' | 'head' | 'delete' | 'list'>;
  logger: Pick<Logger, 'info' | 'warn'>;
  config: Pick<
    WorkerConfig,
    | 'PREVIEW_BASE_URL'
    | 'PREVIEW_PORT'
    | 'SOURCE_ALLOWED_HOSTS'
    | 'INSTALL_ALLOWED_HOSTS'
    | 'DOCKERFILE_ALLOWED_HOSTS'
    | 'INSTALL_CACHE'
    | 'INSTALL_CACHE_BYTES'
    | 'SANDBOX_TARGET'
  >;
  heartbeat: (detail?: unknown) => void;
  signal: () => AbortSignal;
  /** Versions of languages that sandboxes of this provider share; undefined where they lie elsewhere. */
  runtimes?: Pick<RuntimeStore, 'node' | 'nodeReleases'> | undefined;
  /** Puts Debian systems together for sandboxes of this provider; undefined where it has none. */
  systems?: Pick<DebianSystems, 'has' | 'make'> | undefined;
  /** 1 for the first try of the activity that runs now. */
  attempt: () => number;
  /** Bounds of the long steps, ms; smaller ones in tests. */
  timeouts?: Partial<BuildTimeouts>;
  /** Most bytes of one kept install, packed; smaller in tests. */
  maxKeptInstallBytes?: number;
}

export interface BuildTimeouts {
  fetchMs: number;
  installMs: number;
  /** Each set-up command. */
  setupMs: number;
  /** From the start command to a page. */
  startMs: number;
}

export const DEFAULT_TIMEOUTS: BuildTimeouts = {
  fetchMs: 300_000,
  installMs: 900_000,
  setupMs: 600_000,
  startMs: 120_000,
};

const BEAT_MS = 3000;

/** Runs a long piece of work while telling Temporal every few seconds that it goes on. */
export async function beating<T>(
  { heartbeat }: SandboxDependencies,
  detail: string,
  work: () => Promise<T>,
): Promise<T> {
  heartbeat(detail);
  const timer = setInterval(() => heartbeat(detail), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
