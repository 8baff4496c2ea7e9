import type { ApiClient } from '@showrunner/api-client';

/** What the tools of one client work with. */
export interface ToolContext {
  /** The platform, started where it is ours to start. */
  api: () => Promise<ApiClient>;
  /** Where the platform is reached, for what is fetched rather than told. */
  baseUrl: () => string;
  /**
   * Whether the client is somebody on this machine, who may name folders of it. Whoever comes over the network may not: it would read our
   * files and write to our disk.
   */
  isLocal: boolean;
}
