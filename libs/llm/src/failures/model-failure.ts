import { AppError } from '@showrunner/contracts';
import { retryAfterMs } from './retry-after';

/** What is known of a request that failed. Nothing of it is shown but status, kind and request id: a server may repeat the key, or the page. */
export interface FailedRequest {
  /** `openai/gpt-5`. */
  model: string;
  /** HTTP status; undefined when there was no answer, or when it broke off. */
  status: number | undefined;
  headers?: Pick<Headers, 'get'>;
  /** The vendor's word for it, e.g. `overloaded_error`. */
  kind?: string;
}

const BY_KIND: Record<string, number> = {
  overloaded_error: 529,
  rate_limit_error: 429,
  api_error: 500,
  server_error: 500,
  timeout_error: 504,
};

/** What went wrong with a request, and whether asking again can mend it. */
export function modelFailure({ model, status, headers, kind }: FailedRequest): AppError {
  const said = status ?? BY_KIND[kind ?? ''];
  const details = {
    model,
    ...(status === undefined ? {} : { status }),
    ...(isWord(kind) ? { kind } : {}),
    ...requestId(headers),
  };
  const options = { details, retryAfterMs: retryAfterMs(headers) };
  // Out of money is no matter of a moment.
  if (kind === 'insufficient_quota' || kind === 'billing_error' || said === 402)
    return new AppError('model_rejected', `${model} refused the request: the account has no credit left.`, {
      details,
    });
  if (said === 429)
    return new AppError('model_rate_limited', `${model} has had too many requests (429).`, options);
  if (said === 529 || (said === 503 && kind === 'overloaded_error'))
    return new AppError('model_overloaded', `${model} is overloaded (${said}).`, options);
  if (said === undefined)
    return new AppError(
      'model_unavailable',
      `${model} could not be reached, or its answer broke off.`,
      options,
    );
  if (said === 408 || said === 409 || said >= 500)
    return new AppError('model_unavailable', `${model} answered ${said}.`, options);
  return new AppError('model_rejected', `${model} refused the request (${said}).`, { details });
}

export const modelTimeout = (model: string, ms: number): AppError =>
  new AppError('model_timeout', `${model} did not answer within ${Math.round(ms / 1000)} s.`, {
    details: { model },
  });

const UNUSABLE = {
  model_refused: 'would not answer',
  model_answer_cut: 'was cut off before its answer was whole',
  model_answer_invalid: 'gave no answer of the form that was asked for',
} as const;

/** An answer that came and is none. Asking the same again would bring the same. */
export const unusableAnswer = (code: keyof typeof UNUSABLE, model: string): AppError =>
  new AppError(code, `${model} ${UNUSABLE[code]}.`, { details: { model } });

const isWord = (text: string | undefined): text is string => /^[a-z_]{1,40}$/.test(text ?? '');

function requestId(headers: Pick<Headers, 'get'> | undefined): { requestId?: string } {
  const id = headers?.get('x-request-id') ?? headers?.get('request-id');
  return id != null && /^[\w-]{1,80}$/.test(id) ? { requestId: id } : {};
}
