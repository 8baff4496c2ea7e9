import { STATUS_CODES } from 'node:http';
import { AppError } from '@showrunner/contracts';
import type { ErrorCode, Problem } from '@showrunner/contracts';
import { HttpException } from '@nestjs/common';

/** One thing wrong with an input: where (`limits.cpus`) and what. */
export interface InputError {
  path: string;
  message: string;
}

/** What this request was, so that a reader of the problem and of the log can bring both together. */
export interface ProblemContext {
  /** Path of the request, without its query. */
  instance?: string;
  requestId?: string;
}

const CODES: Record<number, ErrorCode> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  406: 'not_acceptable',
  408: 'request_timeout',
  409: 'conflict',
  413: 'too_large',
  415: 'unsupported_media_type',
  416: 'range_not_satisfiable',
  422: 'unprocessable',
  429: 'too_many_requests',
  502: 'bad_gateway',
  503: 'unavailable',
  504: 'gateway_timeout',
};

/**
 * An error as RFC 9457 problem details. Errors that are not ours and not about the request say nothing of their inside: neither
 * message nor stack leaves the process.
 */
export function toProblem(error: unknown, context: ProblemContext = {}): Problem {
  const { instance, requestId } = context;
  if (error instanceof AppError) {
    return problemOf(error.status, error.code, error.message, {
      remedy: error.remedy,
      instance,
      errors: inputErrorsOf(error),
    });
  }
  if (error instanceof HttpException && error.getStatus() < 500) {
    const status = error.getStatus();
    return problemOf(status, CODES[status] ?? 'bad_request', error.message, { instance });
  }
  return problemOf(500, 'internal_error', 'Something went wrong inside the platform.', {
    instance,
    remedy:
      requestId === undefined
        ? 'Look into the log of the service.'
        : `Look for request ${requestId} in the logs of the services.`,
  });
}

function problemOf(
  status: number,
  code: ErrorCode,
  detail: string,
  more: { remedy?: string; instance?: string; errors?: InputError[] },
): Problem {
  return {
    type: `urn:showrunner:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    ...(more.remedy === undefined ? {} : { remedy: more.remedy }),
    ...(more.instance === undefined ? {} : { instance: more.instance }),
    ...(more.errors === undefined ? {} : { errors: more.errors }),
  };
}

function inputErrorsOf(error: AppError): InputError[] | undefined {
  const errors = error.details?.['errors'];
  return Array.isArray(errors) ? (errors as InputError[]) : undefined;
}
