import type { Database } from '@showrunner/database';
import type { PortRoute } from '@showrunner/sandbox';
import type { OpenProvider } from '@showrunner/sandbox-providers';

/** The way to a TCP port of a sandbox; undefined when the sandbox is gone. */
export type RouteToSandbox = (sandboxId: string, port: number) => Promise<PortRoute | undefined>;

interface Records {
  sandboxes: Pick<Database['sandboxes'], 'find'>;
}

/**
 * Reaches each sandbox at the provider where it lives, by the name that it has there; without a record that is the configured one and its
 * own id. No provider is opened before a preview of it is asked for.
 */
export const routeToSandbox =
  (open: OpenProvider, database: Records): RouteToSandbox =>
  async (sandboxId, port) => {
    const record = await database.sandboxes.find(sandboxId);
    const provider = await open(record?.provider);
    return (await provider.get(record?.providerId ?? sandboxId))?.route(port);
  };
