import { AppError } from '@showrunner/contracts';

/** What the reader of bodies refuses, told apart by its `type`, as an error of ours; any other error as it came. */
export function bodyFailure(error: unknown): unknown {
  const { type, limit } = (error ?? {}) as { type?: unknown; limit?: unknown };
  switch (type) {
    case 'entity.too.large':
      return new AppError('too_large', `The body is larger than ${Number(limit)} bytes.`, {
        status: 413,
        remedy: 'Send less in one request.',
      });
    case 'entity.parse.failed':
      return new AppError('bad_json', 'The body is not valid JSON.', {
        status: 400,
        remedy: 'Send one JSON object.',
      });
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new AppError('unsupported_media_type', 'The body has an encoding that is not read here.', {
        status: 415,
        remedy: 'Send UTF-8, plain or compressed with gzip.',
      });
    case 'request.aborted':
    case 'request.size.invalid':
      return new AppError('incomplete_body', 'The body ended early.', { status: 400 });
    default:
      return error;
  }
}
