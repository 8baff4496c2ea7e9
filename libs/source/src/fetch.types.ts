export interface FetchOptions {
  /** Bound on each long step, ms. */
  timeoutMs: number;
  signal?: AbortSignal;
  /** `host` or `host:port` that the operator allows repositories to be fetched from although they are not public. */
  privateHosts?: readonly string[];
  /** Of a private repository; stands in nothing that is stored or told. */
  token?: string;
  /** The same for an SSH address: a private key. */
  sshKey?: string;
  /** Opens an upload by its key in the object store; needed for archives. */
  openArchive?: (storageKey: string) => Promise<NodeJS.ReadableStream>;
  /** Smaller bounds than the usual 100,000 entries, 2 GiB and 200:1. */
  archiveLimits?: Partial<{ maxEntries: number; maxBytes: number; maxRatio: number; ratioFromBytes: number }>;
}

export interface FetchedSource {
  /** null for archives and empty repositories. */
  commit: string | null;
  files: number;
  bytes: number;
}
