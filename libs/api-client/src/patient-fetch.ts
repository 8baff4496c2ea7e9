import { AppError } from '@showrunner/contracts';
import pRetry from 'p-retry';
import { problemError } from './problem-error';

export interface Patience {
  /** e.g. `http://127.0.0.1:4400/api`. */
  baseUrl: string;
  /** How long to wait for a gateway that is being started again, ms. */
  patienceMs?: number;
  /** True while it is known that nobody will start the gateway by itself: then there is nothing to wait for. */
  isStopped?: () => boolean;
  fetch?: typeof fetch;
}

const RETRY_EVERY_MS = 500;

/**
 * Sends a request until it is answered. Refused connections, and breaks and 502/503 of what may be sent twice, are tried again while the
 * gateway may be starting.
 * @param isRepeatable whether the request has the effect of one however often it is sent
 * @throws AppError the server's problem, or `gateway_unreachable`
 */
export function fetchPatiently(
  url: string,
  init: RequestInit,
  isRepeatable: boolean,
  patience: Patience,
): Promise<Response> {
  const { patienceMs = 60_000, isStopped } = patience;
  const unanswered = new Set<unknown>();
  const mayCome = (error: unknown): boolean =>
    unanswered.has(error)
      ? isStopped?.() !== true
      : isRepeatable && error instanceof AppError && [502, 503].includes(error.status);
  return pRetry(
    async () => {
      const response = await send(url, init, isRepeatable, patience, (error) => unanswered.add(error));
      if (response.ok) return response;
      throw await problemError(response);
    },
    {
      retries: Number.POSITIVE_INFINITY,
      factor: 1,
      minTimeout: RETRY_EVERY_MS,
      maxRetryTime: patienceMs,
      shouldRetry: ({ error }) => mayCome(error),
      signal: init.signal ?? undefined,
    },
  );
}

/** Tells of errors that came before anything was sent, or of a read that broke off. */
async function send(
  url: string,
  init: RequestInit,
  isRepeatable: boolean,
  { baseUrl, isStopped, fetch: fetchIt = fetch }: Patience,
  isUnanswered: (error: AppError) => void,
): Promise<Response> {
  try {
    return await fetchIt(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    if (!isRepeatable && !wasRefused(cause))
      throw new AppError(
        'gateway_unreachable',
        'The connection to the platform broke while it was asked to do something.',
        { remedy: 'Look with "showrunner runs" whether it was done, then try again.', cause },
      );
    const error = new AppError(
      'gateway_unreachable',
      isStopped?.() === true ? 'The platform is not running.' : `The platform does not answer at ${baseUrl}.`,
      { cause },
    );
    isUnanswered(error);
    throw error;
  }
}

const wasRefused = (error: unknown): boolean =>
  ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED';
