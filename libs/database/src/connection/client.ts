import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../generated/client';
import type { Prisma } from '../generated/client';

/** What repositories run on: the client itself or one transaction of it. */
export type Db = Prisma.TransactionClient;

export interface ConnectionOptions {
  /** `postgresql://user:password@host:port/database`. */
  url: string;
  /** Most connections held at once. Default 8. */
  poolSize?: number;
  /** Longest time of one statement, ms: PostgreSQL ends it then, and a little later we stop waiting for PostgreSQL. Default 60 s. */
  statementTimeoutMs?: number;
}

const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_TIMEOUT_MS = 30_000;
const STATEMENT_TIMEOUT_MS = 60_000;
/** What the end of a late statement may take to be told. */
const ANSWER_GRACE_MS = 5_000;
const TRANSACTION_WAIT_MS = 10_000;
const TRANSACTION_TIMEOUT_MS = 20_000;

/** Opens a lazy pool; nothing connects before the first statement. */
export function connect({
  url,
  poolSize = 8,
  statementTimeoutMs = STATEMENT_TIMEOUT_MS,
}: ConnectionOptions): { prisma: PrismaClient; pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + ANSWER_GRACE_MS,
  });
  // A pool reports the death of an idle connection here and replaces it by itself; without a listener the process would end.
  pool.on('error', () => undefined);
  const adapter = new PrismaPg(pool, { disposeExternalPool: true });
  const prisma = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: TRANSACTION_WAIT_MS, timeout: TRANSACTION_TIMEOUT_MS },
  });
  return { prisma, pool };
}
