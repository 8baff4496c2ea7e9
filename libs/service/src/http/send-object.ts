import { pipeline } from 'node:stream/promises';
import { AppError } from '@showrunner/contracts';
import { parseRangeHeader } from '@showrunner/storage';
import type { ByteRange, ObjectHead, ObjectStore } from '@showrunner/storage';
import { NotFoundError } from '@showrunner/contracts';
import type { Request, Response } from 'express';

/**
 * Sends a stored object, whole or one range of it (RFC 9110 sections 13 and 14): ETag, If-None-Match, If-Range, 206 and 416. The bytes
 * are streamed.
 * @throws {AppError} `range_not_satisfiable` (416), also for several ranges in one request
 */
export async function sendObject(
  request: Request,
  response: Response,
  store: ObjectStore,
  { key, fileName }: { key: string; fileName: string },
): Promise<void> {
  const head = await store.head(key);
  if (head === null) throw new NotFoundError('artifact', fileName);
  response.setHeader('ETag', head.etag);
  response.setHeader('Accept-Ranges', 'bytes');
  // Objects may still be replaced: a film that is rendered again has the same name.
  response.setHeader('Cache-Control', 'private, no-cache');
  if (namesEtag(request.headers['if-none-match'], head.etag)) {
    response.status(304).end();
    return;
  }
  const range = rangeOf(request, response, head);
  const object = request.method === 'HEAD' ? null : await store.get(key, range);
  const { start, end } = object?.range ?? {
    start: range?.start ?? 0,
    end: Math.min(range?.end ?? head.bytes, head.bytes - 1),
  };
  response.status(range === undefined ? 200 : 206);
  response.setHeader('Content-Type', head.contentType);
  response.setHeader('Content-Length', Math.max(0, end - start + 1));
  response.setHeader('Content-Disposition', `inline; filename="${fileName}"`);
  if (range !== undefined) response.setHeader('Content-Range', `bytes ${start}-${end}/${head.bytes}`);
  if (object === null) {
    response.end();
    return;
  }
  try {
    await pipeline(object.stream, response);
  } catch (error) {
    // The reader has gone: nobody is left to tell.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

function rangeOf(request: Request, response: Response, head: ObjectHead): ByteRange | undefined {
  const header = request.headers.range;
  if (header === undefined || !header.trim().startsWith('bytes=')) return undefined;
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== head.etag) return undefined;
  const range = parseRangeHeader(header, head.bytes);
  if (range !== undefined && range.start < head.bytes) return range;
  response.setHeader('Content-Range', `bytes */${head.bytes}`);
  const isSeveral = header.includes(',');
  throw new AppError(
    'range_not_satisfiable',
    isSeveral
      ? 'Several ranges in one request are not served.'
      : `There are ${head.bytes} bytes; "${header.slice(0, 60)}" names none of them.`,
    {
      status: 416,
      remedy: isSeveral ? 'Ask for one range a request.' : 'Ask for a range that begins before the end.',
    },
  );
}

/** Weak comparison of RFC 9110 section 8.8.3.2. */
function namesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const bare = (text: string): string => text.trim().replace(/^W\//, '');
  return header.trim() === '*' || header.split(',').some((candidate) => bare(candidate) === bare(etag));
}
