import { AppError } from '@showrunner/contracts';

const WHERE = 'Look at https://status.e2b.dev, and at SANDBOX_SERVER_URL if you run E2B yourself.';
/** E2B names plan limits only in its sentences. */
const PLAN_LIMIT = /concurrent|maximum number|limit of|quota|billing|plan|tier|credits?\b|greater than/i;

/** @param headers of the reply; 429 tells in `Retry-After` how long to wait */
export function apiError(action: string, status: number, message: string, headers?: Headers): AppError {
  const said = message.slice(0, 500);
  const text = `E2B did not ${action}: ${status} ${said}`.trim();
  if (status === 401) return authError(text);
  if (status === 402 || ((status === 403 || status === 400 || status === 429) && PLAN_LIMIT.test(said)))
    return new AppError('sandbox_quota', text, {
      remedy:
        'Destroy sandboxes that are not needed, ask for less, or raise the plan of the account of SANDBOX_API_KEY.',
      status: 429,
      retryable: status === 429,
      details: retryDetails(headers),
    });
  if (status === 403) return authError(text);
  if (status === 429)
    return new AppError('sandbox_rate_limited', text, {
      remedy: 'Try again later; E2B limits requests of an account.',
      status: 429,
      retryable: true,
      details: retryDetails(headers),
    });
  if (status === 408 || status === 409 || status === 425 || status >= 500) return unavailable(text);
  return new AppError('sandbox_refused', text, {
    remedy: 'Compare the request with what this E2B server supports (SANDBOX_SERVER_URL, SANDBOX_TARGET).',
    status: 502,
    details: { status },
  });
}

function authError(text: string): AppError {
  return new AppError('sandbox_auth', text, {
    remedy: 'Set SANDBOX_API_KEY to a valid E2B key, and SANDBOX_SERVER_URL to the server that issued it.',
    status: 502,
  });
}

function retryDetails(headers: Headers | undefined): Record<string, unknown> {
  const seconds = Number(headers?.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: Math.round(seconds * 1000) } : {};
}

/** Nothing was learnt about the sandbox; the same call may succeed later. */
export function unavailable(text: string, cause?: unknown): AppError {
  return new AppError('sandbox_unavailable', text, { remedy: WHERE, status: 503, retryable: true, cause });
}

export function sandboxLost(id: string): AppError {
  return new AppError('sandbox_lost', `The sandbox ${id} is gone: E2B ended it, or somebody destroyed it.`, {
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

export function sandboxNotRunning(id: string): AppError {
  return new AppError('sandbox_not_running', `The sandbox ${id} is stopped.`, {
    remedy: 'Start it first.',
    status: 409,
  });
}
