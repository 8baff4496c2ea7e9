import type { FailedRequest } from '../failures/model-failure';

/** What an error of either SDK says: both have the same fields. `complaint` is the server's own text: to be searched, never shown. */
export function readFailure(error: unknown): Omit<FailedRequest, 'model'> & { complaint: string } {
  const { status, headers, type, code, error: body, message } = (error ?? {}) as Record<string, unknown>;
  const inner = (body as { error?: { type?: unknown } } | undefined)?.error?.type;
  const kind = [code, inner, type].find((one): one is string => typeof one === 'string' && one !== 'error');
  return {
    status: typeof status === 'number' ? status : undefined,
    ...(headers instanceof Headers ? { headers } : {}),
    ...(kind === undefined ? {} : { kind }),
    complaint: typeof message === 'string' ? message.slice(0, 4000) : '',
  };
}
