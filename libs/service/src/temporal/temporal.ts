import type { Client, Connection } from '@temporalio/client';
import { AppError } from '@showrunner/contracts';
import pRetry from 'p-retry';

export interface TemporalOptions {
  /** host:port */
  address: string;
  namespace: string;
}

export interface CallOptions {
  /** Longest time of one attempt, ms. Default 3 s. */
  timeoutMs?: number;
  /** How long to keep trying while Temporal is away, ms. Default 1 s, which hides a connection that is being made again. */
  retryMs?: number;
}

const PAUSE_MS = 100;
/** gRPC codes that mean "away or too slow": CANCELLED (deadline of ours), DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, UNAVAILABLE. */
const AWAY_CODES = new Set([1, 4, 8, 14]);

/** Temporal as the services see it: connects on first use and again by itself; a server that is away is one clear error. */
export class Temporal {
  readonly #options: TemporalOptions;
  #opened: Promise<{ connection: Connection; client: Client }> | undefined;

  constructor(options: TemporalOptions) {
    this.#options = options;
  }

  /**
   * Runs calls against Temporal within a deadline. They may be sent twice, so they must have the same effect twice as once.
   * @throws {AppError} `temporal_unavailable` (503, retryable) when it does not answer in time; any other error as it came.
   */
  async call<T>(
    work: (client: Client) => Promise<T>,
    { timeoutMs = 3_000, retryMs = 1_000 }: CallOptions = {},
  ): Promise<T> {
    const { client } = await this.#open();
    const attempt = (): Promise<T> => client.withDeadline(Date.now() + timeoutMs, () => work(client));
    try {
      return await pRetry(attempt, {
        retries: Number.POSITIVE_INFINITY,
        factor: 1,
        minTimeout: PAUSE_MS,
        maxRetryTime: retryMs,
        shouldRetry: ({ error }) => isAway(error),
      });
    } catch (error) {
      throw isAway(error) ? unavailable(error) : error;
    }
  }

  /** Resolves when the server answers. @throws {AppError} `temporal_unavailable` */
  async ready(): Promise<void> {
    await this.call((client) => client.connection.workflowService.getSystemInfo({}), {
      timeoutMs: 1_500,
      retryMs: 0,
    });
  }

  async close(): Promise<void> {
    if (this.#opened !== undefined) await (await this.#opened).connection.close();
  }

  /** Loaded on first use: the SDK takes 40 MB, and not every service speaks to Temporal. */
  #open(): Promise<{ connection: Connection; client: Client }> {
    this.#opened ??= (async () => {
      const sdk = await import('@temporalio/client');
      const { address, namespace } = this.#options;
      // Without the SDK's own repetition: it outlives `close` and hides for how long a caller is willing to wait.
      const connection = sdk.Connection.lazy({ address, connectTimeout: '2s', interceptors: [] });
      return { connection, client: new sdk.Client({ connection, namespace }) };
    })();
    return this.#opened;
  }
}

/** Whether the server is away or too slow, rather than refusing. */
export function isAway(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as Error & { code?: unknown };
    if (typeof code === 'number' && AWAY_CODES.has(code)) return true;
    if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return true;
    if (/failed to connect before the deadline/i.test(at.message)) return true;
  }
  return false;
}

function unavailable(cause: unknown): AppError {
  return new AppError('temporal_unavailable', 'Temporal does not answer.', {
    status: 503,
    retryable: true,
    remedy: 'Try again in a moment; `showrunner status` shows whether Temporal runs.',
    cause,
  });
}
