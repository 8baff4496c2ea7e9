import { AppError } from '@showrunner/contracts';

const WHERE = 'Look at https://status.daytona.io, and at SANDBOX_SERVER_URL if you run Daytona yourself.';
/** Daytona says in words what a plan does not allow; it sends 400, 402 or 403 with it. */
const PLAN_LIMIT = /limit exceeded|exceeds? (the )?maximum|quota|suspended|credits?\b|billing|payment/i;
const NOT_STARTED = /is the sandbox started\?/i;

/** What the SDK's errors have in common, whatever their class. */
export interface Refusal {
  message: string;
  /** undefined: no answer at all. */
  status?: number;
  headers: Record<string, string>;
}

export function refusalOf(error: unknown): Refusal {
  const { message, statusCode, headers } = error as {
    message?: string;
    statusCode?: number;
    headers?: object;
  };
  return {
    message: (message ?? String(error)).slice(0, 500),
    status: statusCode,
    headers: Object.fromEntries(
      Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
  };
}

/** Nobody knows whether the call was carried out. */
export function isUncertain({ status }: Refusal): boolean {
  return status === undefined || status === 408 || status >= 500;
}

/** A Daytona error as one of the provider-neutral errors; an AppError stays what it is. */
export function asAppError(action: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const refusal = refusalOf(error);
  const text = `Daytona did not ${action}: ${refusal.status ?? ''} ${refusal.message}`
    .replace(/ +/g, ' ')
    .trim();
  return errorFor(refusal, text, error);
}

function errorFor(refusal: Refusal, text: string, cause: unknown): AppError {
  const { status, message } = refusal;
  if (NOT_STARTED.test(message)) return sandboxNotRunning(text);
  if (status === 402 || ((status === 400 || status === 403) && PLAN_LIMIT.test(message)))
    return new AppError('sandbox_quota', text, {
      remedy:
        'Destroy sandboxes that are not needed, ask for less, or raise the tier of the organization of SANDBOX_API_KEY.',
      status: 429,
      cause,
    });
  if (status === 401 || status === 403)
    return new AppError('sandbox_auth', text, {
      remedy:
        'Set SANDBOX_API_KEY to a valid Daytona key that may write sandboxes, and SANDBOX_SERVER_URL to the API that issued it.',
      status: 502,
      cause,
    });
  if (status === 429) {
    const retryAfterMs = retryAfter(refusal);
    return new AppError('sandbox_rate_limited', text, {
      remedy: 'Try again later; Daytona limits the requests of an organization.',
      status: 429,
      retryable: true,
      details: retryAfterMs === undefined ? {} : { retryAfterMs },
      cause,
    });
  }
  if (isUncertain(refusal) || status === 409) return unavailable(text, cause);
  return new AppError('sandbox_refused', text, {
    remedy: 'Compare the request with what this Daytona supports (SANDBOX_SERVER_URL, SANDBOX_TARGET).',
    status: 502,
    details: { status },
    cause,
  });
}

/** Milliseconds that a 429 asks to wait: `Retry-After` or `Retry-After-<throttler>`, the longest of them. */
export function retryAfter({ headers }: Refusal): number | undefined {
  const seconds = Object.entries(headers)
    .filter(([name]) => name === 'retry-after' || name.startsWith('retry-after-'))
    .map(([, value]) => Number(value))
    .filter((value) => Number.isFinite(value) && value >= 0);
  return seconds.length === 0 ? undefined : Math.max(...seconds) * 1000;
}

export function unavailable(text: string, cause?: unknown): AppError {
  return new AppError('sandbox_unavailable', text, { remedy: WHERE, status: 503, retryable: true, cause });
}

export function sandboxNotRunning(text: string): AppError {
  return new AppError('sandbox_not_running', text, { remedy: 'Start the sandbox first.', status: 409 });
}

export function sandboxLost(id: string, how = 'somebody destroyed it, or Daytona did'): AppError {
  return new AppError('sandbox_lost', `The sandbox ${id} is gone: ${how}.`, {
    remedy: 'Build the project again; a new sandbox is made.',
    status: 410,
  });
}

export function sandboxNotFound(id: string): AppError {
  return new AppError('sandbox_not_found', `There is no sandbox ${id}.`, {
    remedy: 'List the sandboxes to see which exist.',
    status: 404,
  });
}

export function startFailed(id: string, why: string, retryable: boolean): AppError {
  return new AppError('sandbox_start_failed', `The sandbox ${id} did not start: ${why}.`, {
    remedy:
      'Try again; if it goes on, look at the sandbox in the Daytona dashboard, and at the image it is made from.',
    status: 502,
    retryable,
  });
}

/** What Daytona cannot do, or not in this plan. */
export function capabilityMissing(what: string, remedy: string, cause?: unknown): AppError {
  return new AppError('sandbox_capability_missing', `Daytona cannot ${what}.`, {
    remedy,
    status: 400,
    cause,
  });
}
