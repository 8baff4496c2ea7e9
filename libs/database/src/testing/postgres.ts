import { sharedService } from '@showrunner/contracts/testing';
import { startPostgresServer } from './postgres-server.mjs';
import type { PostgresServer } from './postgres-server.mjs';

export interface TestPostgres {
  /** Of a database of its own, to which every migration has been applied. */
  url: string;
  /** The server and all its databases end with the run of the tests. */
  stop(): Promise<void>;
}

/** A database of its own on the server that the tests of one run share. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const { url } = await sharedService<{ url: string }>('postgres');
  return { url, stop: () => Promise.resolve() };
}

/** A server of its own, for tests that kill it. */
export const startOwnTestPostgres = (): Promise<PostgresServer> => startPostgresServer();
export type OwnTestPostgres = PostgresServer;
