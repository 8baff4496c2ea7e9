import { catalogueEntry, type ErrorCode } from './errors/catalogue';

export interface AppErrorOptions {
  /** What the reader can do next, one sentence in the imperative; left out: what the catalogue says. */
  remedy?: string;
  /** HTTP status at the edge; left out: what the catalogue says. */
  status?: number;
  /** True when the same call may succeed later; Temporal then retries it. Left out: what the catalogue says. */
  retryable?: boolean;
  /** Not to be tried again before this many milliseconds: what who refused asked for. Only with `retryable`. */
  retryAfterMs?: number;
  /** Extra facts for logs and reports, never secrets. */
  details?: Record<string, unknown>;
  cause?: unknown;
}

/**
 * The one error class of the product: a stable `code` of the catalogue (`errors/`), a message for people, a remedy, an HTTP status and
 * whether a retry can mend it.
 * `classifyFailure` in the worker turns it into a retryable or non-retryable Temporal failure by `retryable` alone.
 */
export class AppError extends Error {
  override readonly name: string = 'AppError';
  readonly code: ErrorCode;
  readonly remedy?: string;
  readonly status: number;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly details?: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const entry = catalogueEntry(code);
    this.code = code;
    this.remedy = options.remedy ?? entry?.remedy;
    this.status =
      options.status ?? (typeof entry?.status === 'number' ? entry.status : entry?.status?.[0]) ?? 500;
    this.retryable = options.retryable ?? entry?.retryable === true;
    this.retryAfterMs = options.retryAfterMs;
    this.details = options.details;
  }
}

/** The user's input is wrong; never retried. */
export class InvalidInputError extends AppError {
  override readonly name = 'InvalidInputError';
  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(code, message, { status: 400, ...options });
  }
}

/** What was asked for does not exist. */
export class NotFoundError extends AppError {
  override readonly name = 'NotFoundError';
  constructor(what: string, id: string) {
    super('not_found', `There is no ${what} "${id}".`, {
      status: 404,
      remedy: `List the ${what}s to see which exist.`,
    });
  }
}

/** A tool, port or service this machine should offer is missing or taken. */
export class EnvironmentError extends AppError {
  override readonly name = 'EnvironmentError';
}

/** The browser session or its worker is gone; the film goes on in a new session. */
export class SessionLostError extends AppError {
  override readonly name = 'SessionLostError';
  constructor(message: string, options: AppErrorOptions = {}) {
    super('session_lost', message, options);
  }
}
