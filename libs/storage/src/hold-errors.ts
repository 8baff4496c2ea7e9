import { Readable } from 'node:stream';
import type { ObjectBody } from './object-store';

/**
 * Keeps a stream that breaks before somebody reads it from ending the process. Nothing is lost: whoever reads it then gets the error.
 */
export function holdErrors(body: ObjectBody): void {
  if (body instanceof Readable) body.on('error', () => undefined);
}
